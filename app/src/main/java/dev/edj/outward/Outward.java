package dev.edj.outward;

import dev.edj.outward.GuardedSockets.AddressRule;
import dev.edj.problem.EdjException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/// Opens connections to hosts that are allowed, and to no other, wherever a name may lead.
public final class Outward {

  private static final int LONGEST = 4_000;

  /// Where clouds tell their machines what they may do, as far as that is not link-local anyway.
  private static final Set<String> METADATA =
      Set.of("168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2:0:0:0:0:0:254");

  private final Errand errand;
  private final AllowedHosts hosts;
  private final SSLSocketFactory tls;
  private final Duration connecting;
  private final Duration silence;

  /// @param connecting how long that may take to one host
  /// @param silence how long nothing may come
  public Outward(
      Errand errand,
      AllowedHosts hosts,
      SSLSocketFactory tls,
      Duration connecting,
      Duration silence) {
    this.errand = errand;
    this.hosts = hosts;
    this.tls = tls;
    this.connecting = connecting;
    this.silence = silence;
  }

  /// Refuses what nobody could be asked for, whatever hosts are allowed. What is wrong is said
  /// without repeating it.
  ///
  /// @throws EdjException of the field
  public static URI checked(String field, String text) {
    URI uri = parse(field, text);
    String scheme = uri.getScheme();
    if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
      throw EdjException.invalid(field, "must begin with https://");
    }
    if (uri.getHost() == null) {
      throw EdjException.invalid(field, "has no host, or one that cannot be read");
    }
    if (uri.getPort() >= 0 && !AllowedHosts.isPort(uri.getPort())) {
      throw EdjException.invalid(field, "must have a port from 1 to 65535, or none");
    }
    if (uri.getRawUserInfo() != null) {
      throw EdjException.invalid(field, "must not hold a user name or a password");
    }
    if (uri.getRawFragment() != null) {
      throw EdjException.invalid(field, "must not have a part behind '#'");
    }
    return uri;
  }

  private static URI parse(String field, String text) {
    if (text.length() > LONGEST) {
      throw EdjException.invalid(field, "must have at most %,d characters".formatted(LONGEST));
    }
    try {
      return new URI(text.strip());
    } catch (URISyntaxException e) {
      throw EdjException.invalid(field, "is not a URI: " + e.getReason());
    }
  }

  /// Refuses a URI of a host that is not allowed. Nobody is asked.
  public void require(URI uri) {
    if (!hosts.allow(uri)) {
      throw EdjException.invalid(
          errand.field(),
          "%s %s; whoever sets up the service allows hosts with %s (or %s)"
              .formatted(
                  errand.doing(), AllowedHosts.place(uri), errand.option(), errand.variable()));
    }
  }

  /// A connection that follows no redirect and will lead to an address that may be asked; not
  /// dialled yet.
  ///
  /// @throws OutwardRefusal also by whatever is done with the connection
  public HttpURLConnection open(URI uri) throws IOException {
    require(uri);
    AddressRule rule = address -> requireAddress(uri, address);
    InetAddress[] addresses = InetAddress.getAllByName(uri.getHost());
    for (InetAddress address : addresses) {
      rule.require(address);
    }
    HttpURLConnection connection = connection(uri, addresses[0], rule);
    connection.setConnectTimeout((int) connecting.toMillis());
    connection.setReadTimeout((int) silence.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept-Encoding", "identity");
    connection.setRequestProperty("User-Agent", "edj");
    return connection;
  }

  /// With encryption, what the connection leads to is looked at when it stands; without, there is
  /// no place where it could be, so that the address is dialled which was looked at.
  private HttpURLConnection connection(URI uri, InetAddress address, AddressRule rule)
      throws IOException {
    if (uri.getScheme().equalsIgnoreCase("http")) {
      return new PlainConnection(uri, address);
    }
    HttpsURLConnection https = (HttpsURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    https.setSSLSocketFactory(new GuardedSockets(tls, rule));
    return https;
  }

  /// The status of the answer. To Java's own connection anything is an answer.
  public static int status(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status < 0) {
      throw new IOException("its answer is not HTTP/1.1");
    }
    return status;
  }

  /// Why there is no answer, in words that follow those of whoever asked.
  public static String reason(IOException failure) {
    return switch (failure) {
      case UnknownHostException _ -> "its host is not known";
      case SocketTimeoutException _ -> "no answer in time";
      default -> String.valueOf(failure.getMessage());
    };
  }

  /// Whoever rules over a name can have it mean this machine, or what only this machine can reach.
  void requireAddress(URI uri, InetAddress address) throws OutwardRefusal {
    if (isInner(address) && !isNamedAsIs(uri)) {
      throw new OutwardRefusal(
          "%s leads to %s, an address that is reachable from this machine only; %s only where %s names the address itself"
              .formatted(
                  AllowedHosts.place(uri),
                  address.getHostAddress(),
                  errand.done(),
                  errand.option()));
    }
  }

  /// By itself, or by the IPv4 address that it is translated to on its way.
  private static boolean isInner(InetAddress address) {
    return isInnerItself(address)
        || TranslatedAddresses.of(address).stream().anyMatch(Outward::isInnerItself);
  }

  private static boolean isInnerItself(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address.getHostAddress());
  }

  /// A number, or the one name that means the same everywhere.
  private boolean isNamedAsIs(URI uri) {
    String host = uri.getHost();
    boolean number = host.startsWith("[") || host.matches("[0-9.]+");
    return (number || host.equalsIgnoreCase("localhost")) && hosts.nameLiterally(uri);
  }
}
