package dev.edj.settings;

import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.secrecy.Sensitive;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the address of a control database as people write it: `postgresql://user@host:port/name`,
/// with `jdbc:` in front or not. A login in it is taken out, so that no log shows the password.
final class ControlDatabaseUrl {

  private static final String JDBC = "jdbc:";
  private static final String SCHEME = "postgresql://";

  /// Without a host it is this machine.
  private static final Pattern SERVER =
      Pattern.compile("(?:\\[[^\\[\\]\\s]+]|[^\\[\\]:\\s]+|(?=:))(?::([0-9]{1,5}))?");

  private static final int LAST_PORT = 65_535;

  private ControlDatabaseUrl() {}

  /// The message of the [IllegalArgumentException] never repeats the text: it may hold a password.
  static ControlDatabaseAddress parse(String text) {
    String url = text.startsWith(JDBC) ? text.substring(JDBC.length()) : text;
    if (url.startsWith("postgres://")) {
      url = SCHEME + url.substring("postgres://".length());
    }
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException("must begin with " + SCHEME);
    }
    String rest = url.substring(SCHEME.length());
    int query = rest.indexOf('?');
    String place = query < 0 ? rest : rest.substring(0, query);
    Login login = new Login();
    int at = place.lastIndexOf('@');
    if (at >= 0) {
      login.read(place.substring(0, at));
      place = place.substring(at + 1);
    }
    if (place.indexOf('/') <= 0 || place.endsWith("/")) {
      throw new IllegalArgumentException(
          "must name a host and a database: " + SCHEME + "host/name");
    }
    requireServers(place.substring(0, place.indexOf('/')));
    String others = query < 0 ? "" : login.readFromQuery(rest.substring(query + 1));
    return new ControlDatabaseAddress(
        JDBC + SCHEME + place + (others.isEmpty() ? "" : "?" + others), login.user, login.password);
  }

  /// The driver says of what it cannot read only that it cannot.
  private static void requireServers(String servers) {
    for (String server : servers.split(",", -1)) {
      Matcher form = SERVER.matcher(server);
      if (!form.matches() || (form.group(1) != null && !isPort(form.group(1)))) {
        throw new IllegalArgumentException(
            "must name each server as host or host:port, with an IPv6 address in brackets and a port"
                + " from 1 to 65535");
      }
    }
  }

  private static boolean isPort(String digits) {
    int port = Integer.parseInt(digits);
    return port >= 1 && port <= LAST_PORT;
  }

  private static final class Login {

    private @Nullable String user;
    @Sensitive private @Nullable String password;

    private void read(String userInfo) {
      int colon = userInfo.indexOf(':');
      user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
      password = colon < 0 ? null : decoded(userInfo.substring(colon + 1));
    }

    /// Returns the query without the login.
    private String readFromQuery(String query) {
      List<String> others = new ArrayList<>();
      for (String parameter : query.split("&", -1)) {
        if (parameter.startsWith("user=")) {
          user = decoded(parameter.substring("user=".length()));
        } else if (parameter.startsWith("password=")) {
          password = decoded(parameter.substring("password=".length()));
        } else if (!parameter.isEmpty()) {
          others.add(parameter);
        }
      }
      return String.join("&", others);
    }

    private static String decoded(String text) {
      // In a login a plus is a plus; the decoder is one for forms.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }
}
