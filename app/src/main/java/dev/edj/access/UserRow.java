package dev.edj.access;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A user as they are kept.
///
/// @param epoch counts the changes after which they have to sign in again
record UserRow(
    long userId,
    String name,
    String displayName,
    boolean enabled,
    @Sensitive @Nullable String passwordHash,
    int epoch,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant signedInAt) {

  User user(List<Grant> grants) {
    return new User(
        name, displayName, enabled, passwordHash != null, grants, createdAt, updatedAt, signedInAt);
  }

  Caller.Person person(List<Grant> grants) {
    return new Caller.Person(userId, name, epoch, new Grants(grants));
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
