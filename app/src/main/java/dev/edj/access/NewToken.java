package dev.edj.access;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token to be made.
///
/// @param user whose it is to be; null for one's own
/// @param role what it may do at most; null for all that its user may
/// @param collections where it may do that; null or none for wherever its user may
/// @param lifetime null for 90 days
public record NewToken(
    String name,
    @Nullable String user,
    @Nullable Role role,
    @Nullable List<String> collections,
    @Nullable Duration lifetime) {

  /// One for wherever its user may.
  public NewToken(
      String name, @Nullable String user, @Nullable Role role, @Nullable Duration lifetime) {
    this(name, user, role, null, lifetime);
  }
}
