package dev.edj.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A token as people see it; its secret is shown once, when it is made.
///
/// @param user whose it is; it may never do more than they
/// @param role what it may do at most; null for all that its user may
/// @param collections where it may do that; none for wherever its user may
/// @param lastUsedAt to the minute
public record Token(
    long id,
    String name,
    TokenKind kind,
    String user,
    @Nullable Role role,
    List<String> collections,
    Instant createdAt,
    String createdBy,
    Instant expiresAt,
    @Nullable Instant lastUsedAt) {

  /// An older service says nothing of collections.
  public Token {
    collections = Objects.requireNonNullElse(collections, List.of());
  }

  /// What it may do at most, as people read it.
  public String limit() {
    String most = role == null ? "as its user" : role.name();
    return collections.isEmpty()
        ? most
        : "%s in %s".formatted(most, String.join(", ", collections));
  }
}
