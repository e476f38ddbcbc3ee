package dev.edj.job;

/// How many jobs there are.
///
/// @param found by a search
public record JobCount(int found, int all) {}
