package dev.edj.settings;

import dev.edj.node.Labels;
import dev.edj.node.NodeRole;
import dev.edj.outward.AllowedHosts;
import dev.edj.problem.Names;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of `edj serve`, for a picocli command to mix in. The variable of `--some-option` is
/// `EDJ_SOME_OPTION`; an option wins over its variable. Descriptions say the default in brackets,
/// which [Setting] reads there.
public final class ServiceOptions {

  @Mixin private final ControlDatabaseOptions controlDatabase = new ControlDatabaseOptions();

  @Option(
      names = "--host",
      paramLabel = "<address>",
      description = "The address to listen on; the default lets in this machine only (127.0.0.1).")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "<number>",
      description = "The port to listen on; 0 takes any free one (8740).")
  private @Nullable String port;

  @Option(
      names = "--worker-capacity",
      paramLabel = "<number>",
      description = "The most databases that this process works on at once (100).")
  private @Nullable String workerCapacity;

  @Option(
      names = "--control-database-connections",
      paramLabel = "<number>",
      description = "The most connections of this process to the control database (12).")
  private @Nullable String controlDatabaseConnections;

  @Option(
      names = "--node-name",
      paramLabel = "<name>",
      description = "What people call this process (the machine's name with the process's number).")
  private @Nullable String nodeName;

  @Option(
      names = "--lease",
      paramLabel = "<duration>",
      description = "After this long without a sign of life a process counts as lost (10s).")
  private @Nullable String lease;

  @Option(
      names = "--grace",
      paramLabel = "<duration>",
      description =
          "How long running scripts may go on when the process is told to stop; then they are"
              + " stopped and run again elsewhere (5s).")
  private @Nullable String grace;

  @Option(
      names = "--roles",
      paramLabel = "<role,...>",
      description = "What this process is for: api, controller, worker (all three).")
  private @Nullable String roles;

  @Option(
      names = "--label",
      paramLabel = "<key=value>",
      description = {
        "What this process can reach, for servers that require it; repeatable, a key may have"
            + " several values.",
        "EDJ_LABEL takes them with commas between them."
      })
  private @Nullable List<String> labels;

  @Option(
      names = "--history-retention",
      paramLabel = "<duration>",
      description = "How long ended executions are kept (45d).")
  private @Nullable String historyRetention;

  @Option(
      names = "--results-retention",
      paramLabel = "<duration>",
      description =
          "How long the results that scripts returned, and the plans of data-tier packages, are kept (7d).")
  private @Nullable String resultsRetention;

  @Option(
      names = "--dacpac-host",
      paramLabel = "<host>",
      description = {
        "A host that data-tier packages may be fetched from, packages.example.com or"
            + " *.example.com:8443, over HTTPS; http://10.0.0.5:8080 without; repeatable (none).",
        "EDJ_DACPAC_HOST takes them with commas between them."
      })
  private @Nullable List<String> dacpacHosts;

  @Option(
      names = "--request-rate",
      paramLabel = "<number>",
      description = {
        "The most requests a second that one address may send, over ten seconds; 0 means any number"
            + " (500)."
      })
  private @Nullable String requestRate;

  @Option(
      names = "--trusted-proxy",
      paramLabel = "<address>",
      description = {
        "A proxy, 10.0.0.5 or 10.0.0.0/8, whose X-Forwarded-For and X-Forwarded-Proto say who asks,"
            + " and how; repeatable (none).",
        "EDJ_TRUSTED_PROXY takes them with commas between them."
      })
  private @Nullable List<String> trustedProxies;

  @Mixin private final OidcOptions oidc = new OidcOptions();

  @Mixin private final NoticeOptions notices = new NoticeOptions();

  @Option(
      names = "--private-key-file",
      paramLabel = "<file>",
      description = {
        "A file with private keys, beside which others may be; repeatable. The first is made when"
            + " there is no key at all (encryption-keys.json in the data directory).",
        "EDJ_PRIVATE_KEY_FILE takes them with commas between them; EDJ_PRIVATE_KEY takes the keys"
            + " themselves, and has no option, because everybody on this machine can read those."
      })
  private @Nullable List<String> privateKeyFiles;

  @Option(
      names = "--private-key-command",
      paramLabel = "<command>",
      description = "A command that prints private keys, such as one that asks a secret manager.")
  private @Nullable String privateKeyCommand;

  @Option(
      names = "--log-level",
      paramLabel = "<level>",
      description =
          "How much to write into the log: error, warn, info, debug or trace (info, and warnings of"
              + " the libraries). Libraries that write down what they are sent only warn.")
  private @Nullable String logLevel;

  @Option(
      names = "--log-format",
      paramLabel = "<format>",
      description =
          "What the lines of the log look like: text, or json for programs that collect logs (text).")
  private @Nullable String logFormat;

  @Option(
      names = "--token-command",
      paramLabel = "<name@servers=command>",
      description = {
        "A command that prints the token that a login needs in place of a password, and the servers"
            + " it may be asked for: rds@postgresql://*.rds.amazonaws.com=/usr/local/bin/rds-token;"
            + " repeatable. It is run without a shell.",
        "EDJ_TOKEN_COMMAND takes them in lines."
      })
  private @Nullable List<String> tokenCommands;

  @Option(
      names = "--managed-identity",
      paramLabel = "<name@servers>",
      description = {
        "A managed identity of Azure whose tokens logins need in place of a password, and the servers"
            + " that they may be sent to: entra@*.database.windows.net; a user-assigned one with"
            + " =<client id> behind; repeatable.",
        "EDJ_MANAGED_IDENTITY takes them in lines."
      })
  private @Nullable List<String> managedIdentities;

  @Option(
      names = "--token-lifetime",
      paramLabel = "<duration>",
      description = "How long a token is used again before the command is asked for another (5m).")
  private @Nullable String tokenLifetime;

  /// What the options, `environment` and the defaults say together; an [EdjException] names the
  /// option or variable that cannot be.
  ///
  /// @param dataDirectory found as clients find it, so that both mean the same
  public ServiceSettings settings(Path dataDirectory, Map<String, String> environment) {
    Given given = new Given(environment);
    return new ServiceSettings(
        dataDirectory,
        controlDatabase.address(given).orElse(null),
        given.find("host", host, Function.identity()).orElse(ServiceSettings.DEFAULT_HOST),
        given.find("port", port, number(0, 65_535)).orElse(ServiceSettings.DEFAULT_PORT),
        given
            .find("worker-capacity", workerCapacity, number(1, 10_000))
            .orElse(ServiceSettings.DEFAULT_WORKER_CAPACITY),
        given
            .find("control-database-connections", controlDatabaseConnections, number(4, 1_000))
            .orElse(ServiceSettings.DEFAULT_CONTROL_DATABASE_CONNECTIONS),
        given.find("node-name", nodeName, name -> Names.checked("--node-name", name)).orElse(null),
        given
            .find("lease", lease, duration(Duration.ofSeconds(3), Duration.ofMinutes(10)))
            .orElse(ServiceSettings.DEFAULT_LEASE),
        given
            .find("grace", grace, duration(Duration.ZERO, Duration.ofDays(7)))
            .orElse(ServiceSettings.DEFAULT_GRACE),
        given.find("roles", roles, ServiceOptions::roles).orElse(ServiceSettings.DEFAULT_ROLES),
        labels(given),
        given
            .find(
                "history-retention",
                historyRetention,
                duration(Duration.ofMinutes(1), Duration.ofDays(36_500)))
            .orElse(ServiceSettings.DEFAULT_HISTORY_RETENTION),
        given
            .find(
                "results-retention",
                resultsRetention,
                duration(Duration.ofMinutes(1), Duration.ofDays(36_500)))
            .orElse(ServiceSettings.DEFAULT_RESULTS_RETENTION),
        dacpacHosts(given),
        given
            .find("request-rate", requestRate, number(0, 1_000_000))
            .orElse(ServiceSettings.DEFAULT_REQUEST_RATE),
        trustedProxies(given),
        oidc.settings(given).orElse(null),
        privateKeys(given),
        tokenCommands(given),
        notices.settings(given),
        given.find("log-level", logLevel, LogLevel::parse).orElse(null),
        given.find("log-format", logFormat, LogFormat::parse).orElse(LogFormat.TEXT),
        TraceSettings.of(environment).orElse(null));
  }

  private Set<String> labels(Given given) {
    return given.findAll("label", labels, ",", ServiceOptions::parts).stream()
        .flatMap(texts -> Labels.ofNode("--label", texts).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> dacpacHosts(Given given) {
    return given
        .findAll("dacpac-host", dacpacHosts, ",", text -> Set.copyOf(checkedHosts(parts(text))))
        .orElse(Set.of());
  }

  /// They are checked by the server that knows them.
  private Set<String> trustedProxies(Given given) {
    return given
        .findAll("trusted-proxy", trustedProxies, ",", text -> Set.copyOf(parts(text)))
        .orElse(Set.of());
  }

  private TokenSettings tokenCommands(Given given) {
    return new TokenSettings(
        given
            .findAll(
                "token-command",
                tokenCommands,
                "\n",
                text -> text.strip().lines().map(TokenCommandOption::parse).toList())
            .orElse(List.of()),
        given
            .findAll(
                "managed-identity",
                managedIdentities,
                "\n",
                text -> text.strip().lines().map(ManagedIdentityOption::parse).toList())
            .orElse(List.of()),
        IdentityEndpoint.in(given.environment()),
        given
            .find("token-lifetime", tokenLifetime, duration(Duration.ZERO, Duration.ofDays(1)))
            .orElse(TokenSettings.DEFAULT_LIFETIME));
  }

  private PrivateKeyOrigins privateKeys(Given given) {
    return new PrivateKeyOrigins(
        given
            .findAll("private-key-file", privateKeyFiles, ",", ServiceOptions::files)
            .orElse(List.of()),
        given.find("private-key", null, Function.identity()).orElse(null),
        given.find("private-key-command", privateKeyCommand, Function.identity()).orElse(null));
  }

  private static List<Path> files(String text) {
    return parts(text).stream().map(Path::of).toList();
  }

  private static List<String> checkedHosts(List<String> hosts) {
    AllowedHosts.parse(hosts);
    return hosts;
  }

  private static Set<NodeRole> roles(String text) {
    Set<NodeRole> roles = EnumSet.noneOf(NodeRole.class);
    for (String part : parts(text)) {
      roles.add(
          Stream.of(NodeRole.values())
              .filter(role -> role.text().equals(part))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "'%s' is not one of api, controller, worker".formatted(part))));
    }
    return roles;
  }

  private static List<String> parts(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).toList();
  }

  private static Function<String, Integer> number(int least, int most) {
    return text -> {
      try {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // The sentence below says it.
      }
      throw new IllegalArgumentException(
          "'%s' is not a whole number from %d to %d".formatted(text, least, most));
    };
  }

  private static Function<String, Duration> duration(Duration least, Duration most) {
    return text -> {
      Duration duration = duration(text);
      if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
        throw new IllegalArgumentException(
            "'%s' is not between %s and %s".formatted(text, least, most));
      }
      return duration;
    };
  }

  /// `500ms`, `10s`, `5m`, `2h`, `45d` or ISO 8601 (`PT10S`).
  private static Duration duration(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    try {
      if (upper.startsWith("P")) {
        return Duration.parse(upper);
      }
      if (upper.endsWith("MS")) {
        return Duration.ofMillis(Long.parseLong(upper.substring(0, upper.length() - 2)));
      }
      return Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is not a duration such as 500ms, 10s, 5m, 2h or 45d".formatted(text), e);
    }
  }
}
