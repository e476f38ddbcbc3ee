package dev.edj.cli;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the service answered: the JSON as it came, for programs, and its meaning, for people.
///
/// @param next where the listing goes on; null when it is complete
record Answer<T>(JsonNode json, T value, @Nullable String next) {}
