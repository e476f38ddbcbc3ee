package dev.edj.portal.site;

import org.jspecify.annotations.Nullable;

/// Where to go when something is done: a page of ours and nothing else, whatever was asked for.
public final class LocalPath {

  public static final String HOME = "/";

  private LocalPath() {}

  public static String checked(@Nullable String wanted) {
    return wanted != null && isLocal(wanted) && !wanted.startsWith("/sign-") ? wanted : HOME;
  }

  /// Browsers take `//host`, `/\host` and, because they leave out tabs and line ends, `/<tab>/host`
  /// for other hosts.
  private static boolean isLocal(String path) {
    return path.startsWith("/")
        && !path.startsWith("//")
        && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
  }
}
