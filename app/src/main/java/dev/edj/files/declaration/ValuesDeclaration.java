package dev.edj.files.declaration;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a database carries, in a file: [dev.edj.target.NewDatabaseValues], with its secrets by
/// where they are.
public record ValuesDeclaration(
    String server,
    String database,
    @Nullable Map<String, String> parameters,
    @Nullable Map<String, SecretSource> secrets) {}
