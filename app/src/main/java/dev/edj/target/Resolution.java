package dev.edj.target;

import java.util.List;

/// Which databases a target is at the moment, for people.
///
/// @param databases each once, by server and name
/// @param explanation one line for each server that was asked, and for what was left out
public record Resolution(List<TargetDatabase> databases, List<String> explanation) {}
