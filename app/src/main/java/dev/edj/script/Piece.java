package dev.edj.script;

/// A stretch of a script, from one offset to before another. Laid end to end, the pieces of a
/// script are the script.
sealed interface Piece {

  int start();

  int end();

  /// What the engine is to run, strings included; ends at the latest with the line, unless a string
  /// goes on.
  record Text(int start, int end) implements Piece {}

  /// Sent along with the text around it, but variables are not replaced in it.
  record Comment(int start, int end) implements Piece {}

  /// A `GO` line: the batch ends, and runs so many times.
  record Go(int start, int end, int count) implements Piece {}

  /// What ends a batch in another way.
  record Delimiter(int start, int end) implements Piece {}

  /// A command that has been carried out while it was read; no part of a batch.
  record Command(int start, int end) implements Piece {}

  /// The `:r` command: the text of a file belongs here.
  record Include(int start, int end, String name) implements Piece {}
}
