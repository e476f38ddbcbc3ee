package dev.edj.portal.target;

import dev.edj.target.TargetKind;

/// How kinds of targets are called on pages.
final class TargetNames {

  private TargetNames() {}

  static String of(TargetKind kind) {
    return switch (kind) {
      case Database -> "Database";
      case Server -> "Server";
      case ElasticPool -> "Elastic pool";
      case ShardMap -> "Shard map";
      case CustomCollection -> "Collection";
    };
  }

  static String plural(TargetKind kind) {
    return of(kind) + "s";
  }
}
