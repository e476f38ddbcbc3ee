package dev.edj.portal.execution;

import dev.edj.engine.ServerName;
import dev.edj.execution.ErrorPlace;
import dev.edj.script.Batch;
import dev.edj.script.ScriptDialect;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptSplitter;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A script with its lines numbered, and where it failed.
///
/// @param lines those that are shown
/// @param total how many it has
/// @param failed where it failed; null when it did not, or not in the script
record ScriptListing(List<Line> lines, int total, @Nullable ErrorPlace failed) {

  /// More text than this is not asked for.
  static final int MOST_CHARACTERS = 2_000_000;

  private static final int MOST_LINES = 2_000;
  private static final int LONGEST_LINE = 2_000;

  /// @param ofFailedBatch whether it is part of the batch that failed
  /// @param failed whether the error is on it
  record Line(int number, String text, boolean ofFailedBatch, boolean failed) {}

  /// Of a long script the lines around the error.
  ///
  /// @param server whose rules for scripts are followed
  static ScriptListing of(String script, String server, @Nullable ErrorPlace failed) {
    List<String> all = script.lines().toList();
    int middle = failed == null ? 1 : failed.line();
    int first = Math.max(1, Math.min(middle - MOST_LINES / 2, all.size() - MOST_LINES + 1));
    int last = Math.min(all.size(), first + MOST_LINES - 1);
    Extent batch = failed == null ? Extent.NONE : extent(script, server, failed.batch());
    return new ScriptListing(
        IntStream.rangeClosed(first, last)
            .mapToObj(number ->
                new Line(
                    number,
                    cut(all.get(number - 1)),
                    batch.contains(number),
                    failed != null && failed.line() == number))
            .toList(),
        all.size(),
        failed);
  }

  public boolean isCut() {
    return lines.size() < total;
  }

  private static String cut(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + " …";
  }

  /// A script that cannot be split has no batches, and failed before it came to a database.
  private static Extent extent(String script, String server, int number) {
    try {
      ScriptDialect dialect = ScriptDialect.valueOf(ServerName.parse(server).engine().dialect());
      return ScriptSplitter.split(script, dialect).batches().stream()
          .filter(batch -> batch.number() == number)
          .findFirst()
          .map(ScriptListing::extent)
          .orElse(Extent.NONE);
    } catch (ScriptException e) {
      return Extent.NONE;
    }
  }

  private static Extent extent(Batch batch) {
    int lines = (int) batch.text().stripTrailing().lines().count();
    return new Extent(batch.line(), batch.lines().scriptLine(Math.max(1, lines)));
  }

  /// Lines from the first to the last.
  private record Extent(int first, int last) {

    static final Extent NONE = new Extent(0, -1);

    boolean contains(int line) {
      return line >= first && line <= last;
    }
  }
}
