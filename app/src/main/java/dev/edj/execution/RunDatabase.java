package dev.edj.execution;

/// One database of a run: what can be shown of 10,000 of them at once.
public record RunDatabase(int stepId, String server, String database, Lifecycle lifecycle) {}
