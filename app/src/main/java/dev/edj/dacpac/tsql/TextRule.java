package dev.edj.dacpac.tsql;

/// What does not count where the texts of modules are compared.
public record TextRule(
    boolean ignoreWhitespace,
    boolean ignoreKeywordCasing,
    boolean ignoreComments,
    boolean ignoreSemicolons) {}
