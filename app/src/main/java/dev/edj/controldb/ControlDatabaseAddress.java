package dev.edj.controldb;

import dev.edj.secrecy.Sensitive;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the control database is and how to log in there.
///
/// @param url `jdbc:postgresql://…`, possibly with user and password in its query
public record ControlDatabaseAddress(
    String url, @Nullable String user, @Sensitive @Nullable String password) {

  private static final int USUAL_PORT = 5432;
  private static final Pattern HAS_PORT = Pattern.compile(":[0-9]+$");

  /// How long a socket read may take before the connection counts as dead: longer than any
  /// statement of ours.
  private static final String SOCKET_TIMEOUT_SECONDS = "60";

  /// The address without its query, which may hold a password.
  public String display() {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  /// Where its servers are, each `host:port`, an IPv6 address in brackets; several are one that can
  /// be written to and those that follow it.
  public List<String> servers() {
    String rest = display().substring(display().indexOf("//") + 2);
    int path = rest.indexOf('/');
    return Arrays.stream((path < 0 ? rest : rest.substring(0, path)).split(",", -1))
        .map(server -> HAS_PORT.matcher(server).find() ? server : server + ":" + USUAL_PORT)
        .toList();
  }

  /// The same place with another login.
  ControlDatabaseAddress withLogin(String otherUser, String otherPassword) {
    return new ControlDatabaseAddress(url, otherUser, otherPassword);
  }

  Properties properties(String applicationName) {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", applicationName);
    // The detail of an error repeats the values of the row that it is about.
    properties.setProperty("logServerErrorDetail", "false");
    // Of several hosts, the one that can be written to; and of one, only if it can.
    properties.setProperty("targetServerType", "primary");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
    return properties;
  }

  @Override
  public String toString() {
    return display();
  }
}
