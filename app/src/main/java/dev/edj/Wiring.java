package dev.edj;

import dev.edj.access.Access;
import dev.edj.audit.AuditLog;
import dev.edj.bundle.Bundles;
import dev.edj.content.Contents;
import dev.edj.content.PackageFetch;
import dev.edj.content.Packages;
import dev.edj.controldb.ControlDatabase;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.EmbeddedControlDatabase;
import dev.edj.credential.Credentials;
import dev.edj.credential.LoginSource;
import dev.edj.credential.TokenCommands;
import dev.edj.dacpac.Deployer;
import dev.edj.dacpac.SqlServerDeployer;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.History;
import dev.edj.execution.Retention;
import dev.edj.execution.RunDatabases;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.job.JobDirectory;
import dev.edj.job.Jobs;
import dev.edj.job.Queries;
import dev.edj.metric.ServiceMetrics;
import dev.edj.node.NodeProfile;
import dev.edj.node.NodeRole;
import dev.edj.node.Nodes;
import dev.edj.notice.Deliveries;
import dev.edj.notice.Notices;
import dev.edj.notice.Outbox;
import dev.edj.outward.AllowedHosts;
import dev.edj.policy.Policies;
import dev.edj.portal.session.Sessions;
import dev.edj.portal.session.Tickets;
import dev.edj.result.PinnedDestinations;
import dev.edj.result.Results;
import dev.edj.schedule.Firings;
import dev.edj.schedule.ScheduleCalendar;
import dev.edj.schedule.ScheduleClock;
import dev.edj.schedule.Schedules;
import dev.edj.schedule.Triggers;
import dev.edj.scope.NamedBounds;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.KeyRotations;
import dev.edj.security.PrivateKeys;
import dev.edj.security.ScramKeys;
import dev.edj.settings.ServiceSettings;
import dev.edj.settings.TraceSettings;
import dev.edj.target.Dialer;
import dev.edj.target.TargetDirectory;
import dev.edj.target.TargetResolver;
import dev.edj.target.TargetServers;
import dev.edj.target.Targets;
import dev.edj.trace.OtlpTraces;
import dev.edj.trace.Traces;
import dev.edj.worker.Destinations;
import dev.edj.worker.ScriptAttempt;
import dev.edj.worker.WorkerSettings;
import java.time.InstantSource;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The object graph of the service, from its settings.
public final class Wiring implements AutoCloseable {

  private final @Nullable EmbeddedControlDatabase embedded;
  private final ControlDatabase controlDatabase;
  private final EncryptionKeys encryptionKeys;
  private final KeyRotations keyRotations;
  private final Credentials credentials;
  private final Contents contents;
  private final Policies policies;
  private final Targets targets;
  private final TargetDirectory targetDirectory;
  private final TargetServers targetServers;
  private final Jobs jobs;
  private final JobDirectory jobDirectory;
  private final Executions executions;
  private final RunDatabases runDatabases;
  private final Queries queries;
  private final Results results;
  private final History history;
  private final Schedules schedules;
  private final Triggers triggers;
  private final ScheduleCalendar scheduleCalendar;
  private final Notices notices;
  private final Deliveries deliveries;
  private final Nodes nodes;
  private final Access access;
  private final AuditLog auditLog;
  private final ServiceMetrics serviceMetrics;
  private final Bundles bundles;
  private final Traces traces;
  private final NamedBounds namedBounds;
  private final Tickets tickets;
  private final Sessions sessions;
  private final Destinations destinations;
  private final Node node;

  private Wiring(
      ServiceSettings settings,
      @Nullable EmbeddedControlDatabase embedded,
      ControlDatabase controlDatabase) {
    this.embedded = embedded;
    this.controlDatabase = controlDatabase;
    Jdbi jdbi = controlDatabase.jdbi();
    this.traces = traces(settings);
    PrivateKeys privateKeys = privateKeys(settings, jdbi);
    this.encryptionKeys = new EncryptionKeys(jdbi);
    this.keyRotations = new KeyRotations(jdbi);
    this.credentials = new Credentials(jdbi, encryptionKeys);
    Deployer deployer = new SqlServerDeployer();
    Packages packages = new Packages(jdbi, deployer, settings.dataDirectory().resolve("packages"));
    packages.removeLeftovers();
    PackageFetch fetch = new PackageFetch(AllowedHosts.parse(settings.dacpacHosts()), packages);
    this.contents = new Contents(jdbi, packages, fetch);
    this.policies = new Policies(jdbi);
    ScramKeys.remember();
    Dialer dialer =
        new Dialer(
            jdbi,
            new LoginSource(jdbi, privateKeys, TokenCommands.of(settings.tokens())),
            settings.labels());
    this.destinations = new Destinations(dialer);
    TargetResolver resolver = new TargetResolver(jdbi, dialer);
    this.targets = new Targets(jdbi, resolver);
    this.targetDirectory = new TargetDirectory(jdbi);
    this.targetServers = new TargetServers(jdbi, dialer);
    this.jobs = new Jobs(jdbi, packages);
    this.jobDirectory = new JobDirectory(jdbi, jobs);
    TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
    EndSignal endSignal = new EndSignal();
    this.executions = new Executions(jdbi, ids, endSignal);
    this.runDatabases = new RunDatabases(jdbi);
    this.queries = new Queries(jdbi, executions, ids);
    this.results = new Results(jdbi, executions, new PinnedDestinations(jdbi, dialer));
    this.history = new History(jdbi);
    Firings firings = new Firings(jdbi, ids, ScheduleClock.CONTROL_DATABASE);
    this.schedules = new Schedules(jdbi, ScheduleClock.CONTROL_DATABASE, firings);
    this.triggers = new Triggers(jdbi, ScheduleClock.CONTROL_DATABASE);
    this.scheduleCalendar = new ScheduleCalendar(jdbi, ScheduleClock.CONTROL_DATABASE);
    this.notices = new Notices(jdbi, encryptionKeys, settings.notices());
    this.deliveries = new Deliveries(jdbi);
    this.nodes = new Nodes(jdbi);
    this.auditLog = new AuditLog(jdbi);
    this.serviceMetrics = new ServiceMetrics(jdbi);
    this.bundles =
        new Bundles(jdbi, executions, runDatabases, jobs, auditLog, nodes, serviceMetrics);
    this.access = Access.of(jdbi);
    this.namedBounds = new NamedBounds(jdbi);
    this.tickets = new Tickets(jdbi, access.callers());
    this.sessions = new Sessions(jdbi, access.callers());
    this.node =
        new Node(
            controlDatabase,
            profile(settings),
            new Retention(settings.historyRetention(), settings.resultsRetention()),
            WorkerSettings.ofCapacity(settings.workerCapacity()).withGrace(settings.grace()),
            new ScriptAttempt(
                jdbi,
                dialer,
                destinations,
                privateKeys,
                packages,
                deployer,
                settings.dataDirectory().resolve("rows")),
            resolver,
            fetch,
            privateKeys,
            new Outbox(jdbi, privateKeys, executions, settings.notices()),
            ids,
            endSignal,
            traces);
  }

  public static Wiring open(ServiceSettings settings) {
    ControlDatabaseAddress given = settings.controlDatabase();
    if (given != null) {
      return open(
          settings, null, ControlDatabase.open(given, settings.controlDatabaseConnections()));
    }
    EmbeddedControlDatabase embedded =
        EmbeddedControlDatabase.start(settings.dataDirectory().resolve("control-database"));
    try {
      return open(
          settings,
          embedded,
          ControlDatabase.openAsService(embedded.address(), settings.controlDatabaseConnections()));
    } catch (RuntimeException e) {
      embedded.close();
      throw e;
    }
  }

  private static Wiring open(
      ServiceSettings settings,
      @Nullable EmbeddedControlDatabase embedded,
      ControlDatabase database) {
    try {
      return new Wiring(settings, embedded, database);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  public ControlDatabase controlDatabase() {
    return controlDatabase;
  }

  public EncryptionKeys encryptionKeys() {
    return encryptionKeys;
  }

  public KeyRotations keyRotations() {
    return keyRotations;
  }

  public Credentials credentials() {
    return credentials;
  }

  public Contents contents() {
    return contents;
  }

  public Policies policies() {
    return policies;
  }

  public Targets targets() {
    return targets;
  }

  public TargetDirectory targetDirectory() {
    return targetDirectory;
  }

  public TargetServers targetServers() {
    return targetServers;
  }

  public Jobs jobs() {
    return jobs;
  }

  public JobDirectory jobDirectory() {
    return jobDirectory;
  }

  public Executions executions() {
    return executions;
  }

  public RunDatabases runDatabases() {
    return runDatabases;
  }

  public Queries queries() {
    return queries;
  }

  public Results results() {
    return results;
  }

  public History history() {
    return history;
  }

  public Schedules schedules() {
    return schedules;
  }

  public Triggers triggers() {
    return triggers;
  }

  public ScheduleCalendar scheduleCalendar() {
    return scheduleCalendar;
  }

  public Notices notices() {
    return notices;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  public Nodes nodes() {
    return nodes;
  }

  public Access access() {
    return access;
  }

  public NamedBounds namedBounds() {
    return namedBounds;
  }

  public AuditLog auditLog() {
    return auditLog;
  }

  public ServiceMetrics serviceMetrics() {
    return serviceMetrics;
  }

  public Bundles bundles() {
    return bundles;
  }

  public Traces traces() {
    return traces;
  }

  public Tickets tickets() {
    return tickets;
  }

  public Sessions sessions() {
    return sessions;
  }

  public Node node() {
    return node;
  }

  @Override
  public void close() {
    try {
      node.close();
    } finally {
      traces.close();
      destinations.close();
      controlDatabase.close();
      if (embedded != null) {
        embedded.close();
      }
    }
  }

  /// Only those who log in to targets hold what decrypts passwords.
  private static PrivateKeys privateKeys(ServiceSettings settings, Jdbi jdbi) {
    return settings.is(NodeRole.CONTROLLER) || settings.is(NodeRole.WORKER)
        ? PrivateKeys.open(settings.privateKeys(), settings.dataDirectory(), jdbi)
        : PrivateKeys.none();
  }

  private static Traces traces(ServiceSettings settings) {
    TraceSettings collector = settings.traces();
    return collector == null ? Traces.NONE : OtlpTraces.start(collector, version());
  }

  private static String version() {
    String version = Wiring.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static NodeProfile profile(ServiceSettings settings) {
    return new NodeProfile(
        Objects.requireNonNullElseGet(settings.nodeName(), Wiring::nodeName),
        settings.lease(),
        settings.roles(),
        settings.labels(),
        version(),
        NodeFacts.of(settings));
  }

  /// What people see of this process: its machine and its number there.
  private static String nodeName() {
    return System.getenv().getOrDefault("HOSTNAME", "localhost")
        + "-"
        + ProcessHandle.current().pid();
  }
}
