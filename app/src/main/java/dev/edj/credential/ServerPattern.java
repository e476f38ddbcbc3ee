package dev.edj.credential;

import dev.edj.engine.Engine;
import dev.edj.engine.ServerName;
import dev.edj.engine.SqlServer;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names servers a password may be sent to: a server's name in which `*` stands for any characters
/// and `?` for one. Host, port and instance match each by itself, so that no wildcard of a host
/// reaches into a port. As in server names, no engine means SQL Server, and neither port nor
/// instance the engine's default port; only `*` alone is any server of any engine on any port.
///
/// @param engine null means any server
/// @param host in lower case; an IPv6 address stands in brackets
/// @param port written out when it is the default; `null` exactly when there is an instance
/// @param instance in lower case
record ServerPattern(
    @Nullable Engine engine, String host, @Nullable String port, @Nullable String instance) {

  private static final String FIELD = "servers";
  private static final String SCHEME_END = "://";
  private static final int LONGEST = 300;
  private static final int HIGHEST_PORT = 65_535;
  private static final String DEFAULT_INSTANCE = "mssqlserver";
  private static final ServerPattern ANY = new ServerPattern(null, "*", "*", null);
  private static final Pattern WILDCARD = Pattern.compile("[*?]");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern ADDRESS =
      Pattern.compile(
          """
          (?<host> \\[ [0-9a-f:.*?]+ ] | [a-z0-9_.*?-]+ )
          (?: [:,] (?<port> [0-9*?]{1,5} ) | \\\\ (?<instance> [a-z0-9_\\#$*?]+ ) )?
          """,
          Pattern.COMMENTS);

  static ServerPattern parse(String text) {
    String pattern = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\*+", "*");
    if (pattern.isEmpty()) {
      throw EdjException.invalid(FIELD, "a pattern is empty");
    }
    if (pattern.length() > LONGEST) {
      throw EdjException.invalid(FIELD, "a pattern is longer than " + LONGEST + " characters");
    }
    if (pattern.equals("*")) {
      return ANY;
    }
    return WILDCARD.matcher(pattern).find() ? parseWildcards(pattern) : parseExact(text.strip());
  }

  boolean allows(ServerName server) {
    return covers(exactly(server));
  }

  /// Whether this allows at least what `other` allows. May say no where a cleverer reading would
  /// say yes: then the password is asked for once more than needed.
  boolean covers(ServerPattern other) {
    return engine == null
        || (engine.equals(other.engine)
            && Wildcards.match(host, other.host)
            && covers(port, other.port)
            && covers(instance, other.instance));
  }

  /// As it is stored and shown; `parse` reads it back.
  String text() {
    if (engine == null) {
      return "*";
    }
    String address = host + afterHost(engine);
    return engine instanceof SqlServer && !address.equals("*")
        ? address
        : engine.scheme() + SCHEME_END + address;
  }

  private String afterHost(Engine engine) {
    if (instance != null) {
      return "\\" + instance;
    }
    if (port == null || port.equals(defaultPort(engine))) {
      return "";
    }
    return (engine instanceof SqlServer ? "," : ":") + port;
  }

  /// A part that is not there is covered by none only: `*` as a port is no named instance.
  private static boolean covers(@Nullable String wide, @Nullable String narrow) {
    if (wide == null || narrow == null) {
      return wide == null && narrow == null;
    }
    return Wildcards.match(wide, narrow);
  }

  private static ServerPattern parseExact(String text) {
    try {
      return exactly(ServerName.parse(text));
    } catch (IllegalArgumentException e) {
      throw new EdjException(ErrorCode.INVALID_FIELD, FIELD, FIELD + ": " + e.getMessage(), e);
    }
  }

  private static ServerPattern exactly(ServerName server) {
    String host = server.host().indexOf(':') < 0 ? server.host() : "[" + server.host() + "]";
    String instance = server.instance();
    return instance == null
        ? new ServerPattern(server.engine(), host, String.valueOf(server.portOrDefault()), null)
        : new ServerPattern(server.engine(), host, null, instance.toLowerCase(Locale.ROOT));
  }

  private static ServerPattern parseWildcards(String pattern) {
    int schemeEnd = pattern.indexOf(SCHEME_END);
    Engine engine = schemeEnd < 0 ? new SqlServer() : engine(pattern, schemeEnd);
    String address = schemeEnd < 0 ? pattern : pattern.substring(schemeEnd + SCHEME_END.length());
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      throw EdjException.invalid(
          FIELD,
          ("the pattern '%s' cannot be one of server names, with a port or an instance at most;"
                  + " examples: db-*.example.com, postgresql://*.example.com:5433, [fd00:*]:*")
              .formatted(pattern));
    }
    String host = parts.group("host");
    String instance = parts.group("instance");
    if (instance != null && !(engine instanceof SqlServer)) {
      throw EdjException.invalid(
          FIELD, "the pattern '%s': only SQL Server has named instances".formatted(pattern));
    }
    return instance == null || instance.equals(DEFAULT_INSTANCE)
        ? new ServerPattern(engine, host, port(pattern, engine, parts.group("port")), null)
        : new ServerPattern(engine, host, null, instance);
  }

  private static Engine engine(String pattern, int schemeEnd) {
    String scheme = pattern.substring(0, schemeEnd);
    return Engine.ALL.stream()
        .filter(engine -> engine.scheme().equals(scheme))
        .findFirst()
        .orElseThrow(() ->
            EdjException.invalid(
                FIELD, "the pattern '%s' begins with no known engine".formatted(pattern)));
  }

  private static String port(String pattern, Engine engine, @Nullable String port) {
    if (port == null) {
      return defaultPort(engine);
    }
    if (!DIGITS.matcher(port).matches()) {
      return port;
    }
    int number = Integer.parseInt(port);
    if (number < 1 || number > HIGHEST_PORT) {
      throw EdjException.invalid(
          FIELD,
          "the pattern '%s' has a port that is not between 1 and %d"
              .formatted(pattern, HIGHEST_PORT));
    }
    return String.valueOf(number);
  }

  private static String defaultPort(Engine engine) {
    return String.valueOf(engine.defaultPort());
  }
}
