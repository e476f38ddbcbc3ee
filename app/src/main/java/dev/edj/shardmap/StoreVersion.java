package dev.edj.shardmap;

/// The version of a shard map manager's tables.
public record StoreVersion(int major, int minor) {

  /// From 1.0 to 1.2, the last one, no column that is read here has changed.
  boolean isKnown() {
    return major == 1;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
