package dev.edj.outward;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The hosts that may be asked for something, or sent something: none, unless somebody who sets up
/// the service names them. `packages.example.com` and `*.example.com` mean HTTPS on its usual port,
/// or on the one that is named; `http://10.0.0.5:8080` means just that, without encryption.
public record AllowedHosts(List<Host> hosts) {

  public static final AllowedHosts NONE = new AllowedHosts(List.of());

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(https?)://)?((?:\\*\\.)?[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+])(?::([0-9]{1,5}))?/?");

  private static final int LAST_PORT = 65_535;

  public AllowedHosts {
    hosts = List.copyOf(hosts);
  }

  /// One of them.
  ///
  /// @param name in small letters; with `*.` in front, all names below it
  record Host(String scheme, String name, int port) {

    boolean matches(String otherScheme, String otherName, int otherPort) {
      boolean named =
          name.startsWith("*.") ? otherName.endsWith(name.substring(1)) : otherName.equals(name);
      return named && port == otherPort && scheme.equals(otherScheme);
    }
  }

  /// Hosts as people write them.
  ///
  /// @throws IllegalArgumentException with a sentence for people
  public static AllowedHosts parse(Collection<String> texts) {
    List<Host> hosts = new ArrayList<>();
    for (String text : texts) {
      Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
      if (!form.matches() || (form.group(3) != null && !isPort(Integer.parseInt(form.group(3))))) {
        throw new IllegalArgumentException(
            "'%s' is not a host such as packages.example.com, *.example.com:8443 or http://10.0.0.5:8080"
                .formatted(text));
      }
      String scheme = form.group(1) == null ? "https" : form.group(1);
      int port = form.group(3) == null ? usualPort(scheme) : Integer.parseInt(form.group(3));
      hosts.add(new Host(scheme, form.group(2), port));
    }
    return new AllowedHosts(hosts);
  }

  static boolean isPort(int port) {
    return port >= 1 && port <= LAST_PORT;
  }

  boolean allow(URI uri) {
    return hosts.stream().anyMatch(host -> host.matches(scheme(uri), name(uri), port(uri)));
  }

  /// Whether the URI's host is named as it stands, and not as one of many.
  boolean nameLiterally(URI uri) {
    return hosts.contains(new Host(scheme(uri), name(uri), port(uri)));
  }

  /// `https://packages.example.com:8443`
  public static String place(URI uri) {
    return scheme(uri)
        + "://"
        + name(uri)
        + (port(uri) == usualPort(scheme(uri)) ? "" : ":" + port(uri));
  }

  private static String scheme(URI uri) {
    return uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static String name(URI uri) {
    return uri.getHost().toLowerCase(Locale.ROOT);
  }

  private static int port(URI uri) {
    return uri.getPort() < 0 ? usualPort(scheme(uri)) : uri.getPort();
  }

  private static int usualPort(String scheme) {
    return scheme.equals("http") ? 80 : 443;
  }
}
