package dev.edj.portal.session;

import dev.edj.portal.session.SessionStore.SessionRow;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is signed in: until they sign out, do nothing for 12 hours, or 7 days have gone.
public final class Sessions {

  private static final Logger log = LoggerFactory.getLogger(Sessions.class);

  private static final Duration IDLE = Duration.ofHours(12);
  private static final Duration LONGEST = Duration.ofDays(7);

  private final SessionStore store;

  public Sessions(Jdbi jdbi) {
    this.store = jdbi.onDemand(SessionStore.class);
  }

  /// Returns the secret by which the session is known from now on. Sessions that have ended go.
  Secret begin(String user) {
    store.deleteEnded(IDLE.toSeconds(), LONGEST.toSeconds());
    Secret secret = Secret.random();
    store.insert(secret.digest(), user);
    log.info("{} signed in to the portal", user);
    return secret;
  }

  /// The user of a session that has not ended; looking does not prolong it.
  Optional<String> user(Secret secret) {
    return find(secret).map(SessionRow::userName);
  }

  /// The user of a session that has not ended and that is being used.
  Optional<String> use(Secret secret) {
    Optional<SessionRow> session = find(secret);
    if (session.filter(SessionRow::touchDue).isPresent()) {
      store.touch(secret.digest());
    }
    return session.map(SessionRow::userName);
  }

  void end(Secret secret) {
    Optional<String> user = user(secret);
    store.delete(secret.digest());
    user.ifPresent(name -> log.info("{} signed out of the portal", name));
  }

  private Optional<SessionRow> find(Secret secret) {
    return Optional.ofNullable(store.find(secret.digest(), IDLE.toSeconds(), LONGEST.toSeconds()));
  }
}
