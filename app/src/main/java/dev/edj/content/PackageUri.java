package dev.edj.content;

import dev.edj.problem.EdjException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// Where a package is fetched from. Its query may be what opens the door there (a signature), so it
/// is sent to that host, and shown to nobody.
public final class PackageUri {

  static final String FIELD = "dacpacUri";

  private static final int LONGEST = 4_000;

  private PackageUri() {}

  /// Refuses what cannot be fetched, whatever hosts are allowed.
  public static URI checked(String text) {
    URI uri = parse(text);
    String scheme = uri.getScheme();
    if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
      throw EdjException.invalid(FIELD, "must begin with https://");
    }
    if (uri.getHost() == null) {
      throw EdjException.invalid(FIELD, "has no host, or one that cannot be read");
    }
    if (uri.getRawUserInfo() != null) {
      throw EdjException.invalid(FIELD, "must not hold a user name or a password");
    }
    if (uri.getRawFragment() != null) {
      throw EdjException.invalid(FIELD, "must not have a part behind '#'");
    }
    return uri;
  }

  /// What is wrong is said without repeating it.
  private static URI parse(String text) {
    if (text.length() > LONGEST) {
      throw EdjException.invalid(FIELD, "must have at most %,d characters".formatted(LONGEST));
    }
    try {
      return new URI(text.strip());
    } catch (URISyntaxException e) {
      throw EdjException.invalid(FIELD, "is not a URI: " + e.getReason());
    }
  }

  /// For people, programs and logs.
  static String shown(URI uri) {
    return withQuery(uri, uri.getRawQuery() == null ? null : "…");
  }

  public static String shown(String kept) {
    return shown(URI.create(kept));
  }

  private static String withQuery(URI uri, @Nullable String query) {
    return PackageHosts.place(uri) + uri.getRawPath() + (query == null ? "" : "?" + query);
  }
}
