package dev.edj.target;

import dev.edj.parameter.SecretParameter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A target as a member of a custom collection.
///
/// @param parameters values of script variables that all databases below it carry there
/// @param secrets those whose values are not shown
public record ChildTarget(
    Membership membership,
    Target target,
    Map<String, @Nullable String> parameters,
    List<SecretParameter> secrets) {}
