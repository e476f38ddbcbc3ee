package dev.edj.content;

import org.jspecify.annotations.Nullable;

/// What is known of a package that is the version of a content.
///
/// @param name as it names itself; null where it is fetched at each run
/// @param version as it says itself; likewise
/// @param uri where it is fetched from at each run, without its query; null where the file is kept
public record DacpacVersion(@Nullable String name, @Nullable String version, @Nullable String uri) {

  DacpacVersion shown() {
    return uri == null ? this : new DacpacVersion(name, version, PackageUri.shown(uri));
  }
}
