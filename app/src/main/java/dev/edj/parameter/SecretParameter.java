package dev.edj.parameter;

/// What may be known of a secret value: never the value itself.
///
/// @param set whether there is one; if not, it has to be given at each start
public record SecretParameter(String name, boolean set) {}
