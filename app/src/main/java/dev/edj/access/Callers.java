package dev.edj.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Finds who asks, and what they may do now.
public final class Callers {

  private final Jdbi jdbi;

  Callers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// Whose token it is; empty when it is nobody's, or no longer good.
  public Optional<Caller> bearer(String presented) {
    return TokenText.parse(presented)
        .flatMap(secret ->
            jdbi.withHandle(handle -> {
              TokenStore tokens = handle.attach(TokenStore.class);
              Optional<TokenRow> token = tokens.findGood(secret.digest());
              token.filter(TokenRow::touchDue).ifPresent(used -> tokens.touch(used.tokenId()));
              return token.map(good -> bearer(handle, good));
            }));
  }

  /// Somebody who was known before; empty when they would have to show who they are again.
  public Optional<Caller> again(CallerKey key) {
    Long userId = key.userId();
    Long tokenId = key.tokenId();
    Long voucherId = key.voucherId();
    if (voucherId != null) {
      return jdbi.withHandle(handle -> vouched(handle, voucherId));
    }
    if (userId == null) {
      return Optional.of(Caller.local());
    }
    return jdbi.withHandle(handle ->
        tokenId == null
            ? person(handle, userId, key.epoch())
            : handle
                .attach(TokenStore.class)
                .findGood(tokenId)
                .filter(token -> token.epoch() == key.epoch())
                .map(token -> bearer(handle, token)));
  }

  /// Whom a provider vouches for, without roles in collections that are not there: who has nothing
  /// else has no role, and sees nothing.
  public Caller.Vouched admitted(Caller.Vouched somebody) {
    List<String> named = somebody.grants().collections();
    return named.isEmpty()
        ? somebody
        : somebody.with(
            somebody
                .grants()
                .in(jdbi.withExtension(VoucherStore.class, store -> store.collections(named))));
  }

  /// Keeps what a provider said of somebody, for as long as a session of theirs may last.
  public Caller remember(Caller.Vouched vouched, Duration life) {
    Caller.Vouched somebody = admitted(vouched);
    return jdbi.inTransaction(handle -> {
      VoucherStore vouchers = handle.attach(VoucherStore.class);
      vouchers.deleteOld();
      long voucherId = vouchers.insert(somebody.name(), life.toSeconds());
      somebody
          .grants()
          .grants()
          .forEach(grant -> vouchers.grant(voucherId, grant.role(), grant.collection()));
      return new Caller.Vouched(somebody.name(), somebody.grants(), voucherId);
    });
  }

  private static Optional<Caller> vouched(Handle handle, long voucherId) {
    VoucherStore vouchers = handle.attach(VoucherStore.class);
    return vouchers
        .findGood(voucherId)
        .map(name -> new Caller.Vouched(name, new Grants(vouchers.grants(voucherId)), voucherId));
  }

  private static Optional<Caller> person(Handle handle, long userId, int epoch) {
    return handle
        .attach(UserStore.class)
        .find(userId)
        .filter(user -> user.enabled() && user.epoch() == epoch)
        .map(user -> user.person(grants(handle, userId)));
  }

  private static Caller bearer(Handle handle, TokenRow token) {
    return token.bearer(new Grants(grants(handle, token.userId())));
  }

  private static List<Grant> grants(Handle handle, long userId) {
    return Users.grants(handle.attach(UserStore.class), userId);
  }
}
