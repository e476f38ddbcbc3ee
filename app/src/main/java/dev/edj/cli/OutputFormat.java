package dev.edj.cli;

/// How results are written to standard output.
enum OutputFormat {
  /// For people.
  TABLE,
  /// The API's own JSON, for programs.
  JSON
}
