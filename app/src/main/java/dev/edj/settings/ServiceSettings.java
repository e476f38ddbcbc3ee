package dev.edj.settings;

import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.node.NodeRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything one process of the service can be told.
///
/// @param dataDirectory keys, token, `service.json` and the embedded control database; default
///   `~/.edj`
/// @param controlDatabase the shared control database; null, the default, means an embedded one in
///   the data directory
/// @param host the address listened on; default `127.0.0.1`, so that only this machine gets in
/// @param port default 8740; 0 means any free one
/// @param workerCapacity the most databases this process works on at once; default 100
/// @param controlDatabaseConnections the most connections of this process's pool; default 12
/// @param nodeName what people call this process; null, the default, means the machine's name with
///   the number of the process
/// @param lease after this long without a heartbeat a process counts as lost and its work goes on
///   elsewhere; it stops its own work at two thirds of it; default 10 s
/// @param grace how long running scripts may go on when the process is told to stop; default 5 s
/// @param roles what this process is for; default everything
/// @param labels what this process can reach, each `key=value`; default none
/// @param historyRetention how long ended executions are kept; default 45 days
/// @param resultsRetention how long their kept results and plans are; default 7 days
/// @param dacpacHosts hosts that data-tier packages may be fetched from; default none
/// @param requestRate the most requests a second from one address, over ten seconds; default 500, 0
///   means any number
/// @param trustedProxies addresses and networks of proxies that are believed whom they speak for;
///   default none
/// @param oidc an OpenID provider that vouches for people; null, the default, means none
/// @param privateKeys where a node that decrypts has its private keys from
/// @param tokens what it asks for tokens that logins need; default nothing
/// @param notices how and where it may send notices; default nowhere
/// @param logLevel how much the process writes into its log; null, the default, means what EDJ has
///   to say and the warnings of others
/// @param logFormat what the lines of the log look like; default text
/// @param traces a collector that is told what executions do; null, the default, means none
public record ServiceSettings(
    Path dataDirectory,
    @Nullable ControlDatabaseAddress controlDatabase,
    String host,
    int port,
    int workerCapacity,
    int controlDatabaseConnections,
    @Nullable String nodeName,
    Duration lease,
    Duration grace,
    Set<NodeRole> roles,
    Set<String> labels,
    Duration historyRetention,
    Duration resultsRetention,
    Set<String> dacpacHosts,
    int requestRate,
    Set<String> trustedProxies,
    @Nullable OidcSettings oidc,
    PrivateKeyOrigins privateKeys,
    TokenSettings tokens,
    NoticeSettings notices,
    @Nullable LogLevel logLevel,
    LogFormat logFormat,
    @Nullable TraceSettings traces) {

  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 8740;
  public static final int DEFAULT_WORKER_CAPACITY = 100;
  public static final int DEFAULT_CONTROL_DATABASE_CONNECTIONS = 12;
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(10);
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);
  public static final Set<NodeRole> DEFAULT_ROLES = Set.of(NodeRole.values());
  public static final Duration DEFAULT_HISTORY_RETENTION = Duration.ofDays(45);
  public static final Duration DEFAULT_RESULTS_RETENTION = Duration.ofDays(7);
  public static final int DEFAULT_REQUEST_RATE = 500;

  /// The defaults, with everything kept in `dataDirectory`.
  public static ServiceSettings in(Path dataDirectory) {
    return new Draft(dataDirectory).settings();
  }

  public ServiceSettings withControlDatabase(ControlDatabaseAddress address) {
    Draft draft = new Draft(this);
    draft.controlDatabase = address;
    return draft.settings();
  }

  public ServiceSettings withPort(int number) {
    Draft draft = new Draft(this);
    draft.port = number;
    return draft.settings();
  }

  public ServiceSettings withRoles(Set<NodeRole> others) {
    Draft draft = new Draft(this);
    draft.roles = others;
    return draft.settings();
  }

  public ServiceSettings withDacpacHosts(Set<String> hosts) {
    Draft draft = new Draft(this);
    draft.dacpacHosts = hosts;
    return draft.settings();
  }

  public ServiceSettings withRequestRate(int requestsPerSecond) {
    Draft draft = new Draft(this);
    draft.requestRate = requestsPerSecond;
    return draft.settings();
  }

  public ServiceSettings withTrustedProxies(Set<String> addresses) {
    Draft draft = new Draft(this);
    draft.trustedProxies = addresses;
    return draft.settings();
  }

  public ServiceSettings withOidc(OidcSettings provider) {
    Draft draft = new Draft(this);
    draft.oidc = provider;
    return draft.settings();
  }

  public ServiceSettings withNotices(NoticeSettings settings) {
    Draft draft = new Draft(this);
    draft.notices = settings;
    return draft.settings();
  }

  public ServiceSettings withTraces(TraceSettings collector) {
    Draft draft = new Draft(this);
    draft.traces = collector;
    return draft.settings();
  }

  public boolean is(NodeRole role) {
    return roles.contains(role);
  }

  /// The same on the way to other settings.
  private static final class Draft {

    private final Path dataDirectory;
    private @Nullable ControlDatabaseAddress controlDatabase;
    private String host = DEFAULT_HOST;
    private int port = DEFAULT_PORT;
    private int workerCapacity = DEFAULT_WORKER_CAPACITY;
    private int controlDatabaseConnections = DEFAULT_CONTROL_DATABASE_CONNECTIONS;
    private @Nullable String nodeName;
    private Duration lease = DEFAULT_LEASE;
    private Duration grace = DEFAULT_GRACE;
    private Set<NodeRole> roles = DEFAULT_ROLES;
    private Set<String> labels = Set.of();
    private Duration historyRetention = DEFAULT_HISTORY_RETENTION;
    private Duration resultsRetention = DEFAULT_RESULTS_RETENTION;
    private Set<String> dacpacHosts = Set.of();
    private int requestRate = DEFAULT_REQUEST_RATE;
    private Set<String> trustedProxies = Set.of();
    private @Nullable OidcSettings oidc;
    private PrivateKeyOrigins privateKeys = PrivateKeyOrigins.DEFAULT;
    private TokenSettings tokens = TokenSettings.NONE;
    private NoticeSettings notices = NoticeSettings.NONE;
    private @Nullable LogLevel logLevel;
    private LogFormat logFormat = LogFormat.TEXT;
    private @Nullable TraceSettings traces;

    Draft(Path dataDirectory) {
      this.dataDirectory = dataDirectory;
    }

    Draft(ServiceSettings settings) {
      this.dataDirectory = settings.dataDirectory;
      this.controlDatabase = settings.controlDatabase;
      this.host = settings.host;
      this.port = settings.port;
      this.workerCapacity = settings.workerCapacity;
      this.controlDatabaseConnections = settings.controlDatabaseConnections;
      this.nodeName = settings.nodeName;
      this.lease = settings.lease;
      this.grace = settings.grace;
      this.roles = settings.roles;
      this.labels = settings.labels;
      this.historyRetention = settings.historyRetention;
      this.resultsRetention = settings.resultsRetention;
      this.dacpacHosts = settings.dacpacHosts;
      this.requestRate = settings.requestRate;
      this.trustedProxies = settings.trustedProxies;
      this.oidc = settings.oidc;
      this.privateKeys = settings.privateKeys;
      this.tokens = settings.tokens;
      this.notices = settings.notices;
      this.logLevel = settings.logLevel;
      this.logFormat = settings.logFormat;
      this.traces = settings.traces;
    }

    ServiceSettings settings() {
      return new ServiceSettings(
          dataDirectory,
          controlDatabase,
          host,
          port,
          workerCapacity,
          controlDatabaseConnections,
          nodeName,
          lease,
          grace,
          roles,
          labels,
          historyRetention,
          resultsRetention,
          dacpacHosts,
          requestRate,
          trustedProxies,
          oidc,
          privateKeys,
          tokens,
          notices,
          logLevel,
          logFormat,
          traces);
    }
  }
}
