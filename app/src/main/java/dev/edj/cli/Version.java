package dev.edj.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/// The version of the build, as its jar knows it.
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = number();
    return new String[] {"edj " + (version == null ? "(not from a jar)" : version)};
  }

  /// Null where this does not run from a jar.
  static @Nullable String number() {
    return Version.class.getPackage().getImplementationVersion();
  }
}
