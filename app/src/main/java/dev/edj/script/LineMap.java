package dev.edj.script;

import java.util.ArrayList;
import java.util.List;

/// The way back from the lines of a derived text to the lines of the script it comes from.
///
/// A run says where one line comes from; the lines behind it follow one by one, up to the next run.
/// Lines that a command took out, or that a value brought in, start a new run.
public record LineMap(List<Run> runs) {

  /// From `line` of the derived text on, lines are those of the script from `scriptLine` on.
  public record Run(int line, int scriptLine) {}

  public LineMap {
    runs = List.copyOf(runs);
    if (runs.isEmpty() || runs.getFirst().line() != 1) {
      throw new IllegalArgumentException("the first line has no origin: " + runs);
    }
  }

  static LineMap startingAt(int scriptLine) {
    return new LineMap(List.of(new Run(1, scriptLine)));
  }

  /// The same for a text that stands so many lines further down in another script.
  public LineMap movedBy(int lines) {
    return new LineMap(
        runs.stream().map(run -> new Run(run.line(), run.scriptLine() + lines)).toList());
  }

  /// Both 1-based. Some engines report line 0 for "somewhere": that is taken for the first line.
  public int scriptLine(int line) {
    int asked = Math.max(line, 1);
    int low = 0;
    int high = runs.size();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (runs.get(middle).line() <= asked) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return runs.get(low).scriptLine() + asked - runs.get(low).line();
  }

  /// Collects lines in their order, and keeps a run only where they do not follow one another.
  static final class Builder {

    private final List<Run> runs = new ArrayList<>();

    void add(int line, int scriptLine) {
      if (runs.isEmpty() || follow(runs.getLast(), line) != scriptLine) {
        runs.add(new Run(line, scriptLine));
      }
    }

    LineMap build() {
      return new LineMap(runs);
    }

    private static int follow(Run run, int line) {
      return run.scriptLine() + line - run.line();
    }
  }
}
