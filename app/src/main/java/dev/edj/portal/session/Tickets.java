package dev.edj.portal.session;

import dev.edj.access.Caller;
import dev.edj.access.CallerKey;
import dev.edj.access.Callers;
import dev.edj.audit.NewAuditEvent;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.security.Secret;
import java.time.Duration;
import java.time.Instant;
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
  private final Callers callers;

  public Tickets(Jdbi jdbi, Callers callers) {
    this.jdbi = jdbi;
    this.callers = callers;
  }

  /// Good once, for 15 minutes. Those of other days go.
  public Ticket create(Caller caller) {
    Secret secret = Secret.random();
    TicketStore store = jdbi.onDemand(TicketStore.class);
    store.deleteOld();
    Instant expiry =
        jdbi.inTransaction(handle -> {
          NewAuditEvent.of("ticket.create").named(caller.name()).record(handle);
          return handle
              .attach(TicketStore.class)
              .insert(secret.digest(), caller.name(), caller.key(), LIFE.toSeconds());
        });
    Ticket ticket = new Ticket("/sign-in?ticket=" + secret.text(), expiry);
    log.info("a link to sign in to the portal was made for {}", caller.name());
    return ticket;
  }

  /// Returns whose ticket it was; it is of no use afterwards.
  Caller use(String presented) {
    byte[] digest = new Secret(presented).digest();
    TicketStore store = jdbi.onDemand(TicketStore.class);
    CallerKey key = store.use(digest, LIFE.toSeconds());
    if (key == null) {
      throw new EdjException(
          ErrorCode.UNAUTHORIZED, "ticket", reason(store.wasUsed(digest)) + " " + MORE);
    }
    return callers
        .again(key)
        .orElseThrow(() ->
            new EdjException(
                ErrorCode.UNAUTHORIZED, "ticket", "Whose link this was may not come in now."));
  }

  private static String reason(@Nullable Boolean wasUsed) {
    if (wasUsed == null) {
      return "This link is not known here.";
    }
    return wasUsed ? "This link was used already; it works once." : "This link is too old.";
  }
}
