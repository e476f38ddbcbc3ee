package dev.edj.dacpac.model;

/// How a key or an index is stored.
///
/// @param fillFactor in percent; 0 where the server's own default holds
/// @param recomputeStatistics whether the server keeps the statistics of it up to date
public record IndexOptions(int fillFactor, boolean padded, boolean recomputeStatistics) {

  public static final IndexOptions DEFAULT = new IndexOptions(0, false, true);
}
