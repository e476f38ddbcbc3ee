package dev.edj.cli;

import picocli.CommandLine.IVersionProvider;

/// The version of the build, as its jar knows it.
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"edj " + (version == null ? "(not from a jar)" : version)};
  }
}
