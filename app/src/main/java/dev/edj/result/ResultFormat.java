package dev.edj.result;

/// How results are written.
public enum ResultFormat {
  /// EDJ's own: about each child a line, then its rows as JSON arrays, a line each.
  rows("application/x-ndjson", "ndjson"),
  /// Each row as a flat JSON object, a line each.
  jsonl("application/x-ndjson", "jsonl"),
  /// RFC 4180, in UTF-8, with one header.
  csv("text/csv;charset=UTF-8;header=present", "csv"),
  /// Apache Parquet, with typed columns.
  parquet("application/vnd.apache.parquet", "parquet");

  private final String mediaType;
  private final String fileEnding;

  ResultFormat(String mediaType, String fileEnding) {
    this.mediaType = mediaType;
    this.fileEnding = fileEnding;
  }

  public String mediaType() {
    return mediaType;
  }

  public String fileEnding() {
    return fileEnding;
  }

  /// Whether it is one table for all children, whose columns have to be known before its first row.
  public boolean oneTable() {
    return switch (this) {
      case rows, jsonl -> false;
      case csv, parquet -> true;
    };
  }
}
