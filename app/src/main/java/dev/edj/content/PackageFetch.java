package dev.edj.content;

import dev.edj.outward.AllowedHosts;
import dev.edj.outward.Errand;
import dev.edj.outward.Outward;
import dev.edj.outward.OutwardRefusal;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
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

  private static final Errand ERRAND =
      new Errand(
          PackageUri.FIELD,
          "--dacpac-host",
          "packages may not be fetched from",
          "it is fetched from there");

  private final Outward outward;
  private final Packages packages;
  private final FetchLimits limits;

  public PackageFetch(AllowedHosts hosts, Packages packages) {
    this(hosts, packages, HttpsURLConnection.getDefaultSSLSocketFactory(), FetchLimits.USUAL);
  }

  PackageFetch(AllowedHosts hosts, Packages packages, SSLSocketFactory tls, FetchLimits limits) {
    this.outward = new Outward(ERRAND, hosts, tls, limits.connecting(), limits.silence());
    this.packages = packages;
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
    outward.require(checked);
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
      HttpURLConnection connection = null;
      try {
        connection = outward.open(from);
        connection.setRequestProperty("Accept", "application/octet-stream, */*");
        int status = Outward.status(connection);
        if (!REDIRECTS.contains(status)) {
          requireFound(from, status);
          return packages.receive(PackageUri.FIELD, time.untilEnd(connection.getInputStream()));
        }
        from = redirected(from, connection.getHeaderField("Location"));
      } catch (OutwardRefusal e) {
        throw refused(e.sentence());
      } catch (IOException e) {
        throw new FetchFailure(
            "could not fetch the package from %s: %s"
                .formatted(
                    PackageUri.shown(from), time.isOver() ? "it is too slow" : Outward.reason(e)),
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
}
