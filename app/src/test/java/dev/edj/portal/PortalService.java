package dev.edj.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.Wiring;
import dev.edj.access.Caller;
import dev.edj.api.ApiServer;
import dev.edj.content.NewContent;
import dev.edj.credential.NewCredential;
import dev.edj.execution.Counts;
import dev.edj.execution.JobExecution;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.node.NodeRole;
import dev.edj.notice.Deliveries;
import dev.edj.policy.NewExecutionPolicy;
import dev.edj.security.LocalToken;
import dev.edj.settings.NoticeSettings;
import dev.edj.settings.ServiceSettings;
import dev.edj.target.Membership;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetKind;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The real service with its portal and its workers on a control database of its own, and what it
/// works on. One is shared by all test classes of the JVM: each test uses names of its own.
record PortalService(
    Wiring wiring, ApiServer server, String token, Jdbi controlDatabase, Path directory)
    implements AutoCloseable {

  /// The policy of its jobs: no attempt but the first.
  static final String ONCE = "once";

  /// Where a notice may be for, and none is ever sent.
  static final String NOTICE_HOST = "hooks.example.com";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  static PortalService shared() {
    return Shared.SERVICE;
  }

  private static final class Shared {
    static final PortalService SERVICE = start();
  }

  /// One of its own, for a test that changes what others would see.
  static PortalService start() {
    return startSendingTo(NOTICE_HOST);
  }

  /// One that may send notices there.
  static PortalService startSendingTo(String noticeHost) {
    PortalService service =
        startOn(TestControlDatabase.create(), ServiceSettings.DEFAULT_ROLES, noticeHost);
    service.prepare();
    return service;
  }

  static PortalService startOn(TestControlDatabase database) {
    return startOn(database, ServiceSettings.DEFAULT_ROLES);
  }

  /// One of several on the same control database; with the role api alone it needs no keys of
  /// another's.
  static PortalService startOn(TestControlDatabase database, Set<NodeRole> roles) {
    return startOn(database, roles, NOTICE_HOST);
  }

  private static PortalService startOn(
      TestControlDatabase database, Set<NodeRole> roles, String noticeHost) {
    try {
      Path directory = Files.createTempDirectory("edj-portal");
      ServiceSettings settings =
          ServiceSettings.in(directory)
              .withControlDatabase(database.address())
              .withPort(0)
              .withNotices(new NoticeSettings(Set.of(noticeHost), null))
              .withRoles(roles);
      Wiring wiring = Wiring.open(settings);
      wiring.node().start();
      ApiServer server = ApiServer.start(wiring, settings);
      return new PortalService(
          wiring, server, LocalToken.open(directory).text(), database.jdbi(), directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    wiring.close();
  }

  URI url() {
    return server.url();
  }

  URI url(String path) {
    return url().resolve(path);
  }

  static String databaseServer() {
    return "postgresql://localhost:" + PostgresServer.shared().port();
  }

  /// The server's certificate is checked as everywhere; this one is trusted.
  void prepare() {
    wiring
        .targets()
        .create(
            target(
                TargetKind.Server,
                null,
                databaseServer(),
                null,
                new ServerSettingsChange(
                    null, PostgresServer.shared().certificatePem(), null, null, null, null, null)));
    wiring
        .policies()
        .create(
            new NewExecutionPolicy(ONCE, null, null, null, null, null, 1, null, null, null, null));
  }

  /// A link that signs in, once.
  String ticket() {
    return url() + wiring.tickets().create(Caller.local()).path();
  }

  /// A collection of so many databases that are there, and a credential for them, both of this
  /// name.
  List<String> fleet(String name, int databases) {
    String server = databaseServer();
    wiring
        .credentials()
        .create(
            new NewCredential(
                name, PostgresServer.USER, PostgresServer.PASSWORD, null, List.of("*")));
    wiring.targets().create(collection(name));
    List<String> names =
        IntStream.range(0, databases)
            .mapToObj(_ -> PostgresServer.shared().createDatabase())
            .toList();
    for (String database : names) {
      String child =
          wiring.targets().create(target(TargetKind.Database, null, server, database, null)).name();
      wiring.targets().addChild(name, child, Membership.Include);
    }
    return names;
  }

  /// Without members.
  static NewTarget collection(String name) {
    return target(TargetKind.CustomCollection, name, null, null, null);
  }

  private static NewTarget target(
      TargetKind kind,
      @Nullable String name,
      @Nullable String server,
      @Nullable String database,
      @Nullable ServerSettingsChange settings) {
    return new NewTarget(kind, name, server, database, null, null, settings);
  }

  /// A job with the script on the fleet, tried once.
  void job(String name, String script, String fleet) {
    wiring.contents().create(new NewContent(name, script, null));
    wiring
        .jobs()
        .create(
            new NewJob(
                name,
                null,
                List.of(NewJobStep.of(name, fleet, fleet).policy(ONCE).build()),
                null,
                null));
  }

  JobExecution start(String job) {
    return wiring.executions().start(job, "test");
  }

  /// How it stands when it has ended.
  JobExecution awaitEnd(UUID execution) {
    return wiring.executions().await(List.of(execution), false, PATIENCE).getFirst();
  }

  /// Nobody signals that a child has begun.
  void awaitRunning(UUID execution, int children) {
    awaitTrue(() -> running(execution) >= children);
  }

  /// Nor that something was sent, or given up.
  void awaitDelivery(String notice, UUID delivery) {
    Deliveries deliveries = wiring.deliveries();
    awaitTrue(() -> deliveries.named(notice, delivery).delivery().lifecycle().ended());
  }

  private static void awaitTrue(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private int running(UUID execution) {
    Counts counts = wiring.executions().named(execution).children();
    return counts == null ? 0 : counts.inProgress();
  }

  JobExecution run(String job) {
    return awaitEnd(start(job).id());
  }
}
