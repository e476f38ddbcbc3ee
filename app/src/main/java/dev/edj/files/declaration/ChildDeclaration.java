package dev.edj.files.declaration;

import dev.edj.target.Membership;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A member of a collection in a file: [dev.edj.target.NewChild], with its secrets by where they
/// are.
///
/// @param target its name
public record ChildDeclaration(
    String target,
    @Nullable Membership membership,
    @Nullable Map<String, String> parameters,
    @Nullable Map<String, SecretSource> secrets) {}
