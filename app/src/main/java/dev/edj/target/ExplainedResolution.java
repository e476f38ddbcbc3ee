package dev.edj.target;

import java.util.List;

/// Which databases a target has at the moment and which it leaves out, and why.
///
/// @param databases each once, by server and name
/// @param explanation one line for each server that was asked, and for what was left out
public record ExplainedResolution(List<ExplainedDatabase> databases, List<String> explanation) {}
