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
/// @param expired whether its time is over by the control database's clock, which lets it in; null
///   from an older service
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
    @Nullable Boolean expired,
    @Nullable Instant lastUsedAt) {

  /// An older service says nothing of collections.
  public Token {
    collections = Objects.requireNonNullElse(collections, List.of());
  }

  /// Whether it lets nobody in any more.
  ///
  /// @param now by the clock of whoever asks, for what an older service does not say
  public boolean isExpired(Instant now) {
    return expired == null ? !expiresAt.isAfter(now) : expired;
  }

  /// What it may do at most, as people read it.
  public String limit() {
    String most = role == null ? "as its user" : role.name();
    return collections.isEmpty()
        ? most
        : "%s in %s".formatted(most, String.join(", ", collections));
  }
}
