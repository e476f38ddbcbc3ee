package dev.edj.target;

/// What a target names.
public enum TargetKind {
  Database,
  Server,
  ElasticPool,
  ShardMap,
  CustomCollection
}
