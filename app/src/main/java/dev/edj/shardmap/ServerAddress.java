package dev.edj.shardmap;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The server a shard is on, read from what its map has in two columns.
///
/// Who fills a map writes the server's name as in a connection string, so a protocol may stand
/// before it and a port behind it. The result follows the grammar of server names in
/// docs/reference/engines.md.
///
/// @param port 0 when it is the engine's default, or when an instance is named
record ServerAddress(Catalog engine, String host, @Nullable String instance, int port) {

  private static final int LONGEST_HOST = 253;
  private static final int LAST_PORT = 65_535;
  private static final String SCHEME_END = "://";
  private static final String DEFAULT_INSTANCE = "mssqlserver";

  /// A host, or an IPv6 address with or without brackets; then an instance; then a port.
  private static final Pattern ADDRESS =
      Pattern.compile(
          """
          (?: (?<host> [a-z0-9_] (?:[a-z0-9_.-]*[a-z0-9_])? ) \\.?
            | \\[ (?<bracketed> [0-9a-f.]*:[0-9a-f:.]* ) \\]
            | (?<bare> [0-9a-f.]*:[0-9a-f.]*:[0-9a-f:.]* ) )
          (?: \\\\ (?<instance> [a-z_\\#][a-z0-9_\\#$]{0,15} ) )?
          (?: \\s* [,:] \\s* (?<port> [0-9]{1,5} ) )?
          """,
          Pattern.COMMENTS);

  /// @param catalog names the engine when the name does not
  /// @param port 0 when the map names none
  /// @throws IllegalArgumentException with a sentence for people when it cannot be read
  static ServerAddress parse(Catalog catalog, String serverName, int port) {
    if (serverName.length() >= CatalogSql.CUT_SERVER_NAME) {
      throw new IllegalArgumentException("the server's name is too long");
    }
    String name = serverName.strip().toLowerCase(Locale.ROOT);
    int schemeEnd = name.indexOf(SCHEME_END);
    if (schemeEnd < 0) {
      return parseAddress(catalog, withoutTcp(name), port);
    }
    Catalog engine =
        Catalog.find(name.substring(0, schemeEnd))
            .orElseThrow(
                () -> new IllegalArgumentException("the server's name begins with no engine"));
    return parseAddress(engine, withoutTcp(name.substring(schemeEnd + SCHEME_END.length())), port);
  }

  /// In the one form in which equal names are equal.
  String name() {
    StringBuilder name = new StringBuilder();
    if (engine != Catalog.SQL_SERVER) {
      name.append(engine.scheme()).append(SCHEME_END);
    }
    name.append(host.indexOf(':') < 0 ? host : "[" + host + "]");
    if (instance != null) {
      name.append('\\').append(instance);
    }
    if (port != 0) {
      name.append(engine == Catalog.SQL_SERVER ? ',' : ':').append(port);
    }
    return name.toString();
  }

  private static ServerAddress parseAddress(Catalog engine, String address, int portOfMap) {
    refuseNamedPipe(address);
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches() || address.contains("..")) {
      throw new IllegalArgumentException("the server's name cannot be read");
    }
    int port = port(parts.group("port"), portOfMap);
    String instance = parts.group("instance");
    if (instance != null && engine != Catalog.SQL_SERVER) {
      throw new IllegalArgumentException("only SQL Server has named instances");
    }
    boolean usesInstance = port == 0 && !DEFAULT_INSTANCE.equals(instance);
    return new ServerAddress(
        engine,
        host(parts),
        usesInstance ? instance : null,
        port == engine.defaultPort() ? 0 : port);
  }

  private static String withoutTcp(String name) {
    return name.startsWith("tcp:") ? name.substring(4) : name;
  }

  private static void refuseNamedPipe(String address) {
    if (address.startsWith("np:") || address.startsWith("\\\\")) {
      throw new IllegalArgumentException("the server's name is that of a named pipe");
    }
    if (address.startsWith("lpc:")) {
      throw new IllegalArgumentException("the server's name asks for shared memory");
    }
  }

  private static String host(Matcher parts) {
    String host = parts.group("host");
    if (host == null) {
      String bracketed = parts.group("bracketed");
      String address = bracketed == null ? parts.group("bare") : bracketed;
      // Reads the digits only, asks no name server.
      return InetAddress.ofLiteral(address).getHostAddress();
    }
    if (host.length() > LONGEST_HOST) {
      throw new IllegalArgumentException("the server's name is too long");
    }
    return host;
  }

  private static int port(@Nullable String ofName, int ofMap) {
    int port = ofName == null ? ofMap : Integer.parseInt(ofName);
    if (ofName != null && ofMap != 0 && ofMap != port) {
      throw new IllegalArgumentException(
          "the server's name says port %d, the map says port %d".formatted(port, ofMap));
    }
    if (port < (ofName == null ? 0 : 1) || port > LAST_PORT) {
      throw new IllegalArgumentException(
          "the port is %d, not between 1 and %d".formatted(port, LAST_PORT));
    }
    return port;
  }
}
