package dev.edj.engine;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The name of a server as people write it: `host`, `host,port`, `host:port`, `host\instance`,
/// `[ipv6]:port`, each with or without a scheme such as `postgresql://`; none means SQL Server.
///
/// Names are kept in one form, so two names are equal exactly when they mean the same server: the
/// host in lower case without a closing dot, the default port and the default instance left out,
/// and the instance left out when there is a port, because the port decides.
///
/// @param host a host name or an IP address, without brackets
/// @param port `null` when it is the engine's default, or when an instance is named
public record ServerName(
    Engine engine, String host, @Nullable Integer port, @Nullable String instance) {

  private static final Pattern HOST = Pattern.compile("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");
  private static final Pattern INSTANCE = Pattern.compile("[A-Z_#][A-Z0-9_#$]{0,15}");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\s\\p{Cntrl}\\p{Z}\\p{C}]");
  private static final int LONGEST_HOST = 253;
  private static final String SCHEME_END = "://";
  private static final String DEFAULT_INSTANCE = "MSSQLSERVER";

  public ServerName {
    Objects.requireNonNull(engine, "engine");
    host = checkedHost(host);
    if (port != null && (port < 1 || port > 65_535)) {
      throw new IllegalArgumentException(
          "the port must be a number between 1 and 65535, not " + port + ".");
    }
    instance = instance == null || port != null ? null : checkedInstance(engine, instance);
    if (port != null && port == engine.defaultPort()) {
      port = null;
    }
  }

  /// Reads what a person wrote; the exception's message says what is wrong with it.
  public static ServerName parse(String text) {
    try {
      return parseParts(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The server name '" + printable(text) + "' cannot be used: " + e.getMessage(), e);
    }
  }

  /// The natural key: equal names have equal keys, and `parse(canonical())` is this name.
  public String canonical() {
    StringBuilder key = new StringBuilder();
    if (!(engine instanceof SqlServer)) {
      key.append(engine.scheme()).append(SCHEME_END);
    }
    key.append(host.indexOf(':') < 0 ? host : "[" + host + "]");
    if (instance != null) {
      key.append('\\').append(instance.toLowerCase(Locale.ROOT));
    }
    if (port != null) {
      key.append(engine instanceof SqlServer ? ',' : ':').append(port.intValue());
    }
    return key.toString();
  }

  public int portOrDefault() {
    return port == null ? engine.defaultPort() : port;
  }

  @Override
  public String toString() {
    return canonical();
  }

  private static ServerName parseParts(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("it is empty.");
    }
    if (NOT_PRINTABLE.matcher(text).find()) {
      throw new IllegalArgumentException("it contains a blank or a control character.");
    }
    int schemeEnd = text.indexOf(SCHEME_END);
    Engine engine = schemeEnd < 0 ? Engine.ALL.getFirst() : engine(text.substring(0, schemeEnd));
    String rest = schemeEnd < 0 ? text : text.substring(schemeEnd + SCHEME_END.length());
    if (rest.indexOf('@') >= 0) {
      // Not repeated in the message: what stands before the @ may hold a password.
      throw new IllegalArgumentException(
          "it contains '@'; the user and the password belong in a credential.");
    }
    if (rest.matches(".*[/?;=].*")) {
      throw new IllegalArgumentException(
          "only a host, a port and an instance may follow; the database and the connection's"
              + " settings have fields of their own.");
    }
    return engine instanceof SqlServer
        ? parseSqlServer(engine, rest)
        : parseHostAndPort(engine, rest);
  }

  private static Engine engine(String scheme) {
    return Engine.ALL.stream()
        .filter(engine -> engine.scheme().equalsIgnoreCase(scheme))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the engine is not one of "
                    + Engine.ALL.stream()
                        .map(engine -> engine.scheme() + SCHEME_END)
                        .collect(Collectors.joining(", "))
                    + "."));
  }

  private static ServerName parseSqlServer(Engine engine, String rest) {
    // The Azure portal writes tcp: in front of the host.
    String address = rest.regionMatches(true, 0, "tcp:", 0, 4) ? rest.substring(4) : rest;
    int comma = address.indexOf(',');
    Integer port = comma < 0 ? null : parsePort(address.substring(comma + 1));
    String hostAndInstance = comma < 0 ? address : address.substring(0, comma);
    int backslash = hostAndInstance.indexOf('\\');
    if (backslash < 0) {
      return comma < 0
          ? parseHostAndPort(engine, hostAndInstance)
          : new ServerName(engine, withoutBrackets(hostAndInstance), port, null);
    }
    return new ServerName(
        engine,
        withoutBrackets(hostAndInstance.substring(0, backslash)),
        port,
        hostAndInstance.substring(backslash + 1));
  }

  private static ServerName parseHostAndPort(Engine engine, String address) {
    int colon = address.startsWith("[") ? address.indexOf("]:") + 1 : address.lastIndexOf(':');
    boolean noPort = colon <= 0 && !address.startsWith(":");
    if (noPort || (!address.startsWith("[") && address.indexOf(':') != colon)) {
      return new ServerName(engine, withoutBrackets(address), null, null);
    }
    String host = withoutBrackets(address.substring(0, colon));
    return new ServerName(engine, host, parsePort(address.substring(colon + 1)), null);
  }

  private static String withoutBrackets(String host) {
    if (!host.startsWith("[") || !host.endsWith("]")) {
      return host;
    }
    String address = host.substring(1, host.length() - 1);
    if (address.indexOf(':') < 0) {
      throw new IllegalArgumentException("what stands in brackets is not an IPv6 address.");
    }
    return address;
  }

  private static Integer parsePort(String port) {
    if (!PORT.matcher(port).matches()) {
      throw new IllegalArgumentException(
          "the port must be a number between 1 and 65535, not '" + port + "'.");
    }
    return Integer.valueOf(port);
  }

  private static String checkedHost(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("it has no host.");
    }
    if (name.length() > LONGEST_HOST) {
      throw new IllegalArgumentException(
          "the host is longer than " + LONGEST_HOST + " characters.");
    }
    if (IPV6.matcher(name).matches()) {
      // Reads the digits only, asks no name server.
      return InetAddress.ofLiteral(name).getHostAddress();
    }
    if (!HOST.matcher(name).matches() || name.contains("..")) {
      throw new IllegalArgumentException(
          "the host may have 'a' to 'z', digits, '.', '-' and '_' only"
              + " (write an international name in its xn-- form).");
    }
    return name;
  }

  private static @Nullable String checkedInstance(Engine engine, String instance) {
    if (!(engine instanceof SqlServer)) {
      throw new IllegalArgumentException("only SQL Server has named instances.");
    }
    String name = instance.toUpperCase(Locale.ROOT);
    if (!INSTANCE.matcher(name).matches()) {
      throw new IllegalArgumentException("the instance's name is not one that SQL Server allows.");
    }
    return name.equals(DEFAULT_INSTANCE) ? null : name;
  }

  private static String printable(String text) {
    int at = text.lastIndexOf('@');
    return NOT_PRINTABLE.matcher(at < 0 ? text : "…" + text.substring(at)).replaceAll("\uFFFD");
  }
}
