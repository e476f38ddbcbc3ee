package dev.edj.worker;

/// On which lines of a plan's script its batches begin, so that an error's line can be found there.
final class PlanLines {

  private final String script;
  private int position;
  private int line = 1;

  PlanLines(String script) {
    this.script = script;
  }

  /// Of the next batch; the line of the one before where the script does not have it as it is sent.
  int next(String batch) {
    int found = script.indexOf(batch, position);
    if (found >= 0) {
      line += (int) script.substring(position, found).chars().filter(c -> c == '\n').count();
      int begin = line;
      line += (int) batch.chars().filter(c -> c == '\n').count();
      position = found + batch.length();
      return begin;
    }
    return line;
  }
}
