package dev.edj.files.declaration;

import dev.edj.access.Role;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token for a program in a file: [dev.edj.access.NewToken], with where it goes when it is made.
///
/// @param user whose it is
/// @param role what it may do at most; null for all that its user may
/// @param collections where it may do that; null or none for wherever its user may
/// @param lifetime from when it is made; null for 90 days
/// @param save null where the service has it
public record TokenDeclaration(
    String name,
    String user,
    @Nullable Role role,
    @Nullable List<String> collections,
    @Nullable Duration lifetime,
    @Nullable SecretDestination save) {}
