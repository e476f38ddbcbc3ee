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

/// Names servers a password may be sent to: a server's canonical name in which `*` stands for any
/// characters and `?` for one. As in server names, no engine means SQL Server, and the engine's
/// default port is left out; `*` alone is any server of any engine.
///
/// @param engine null means any
/// @param address what follows the engine, in lower case and without a default port
record ServerPattern(@Nullable Engine engine, String address) {

  private static final String FIELD = "servers";
  private static final String SCHEME_END = "://";
  private static final int LONGEST = 300;
  private static final ServerPattern ANY = new ServerPattern(null, "*");
  private static final Pattern WILDCARD = Pattern.compile("[*?]");
  private static final Pattern ADDRESS = Pattern.compile("[a-z0-9_.*?\\-\\[\\]:,\\\\#$]+");
  private static final Pattern PORT = Pattern.compile("[:,]([0-9]{1,5})$");

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
    return engine == null
        || (engine.equals(server.engine()) && Wildcards.match(address, address(server)));
  }

  /// Whether this allows at least what `other` allows. May say no where a cleverer reading would
  /// say yes: then the password is asked for once more than needed.
  boolean covers(ServerPattern other) {
    return engine == null
        || (engine.equals(other.engine) && Wildcards.match(address, other.address));
  }

  /// As it is stored and shown; `parse` reads it back.
  String text() {
    if (engine == null || (engine instanceof SqlServer && !address.equals("*"))) {
      return address;
    }
    return scheme(engine) + address;
  }

  private static ServerPattern parseExact(String text) {
    try {
      ServerName server = ServerName.parse(text);
      return new ServerPattern(server.engine(), address(server));
    } catch (IllegalArgumentException e) {
      throw new EdjException(ErrorCode.INVALID_FIELD, FIELD, FIELD + ": " + e.getMessage(), e);
    }
  }

  private static ServerPattern parseWildcards(String pattern) {
    int schemeEnd = pattern.indexOf(SCHEME_END);
    Engine engine = schemeEnd < 0 ? new SqlServer() : engine(pattern, schemeEnd);
    String address = schemeEnd < 0 ? pattern : pattern.substring(schemeEnd + SCHEME_END.length());
    if (!ADDRESS.matcher(address).matches()) {
      throw EdjException.invalid(
          FIELD,
          "the pattern '%s' cannot be one of server names; examples: db-*.example.com,"
                  .formatted(pattern)
              + " postgresql://*.example.com:5433");
    }
    return new ServerPattern(engine, withCanonicalPort(engine, address));
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

  private static String withCanonicalPort(Engine engine, String address) {
    Matcher port = PORT.matcher(address);
    if (!port.find()) {
      return address;
    }
    String host = address.substring(0, port.start());
    int number = Integer.parseInt(port.group(1));
    if (number == engine.defaultPort()) {
      return host;
    }
    return host + (engine instanceof SqlServer ? "," : ":") + number;
  }

  private static String address(ServerName server) {
    String name = server.canonical();
    String scheme = scheme(server.engine());
    return name.startsWith(scheme) ? name.substring(scheme.length()) : name;
  }

  private static String scheme(Engine engine) {
    return engine.scheme() + SCHEME_END;
  }
}
