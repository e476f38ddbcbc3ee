package dev.edj.portal.session;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes links that sign somebody in, and takes them back.
public final class Tickets {

  private static final Logger log = LoggerFactory.getLogger(Tickets.class);

  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final String MORE = "'edj portal' prints another link.";

  private final Jdbi jdbi;

  public Tickets(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// Good once, for 15 minutes. Those of other days go.
  public Ticket create(String user) {
    Secret secret = Secret.random();
    TicketStore store = jdbi.onDemand(TicketStore.class);
    store.deleteOld();
    Ticket ticket =
        new Ticket(
            "/sign-in?ticket=" + secret.text(),
            store.insert(secret.digest(), user, LIFE.toSeconds()));
    log.info("a link to sign in to the portal was made for {}", user);
    return ticket;
  }

  /// Returns whose ticket it was; it is of no use afterwards.
  String use(String presented) {
    byte[] digest = new Secret(presented).digest();
    TicketStore store = jdbi.onDemand(TicketStore.class);
    String user = store.use(digest, LIFE.toSeconds());
    if (user == null) {
      throw new EdjException(
          ErrorCode.UNAUTHORIZED, "ticket", reason(store.wasUsed(digest)) + " " + MORE);
    }
    return user;
  }

  private static String reason(@Nullable Boolean wasUsed) {
    if (wasUsed == null) {
      return "This link is not known here.";
    }
    return wasUsed ? "This link was used already; it works once." : "This link is too old.";
  }
}
