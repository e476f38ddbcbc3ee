package dev.edj.portal.choice;

import java.util.List;

/// The names of a noun, where they are few enough to be shown all at once.
///
/// @param whole whether these are all; else they are looked for
public record Shortlist(String noun, List<String> names, boolean whole) {}
