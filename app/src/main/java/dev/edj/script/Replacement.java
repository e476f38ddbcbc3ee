package dev.edj.script;

import java.util.List;

/// A value that was put in the place of a reference; it begins at `start` of the prepared text.
record Replacement(VariableReference reference, int start, String value) {

  /// Where the lines of the prepared text come from. All lines of a value, and what follows the
  /// value on its last line, come from the line of the reference.
  static LineMap lines(List<Replacement> replacements, Batch batch, String prepared) {
    if (replacements.stream().noneMatch(Replacement::breaksLine)) {
      return batch.lines();
    }
    var preparedLines = new Lines(prepared);
    var batchLines = new Lines(batch.text());
    var map = new LineMap.Builder();
    int next = 0;
    int shift = 0;
    for (int line = 1; line <= preparedLines.count(); line++) {
      int start = preparedLines.start(line);
      while (next < replacements.size() && replacements.get(next).end() <= start) {
        shift = replacements.get(next).shiftBehind();
        next++;
      }
      boolean withinValue = next < replacements.size() && replacements.get(next).start() < start;
      int origin = withinValue ? replacements.get(next).reference().start() : start - shift;
      map.add(line, batch.lines().scriptLine(batchLines.line(origin)));
    }
    return map.build();
  }

  private boolean breaksLine() {
    return value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0;
  }

  private int end() {
    return start + value.length();
  }

  /// By how much text behind the value stands further back than in the batch.
  private int shiftBehind() {
    return end() - reference.end();
  }
}
