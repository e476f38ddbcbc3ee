package dev.edj.access;

import dev.edj.scope.Right;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a route needs of whoever asks.
public enum Permission {
  /// Open to strangers: signing in, and what a page looks like.
  ANYONE(null),
  /// What everybody who is known may do with what is their own: account, tokens, signing out.
  OWN(null),
  /// Seeing what is there.
  READ(Role.Reader),
  /// Having work done that others wrote, and stopping it.
  RUN(Role.Operator),
  /// Saying what is to be done, and when.
  WRITE(Role.Author),
  /// Saying where, with which logins, and by whom.
  ADMINISTER(Role.Administrator);

  private final @Nullable Role role;

  Permission(@Nullable Role role) {
    this.role = role;
  }

  /// The first role that has it; empty when none is needed.
  public Optional<Role> role() {
    return Optional.ofNullable(role);
  }

  /// What can be held in some collections only; empty for what is held everywhere or not at all.
  public Optional<Right> right() {
    return switch (this) {
      case RUN -> Optional.of(Right.RUN);
      case WRITE -> Optional.of(Right.WRITE);
      case ANYONE, OWN, READ, ADMINISTER -> Optional.empty();
    };
  }

  public boolean isOpenToStrangers() {
    return this == ANYONE;
  }
}
