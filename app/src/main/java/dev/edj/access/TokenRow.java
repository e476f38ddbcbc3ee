package dev.edj.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token that is good, with what is needed of its user.
///
/// @param collections where it may do what its role lets it; none for wherever its user may
/// @param touchDue whether its last use was noted more than a minute ago
record TokenRow(
    long tokenId,
    String name,
    TokenKind kind,
    @Nullable Role role,
    List<String> collections,
    long userId,
    String userName,
    int epoch,
    boolean touchDue) {

  Caller.Bearer bearer(Grants ofOwner) {
    return new Caller.Bearer(
        new Caller.Person(userId, userName, epoch, ofOwner), tokenId, name, kind, limit());
  }

  private Grants limit() {
    return role == null ? Grants.ALL : Grants.of(role, collections);
  }
}
