package dev.edj.engine.rows;

/// A column of a result.
///
/// @param name as the server calls it, or as [ResultRows] does where the server has no name, or the
///   same for several
public record Column(String name, ColumnType type) {}
