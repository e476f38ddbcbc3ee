package dev.edj.access;

import dev.edj.audit.NewAuditEvent;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signing in with a password. What was wrong is told to nobody: neither by words nor by how long
/// it takes.
public final class SignIns {

  private static final Logger log = LoggerFactory.getLogger(SignIns.class);

  private final Jdbi jdbi;
  private final UserStore store;
  private final PasswordHashing hashing;
  private final SignInLimits limits;
  private final Tokens tokens;

  SignIns(Jdbi jdbi, PasswordHashing hashing, SignInLimits limits, Tokens tokens) {
    this.jdbi = jdbi;
    this.store = jdbi.onDemand(UserStore.class);
    this.hashing = hashing;
    this.limits = limits;
    this.tokens = tokens;
  }

  /// A token by which the user is known for 7 days.
  ///
  /// @param address where the request comes from
  public MadeToken signIn(SignIn signIn, String address) {
    return tokens.signedIn(user(signIn, address), signIn.device());
  }

  /// The user themselves, for a session of the portal.
  ///
  /// @param address where the request comes from
  public Caller person(SignIn signIn, String address) {
    UserRow user = user(signIn, address);
    return user.person(Users.grants(store, user.userId()));
  }

  private UserRow user(SignIn signIn, String address) {
    SignInLimits.Attempt attempt = limits.begin(signIn.user(), address);
    Optional<UserRow> known = store.find(signIn.user()).filter(UserRow::enabled);
    String hash = known.map(UserRow::passwordHash).orElse(null);
    String password = PasswordRules.normal(signIn.password());
    if (!PasswordRules.isShortEnough(password)
        || !hashing.matches(password, hash)
        || hash == null
        || known.isEmpty()) {
      known.ifPresent(this::noteRefusal);
      throw new EdjException(
          ErrorCode.UNAUTHORIZED, null, "there is no such user, or it is not their password");
    }
    UserRow user = known.get();
    attempt.succeeded();
    if (hashing.isOutdated(hash)) {
      store.replaceHash(user.userId(), hash, hashing.hash(password));
    }
    store.noteSignIn(user.userId());
    log.info("{} signed in", user.name());
    return user;
  }

  /// Only of who exists: what else was typed may be a password.
  private void noteRefusal(UserRow user) {
    jdbi.useTransaction(
        handle -> NewAuditEvent.of("session.refuse").named(user.name()).record(handle));
  }
}
