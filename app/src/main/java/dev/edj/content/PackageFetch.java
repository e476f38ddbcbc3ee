package dev.edj.content;

import dev.edj.content.GuardedSockets.AddressRule;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Fetches packages over HTTP from hosts that are allowed, and from no other, wherever an answer or
/// a name may lead. What is asked for is never written down with its query.
public final class PackageFetch {

  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /// Answers that say: later, maybe.
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  /// Where clouds tell their machines what they may do, as far as that is not link-local anyway.
  private static final Set<String> METADATA =
      Set.of("168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2:0:0:0:0:0:254");

  private final PackageHosts hosts;
  private final Packages packages;
  private final SSLSocketFactory tls;
  private final FetchLimits limits;

  public PackageFetch(PackageHosts hosts, Packages packages) {
    this(hosts, packages, HttpsURLConnection.getDefaultSSLSocketFactory(), FetchLimits.USUAL);
  }

  PackageFetch(PackageHosts hosts, Packages packages, SSLSocketFactory tls, FetchLimits limits) {
    this.hosts = hosts;
    this.packages = packages;
    this.tls = tls;
    this.limits = limits;
  }

  public Packages packages() {
    return packages;
  }

  /// The URI as it is kept; one that would not be fetched is refused. Nobody is asked.
  ///
  /// @throws EdjException of the field `dacpacUri`
  public String required(String uri) {
    URI checked = PackageUri.checked(uri);
    hosts.require(checked);
    return checked.toString();
  }

  /// Brings the package to this machine.
  ///
  /// @throws EdjException when it cannot be had, or is no package
  /// @throws FetchFailure when it may be had later
  public ReceivedPackage fetch(String uri) throws FetchFailure {
    URI from = PackageUri.checked(uri);
    return FetchTime.within(limits.whole(), time -> followed(from, time));
  }

  private ReceivedPackage followed(URI uri, FetchTime time) throws FetchFailure {
    URI from = uri;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      hosts.require(from);
      HttpURLConnection connection = null;
      try {
        connection = open(from);
        int status = connection.getResponseCode();
        if (!REDIRECTS.contains(status)) {
          requireFound(from, status);
          return packages.receive(PackageUri.FIELD, time.untilEnd(connection.getInputStream()));
        }
        from = redirected(from, connection.getHeaderField("Location"));
      } catch (Refused e) {
        throw refused(e.sentence);
      } catch (IOException e) {
        throw new FetchFailure(
            "could not fetch the package from %s: %s"
                .formatted(PackageUri.shown(from), time.isOver() ? "it is too slow" : reason(e)),
            e);
      } finally {
        if (connection != null) {
          connection.disconnect();
        }
      }
    }
    throw refused(
        "%s redirects more than %d times".formatted(PackageUri.shown(from), MOST_REDIRECTS));
  }

  private HttpURLConnection open(URI uri) throws IOException {
    AddressRule rule = address -> requireAddress(uri, address);
    for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
      rule.require(address);
    }
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    if (connection instanceof HttpsURLConnection https) {
      https.setSSLSocketFactory(new GuardedSockets(tls, rule));
    }
    connection.setConnectTimeout((int) limits.connecting().toMillis());
    connection.setReadTimeout((int) limits.silence().toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept", "application/octet-stream, */*");
    connection.setRequestProperty("Accept-Encoding", "identity");
    connection.setRequestProperty("User-Agent", "edj");
    return connection;
  }

  /// Whoever rules over a name can have it mean this machine, or what only this machine can reach.
  private void requireAddress(URI uri, InetAddress address) throws Refused {
    if (isInner(address) && !isNamedAsIs(uri)) {
      throw new Refused(
          "%s leads to %s, an address that is reachable from this machine only; it is fetched from there only where --dacpac-host names the address itself"
              .formatted(PackageHosts.place(uri), address.getHostAddress()));
    }
  }

  private static boolean isInner(InetAddress address) {
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
    return (number || host.equalsIgnoreCase("localhost")) && hosts.namesLiterally(uri);
  }

  private static void requireFound(URI from, int status) throws FetchFailure {
    if (status == HttpURLConnection.HTTP_OK) {
      return;
    }
    String sentence = "%s answers with status %d".formatted(PackageUri.shown(from), status);
    if (PASSING.contains(status)) {
      throw new FetchFailure("could not fetch the package: " + sentence, null);
    }
    throw refused(sentence);
  }

  private static URI redirected(URI from, @Nullable String location) {
    if (location == null) {
      throw refused("%s redirects to nowhere".formatted(PackageUri.shown(from)));
    }
    URI to;
    try {
      to = from.resolve(location.strip());
    } catch (IllegalArgumentException e) {
      throw new EdjException(
          ErrorCode.INVALID_FIELD,
          PackageUri.FIELD,
          "%s: %s redirects to what is no URI".formatted(PackageUri.FIELD, PackageUri.shown(from)),
          e);
    }
    return PackageUri.checked(to.toString());
  }

  private static EdjException refused(String sentence) {
    return EdjException.invalid(PackageUri.FIELD, sentence);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case UnknownHostException _ -> "its host is not known";
      case SocketTimeoutException _ -> "no answer in time";
      default -> String.valueOf(e.getMessage());
    };
  }

  /// Never to be tried again.
  private static final class Refused extends IOException {

    private final String sentence;

    Refused(String sentence) {
      super(sentence);
      this.sentence = sentence;
    }
  }
}
