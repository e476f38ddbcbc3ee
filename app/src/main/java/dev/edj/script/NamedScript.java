package dev.edj.script;

/// The text of a file, decoded, and the name under which messages speak of it.
public record NamedScript(String name, String text) {}
