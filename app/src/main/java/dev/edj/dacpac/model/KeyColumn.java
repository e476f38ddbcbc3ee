package dev.edj.dacpac.model;

/// A column of a key or an index.
public record KeyColumn(String name, boolean ascending) {}
