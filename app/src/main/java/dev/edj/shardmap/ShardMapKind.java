package dev.edj.shardmap;

/// What a shard map's keys are. For its list of shards it makes no difference.
public enum ShardMapKind {
  LIST,
  RANGE,
  OTHER;

  static ShardMapKind of(int shardMapType) {
    return switch (shardMapType) {
      case 1 -> LIST;
      case 2 -> RANGE;
      default -> OTHER;
    };
  }
}
