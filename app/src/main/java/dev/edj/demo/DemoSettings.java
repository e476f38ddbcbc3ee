package dev.edj.demo;

/// What `edj demo` can be told.
///
/// @param databases how many tenants there are
/// @param exit whether all ends with the story, instead of at Ctrl-C
/// @param launcher what a person types to run edj
public record DemoSettings(int databases, boolean exit, String launcher) {}
