package dev.edj.portal.session;

import dev.edj.access.Caller;
import dev.edj.access.Callers;
import dev.edj.audit.NewAuditEvent;
import dev.edj.portal.session.SessionStore.SessionRow;
import dev.edj.security.Secret;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is signed in: until they sign out, do nothing for 12 hours, or 7 days have gone; and no
/// longer than they may come in.
public final class Sessions {

  private static final Logger log = LoggerFactory.getLogger(Sessions.class);

  private static final Duration IDLE = Duration.ofHours(12);
  private static final Duration LONGEST = Duration.ofDays(7);

  private final Jdbi jdbi;
  private final SessionStore store;
  private final Callers callers;

  public Sessions(Jdbi jdbi, Callers callers) {
    this.jdbi = jdbi;
    this.store = jdbi.onDemand(SessionStore.class);
    this.callers = callers;
  }

  /// Returns the secret by which the session is known from now on. Sessions that have ended go.
  Secret begin(Caller caller) {
    store.deleteEnded(IDLE.toSeconds(), LONGEST.toSeconds());
    Secret secret = Secret.random();
    jdbi.useTransaction(handle -> {
      handle.attach(SessionStore.class).insert(secret.digest(), caller.name(), caller.key());
      NewAuditEvent.of("session.begin").by(caller.actor()).named(caller.name()).record(handle);
    });
    log.info("{} signed in to the portal", caller.name());
    return secret;
  }

  /// Whose a session is that has not ended; looking does not prolong it.
  Optional<Caller> caller(Secret secret) {
    return find(secret).flatMap(session -> callers.again(session.key()));
  }

  /// Whose a session is that has not ended and that is being used.
  Optional<Caller> use(Secret secret) {
    Optional<SessionRow> session = find(secret);
    if (session.filter(SessionRow::touchDue).isPresent()) {
      store.touch(secret.digest());
    }
    return session.flatMap(found -> callers.again(found.key()));
  }

  void end(Secret secret) {
    Optional<Caller> caller = caller(secret);
    jdbi.useTransaction(handle -> {
      handle.attach(SessionStore.class).delete(secret.digest());
      caller.ifPresent(gone ->
          NewAuditEvent.of("session.end").by(gone.actor()).named(gone.name()).record(handle));
    });
    caller.ifPresent(gone -> log.info("{} signed out of the portal", gone.name()));
  }

  private Optional<SessionRow> find(Secret secret) {
    return Optional.ofNullable(store.find(secret.digest(), IDLE.toSeconds(), LONGEST.toSeconds()));
  }
}
