package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.credential.NewCredential;
import dev.edj.engine.TargetException;
import dev.edj.execution.PinnedDestination;
import dev.edj.testing.PostgresServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Connections to destinations that are kept for the next one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class DestinationConnectionsTest {

  private final TestBed bed = new TestBed();

  @AfterAll
  void close() {
    bed.close();
  }

  @Test
  void thatOneWasKeptIsNoProofThatTheDestinationCanBeReached() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    PinnedDestination destination = destination(site);
    try (Destinations destinations = new Destinations(bed.fleet.dialer, Duration.ZERO)) {
      destinations.requireReachable(destination);
      PostgresServer.shared().execute("DROP DATABASE %s WITH (FORCE)".formatted(site.database()));
      assertThatThrownBy(() -> destinations.requireReachable(destination))
          .isInstanceOf(TargetException.class)
          .hasMessageContaining(site.database());
    }
  }

  private PinnedDestination destination(Site site) {
    bed.fleet.credentials.create(
        new NewCredential(
            "collector",
            site.settings().user(),
            site.settings().password().text(),
            null,
            List.of("*")));
    long credential =
        bed.jdbi.withHandle(handle ->
            handle
                .createQuery("SELECT credential_id FROM credential WHERE name = 'collector'")
                .mapTo(Long.class)
                .one());
    return new PinnedDestination(
        bed.server(site), site.database(), null, "collected", credential, false, false);
  }
}
