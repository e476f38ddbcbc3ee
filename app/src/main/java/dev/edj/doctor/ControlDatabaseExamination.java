package dev.edj.doctor;

import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.ControlDatabaseFacts;
import dev.edj.controldb.Schema;
import dev.edj.problem.EdjException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A shared control database: the server, its tables, and what the login may do with them.
///
/// @param connections the most that a node's pool takes
public record ControlDatabaseExamination(
    ControlDatabaseAddress address, int connections, InstantSource now) implements Examination {

  private static final String CHECK = "control-database";
  private static final String CERTIFICATE = "control-database-certificate";
  private static final int OLDEST_VERSION = 150_000;
  private static final Duration SLOW = Duration.ofMillis(20);

  @Override
  public List<Finding> findings() {
    try {
      ControlDatabaseFacts facts = ControlDatabaseFacts.read(address);
      List<Finding> findings = new ArrayList<>(List.of(server(facts), encryption(facts)));
      if (facts.encrypted()) {
        findings.addAll(certificates());
      }
      findings.addAll(
          List.of(latency(facts), durability(facts), room(facts), clock(facts), tables()));
      return findings;
    } catch (EdjException e) {
      List<Finding> findings = new ArrayList<>();
      findings.add(
          Finding.error(
              CHECK,
              e.text(),
              "See that the server runs and can be reached from here, that pg_hba.conf lets this"
                  + " machine in, and that user and password are right (EDJ_CONTROL_DATABASE_USER,"
                  + " EDJ_CONTROL_DATABASE_PASSWORD)."));
      // One that expired is why nobody comes in where it is checked.
      certificates().stream().filter(finding -> finding.is(Condition.ERROR)).forEach(findings::add);
      return findings;
    }
  }

  /// Of each of its servers: one that follows another is to take its place some day.
  private List<Finding> certificates() {
    List<Finding> findings = new ArrayList<>();
    for (String server : address.servers()) {
      certificate(server).ifPresent(findings::add);
    }
    return findings;
  }

  private Optional<Finding> certificate(String server) {
    int colon = server.lastIndexOf(':');
    Expiry expiry =
        new Expiry(
            CERTIFICATE,
            "the certificate of " + server,
            "Give the server another one (ssl_cert_file, ssl_key_file) and have it read them:"
                + " SELECT pg_reload_conf().");
    try {
      return CertificateProbe.ofPostgreSql(
              server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)))
          .map(certificate -> expiry.of(certificate, now.instant()));
    } catch (IOException e) {
      return Optional.of(
          Finding.skipped(
              CERTIFICATE,
              "%s did not show its certificate: %s".formatted(server, e.getMessage())));
    }
  }

  private Finding server(ControlDatabaseFacts facts) {
    String message = "PostgreSQL %s at %s".formatted(facts.version(), address.display());
    return facts.number() >= OLDEST_VERSION
        ? Finding.ok(CHECK, message)
        : Finding.error(
            CHECK, message + "; EDJ needs 15 or newer", "Upgrade the server, or use another one.");
  }

  private static Finding encryption(ControlDatabaseFacts facts) {
    String check = "control-database-tls";
    if (facts.encrypted()) {
      return Finding.ok(check, "the connection is encrypted");
    }
    return facts.local()
        ? Finding.ok(check, "the connection is not encrypted, and does not leave this machine")
        : Finding.warning(
            check,
            "the connection is not encrypted: whoever listens reads what jobs do, and their results",
            "Turn ssl on at the server, and add ?sslmode=verify-full&sslrootcert=… to the address.");
  }

  private static Finding latency(ControlDatabaseFacts facts) {
    String check = "control-database-latency";
    String message =
        "a statement takes %.1f ms there and back".formatted(facts.latency().toNanos() / 1e6);
    return facts.latency().compareTo(SLOW) <= 0
        ? Finding.ok(check, message)
        : Finding.warning(
            check,
            message + "; every claim and every report waits for some of them",
            "Have the nodes near the control database, or it near them.");
  }

  private static Finding durability(ControlDatabaseFacts facts) {
    String check = "control-database-durability";
    if (!facts.fsync() || !facts.fullPageWrites()) {
      return Finding.error(
          check,
          "%s is off: after a crash of its machine the control database may be damaged"
              .formatted(facts.fsync() ? "full_page_writes" : "fsync"),
          "Turn it on in postgresql.conf; measured with it off is what nobody gets.");
    }
    return facts.synchronousCommit().equals("off")
        ? Finding.warning(
            check,
            "synchronous_commit is off: after a crash the last transactions are gone, and what"
                + " they recorded as done runs again",
            "Turn it on for the login: ALTER ROLE … SET synchronous_commit = on.")
        : Finding.ok(
            check, "what is committed stays (fsync, full_page_writes, synchronous_commit)");
  }

  /// What this node itself may have open counts as taken, so that too little is no error.
  private Finding room(ControlDatabaseFacts facts) {
    String check = "control-database-connections";
    String message =
        "%d connections are free; a node takes up to %d"
            .formatted(facts.freeConnections(), connections + 1);
    return facts.freeConnections() > connections
        ? Finding.ok(check, message)
        : Finding.warning(
            check,
            message,
            "Raise max_connections (or the limit of the login or the database), or have less with"
                + " --control-database-connections.");
  }

  static Finding clock(ControlDatabaseFacts facts) {
    String check = "clock";
    Skew skew = new Skew(facts.clockAhead().negated());
    String message = "this machine's clock is %s the control database's".formatted(skew.text());
    return skew.isWrong()
        ? Finding.warning(
            check,
            message
                + "; EDJ goes by the control database's, but certificates, tokens and logs by this",
            "Have both kept right by NTP (timedatectl set-ntp true).")
        : Finding.ok(check, message);
  }

  private Finding tables() {
    String check = "control-database-tables";
    Schema.Standing standing = new Schema(address).standing();
    return switch (standing.login()) {
      case STRANGER ->
          Finding.error(
              check,
              "'%s' may neither work with the tables nor make them".formatted(address.user()),
              "As their owner: edj migrate --service-role %s".formatted(address.user()));
      case SERVICE_ROLE ->
          standing.missing().isEmpty()
              ? current(check, standing)
              : Finding.error(
                  check,
                  "they are at version %s, and this edj needs %s"
                      .formatted(standing.version(), standing.missing().getLast()),
                  "As their owner: edj migrate. Nodes of the version before go on meanwhile.");
      case OWNER ->
          standing.missing().isEmpty()
              ? Finding.warning(
                  check,
                  "'%s' owns them, and so could change the audit log".formatted(address.user()),
                  "Let the service log in as another role: edj migrate --service-role ROLE.")
              : Finding.warning(
                  check,
                  "they are at version %s; the first node of this edj brings them to %s"
                      .formatted(standing.version(), standing.missing().getLast()),
                  "Run edj migrate --service-role ROLE as their owner before, and let the service"
                      + " log in as ROLE.");
    };
  }

  private static Finding current(String check, Schema.Standing standing) {
    return standing.newer()
        ? Finding.warning(
            check,
            "a newer edj brought them to version %s; this one works beside it, and is old"
                .formatted(standing.version()),
            "Upgrade this node, too.")
        : Finding.ok(
            check, "they are at version %s, as this edj needs them".formatted(standing.version()));
  }
}
