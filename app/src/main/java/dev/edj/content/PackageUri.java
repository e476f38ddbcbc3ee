package dev.edj.content;

import dev.edj.outward.AllowedHosts;
import dev.edj.outward.Outward;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a package is fetched from. Its query may be what opens the door there (a signature), so it
/// is sent to that host, and shown to nobody.
public final class PackageUri {

  static final String FIELD = "dacpacUri";

  private PackageUri() {}

  /// Refuses what cannot be fetched, whatever hosts are allowed.
  public static URI checked(String text) {
    return Outward.checked(FIELD, text);
  }

  /// For people, programs and logs.
  static String shown(URI uri) {
    return withQuery(uri, uri.getRawQuery() == null ? null : "…");
  }

  public static String shown(String kept) {
    return shown(URI.create(kept));
  }

  private static String withQuery(URI uri, @Nullable String query) {
    return AllowedHosts.place(uri) + uri.getRawPath() + (query == null ? "" : "?" + query);
  }
}
