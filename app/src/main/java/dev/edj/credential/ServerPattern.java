package dev.edj.credential;

import static java.util.Objects.requireNonNullElse;

import dev.edj.engine.Engine;
import dev.edj.engine.ServerName;
import dev.edj.engine.SqlServer;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names servers a password may be sent to: a server's name in which `*` stands for any characters
/// and `?` for one. Host, port and instance match each by itself, so that no wildcard of a host
/// reaches into a port. As in server names, no engine means SQL Server, and neither port nor
/// instance the engine's default port; only `*` alone is any server of any engine on any port.
///
/// A network in CIDR form may follow behind an `@`, and then the server must have an address of it,
/// too; a network alone is any host there.
///
/// @param engine null means any server
/// @param host in lower case; an IPv6 address stands in brackets
/// @param port written out when it is the default; `null` exactly when there is an instance
/// @param instance in lower case
/// @param network null means any address
record ServerPattern(
    @Nullable Engine engine,
    String host,
    @Nullable String port,
    @Nullable String instance,
    @Nullable Network network) {

  private static final String FIELD = "servers";
  private static final String SCHEME_END = "://";
  private static final Engine DEFAULT_ENGINE = Engine.ALL.getFirst();
  private static final int LONGEST = 300;
  private static final int HIGHEST_PORT = 65_535;
  private static final String DEFAULT_INSTANCE = "mssqlserver";
  private static final ServerPattern ANY = new ServerPattern(null, "*", "*", null, null);
  private static final Pattern WILDCARD = Pattern.compile("[*?]");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern NETWORK_ALONE =
      Pattern.compile(
          """
          (?<scheme> [a-z]+:// )? \\[? (?<address> [0-9a-f:.]+ ) ]? / (?<length> [0-9]+ ) ]?
          (?<rest> [:,\\\\] .* )?
          """,
          Pattern.COMMENTS);
  private static final Pattern ADDRESS =
      Pattern.compile(
          """
          (?<host> \\[ [0-9a-f:.*?]+ ] | [a-z0-9_.*?-]+ )
          (?: [:,] (?<port> [0-9*?]{1,5} ) | \\\\ (?<instance> [a-z0-9_\\#$*?]+ ) )?
          """,
          Pattern.COMMENTS);

  static ServerPattern parse(String text) {
    String pattern = text.strip().toLowerCase(Locale.ROOT);
    if (pattern.isEmpty()) {
      throw EdjException.invalid(FIELD, "a pattern is empty");
    }
    if (pattern.length() > LONGEST) {
      throw EdjException.invalid(FIELD, "a pattern is longer than " + LONGEST + " characters");
    }
    int at = pattern.lastIndexOf('@');
    if (at >= 0) {
      return parseWithin(pattern.substring(0, at), pattern.substring(at + 1));
    }
    Matcher alone = NETWORK_ALONE.matcher(pattern);
    return alone.matches() ? parseNetwork(pattern, alone) : parseName(text.strip());
  }

  /// As far as the server's name tells, be it an address.
  boolean allows(ServerName server) {
    return matches(exactly(server))
        && (network == null
            || Network.findLiteral(server.host()).map(network::contains).orElse(true));
  }

  boolean allows(ServerName server, InetAddress address) {
    return matches(exactly(server)) && (network == null || network.contains(address));
  }

  /// Whether this allows at least what `other` allows. May say no where a cleverer reading would
  /// say yes: then the password is asked for once more than needed.
  boolean covers(ServerPattern other) {
    return matches(other) && (network == null || other.isWithin(network));
  }

  private boolean isWithin(Network wide) {
    return network == null
        ? Network.findLiteral(host.replaceAll("[\\[\\]]", "")).map(wide::contains).orElse(false)
        : wide.contains(network);
  }

  private boolean matches(ServerPattern other) {
    return engine == null
        || (engine.equals(other.engine)
            && Wildcards.match(host, other.host)
            && covers(port, other.port)
            && covers(instance, other.instance));
  }

  /// As it is stored and shown; `parse` reads it back.
  String text() {
    if (engine == null) {
      return network == null ? "*" : "*@" + network;
    }
    if (network == null) {
      return name(engine, host);
    }
    return host.equals("*")
        ? name(engine, bracketed(network.toString()))
        : name(engine, host) + "@" + network;
  }

  private String name(Engine engine, String place) {
    String address = place + afterHost(engine);
    return engine instanceof SqlServer && !address.equals("*")
        ? address
        : engine.scheme() + SCHEME_END + address;
  }

  private static String bracketed(String address) {
    return address.indexOf(':') < 0 ? address : "[" + address + "]";
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

  private static ServerPattern parseName(String text) {
    String pattern = text.toLowerCase(Locale.ROOT).replaceAll("\\*+", "*");
    if (pattern.equals("*")) {
      return ANY;
    }
    return WILDCARD.matcher(pattern).find() ? parseWildcards(pattern) : parseExact(text);
  }

  /// What stands before the `@` is in no message: it may hold a password.
  private static ServerPattern parseWithin(String name, String range) {
    Network network = network("what stands behind the @", range);
    try {
      return parseName(name).within(network);
    } catch (EdjException e) {
      throw EdjException.invalid(
          FIELD, "what stands before @%s cannot be a server's name".formatted(network));
    }
  }

  private static ServerPattern parseNetwork(String pattern, Matcher parts) {
    String scheme = requireNonNullElse(parts.group("scheme"), DEFAULT_ENGINE.scheme() + SCHEME_END);
    String rest = requireNonNullElse(parts.group("rest"), "");
    return parseWildcards(scheme + "*" + rest)
        .within(
            network(
                "the pattern '%s'".formatted(pattern),
                parts.group("address") + "/" + parts.group("length")));
  }

  private static Network network(String what, String text) {
    try {
      return Network.parse(text.replaceAll("[\\[\\]]", ""));
    } catch (IllegalArgumentException e) {
      throw new EdjException(
          ErrorCode.INVALID_FIELD, FIELD, "%s: %s %s".formatted(FIELD, what, e.getMessage()), e);
    }
  }

  private ServerPattern within(Network range) {
    return new ServerPattern(engine, host, port, instance, range);
  }

  private static ServerPattern parseExact(String text) {
    try {
      return exactly(ServerName.parse(text));
    } catch (IllegalArgumentException e) {
      throw new EdjException(ErrorCode.INVALID_FIELD, FIELD, FIELD + ": " + e.getMessage(), e);
    }
  }

  private static ServerPattern exactly(ServerName server) {
    String host = bracketed(server.host());
    String instance = server.instance();
    return instance == null
        ? new ServerPattern(
            server.engine(), host, String.valueOf(server.portOrDefault()), null, null)
        : new ServerPattern(server.engine(), host, null, instance.toLowerCase(Locale.ROOT), null);
  }

  private static ServerPattern parseWildcards(String pattern) {
    int schemeEnd = pattern.indexOf(SCHEME_END);
    Engine engine = schemeEnd < 0 ? DEFAULT_ENGINE : engine(pattern, schemeEnd);
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
        ? new ServerPattern(engine, host, port(pattern, engine, parts.group("port")), null, null)
        : new ServerPattern(engine, host, null, instance, null);
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
