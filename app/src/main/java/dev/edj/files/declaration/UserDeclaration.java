package dev.edj.files.declaration;

import dev.edj.access.Grant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A user in a file: [dev.edj.access.NewUser], with their password by where it is.
///
/// @param password null leaves the one that the user has; a new user without one cannot sign in
/// @param grants all roles that the user has; null for none, who may do nothing
/// @param enabled null leaves a user as they are, and makes a new one who is
public record UserDeclaration(
    String name,
    @Nullable String displayName,
    @Nullable SecretSource password,
    @Nullable List<Grant> grants,
    @Nullable Boolean enabled) {}
