package dev.edj.worker;

import dev.edj.execution.AttemptReport.LogPiece;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// What an attempt prints, up to a limit, and handed on in pieces. Thread-safe.
final class AttemptLog {

  private final int limit;
  private final UnaryOperator<String> redaction;
  private final StringBuilder unsaved = new StringBuilder();
  private final List<LogPiece> returned = new ArrayList<>();
  private int kept;
  private long dropped;
  private int nextPiece;
  private boolean finished;

  /// @param limit in characters; what comes after it is counted and dropped
  /// @param redaction takes out what nobody may read
  AttemptLog(int limit, UnaryOperator<String> redaction) {
    this.limit = limit;
    this.redaction = redaction;
  }

  void line(String text) {
    add(redaction.apply(text));
  }

  private synchronized void add(String text) {
    int room = limit - kept;
    if (room <= 0) {
      dropped += text.length();
      return;
    }
    String part = text.length() <= room ? text : text.substring(0, room);
    unsaved.append(part).append('\n');
    kept += part.length() + 1;
    dropped += text.length() - part.length();
  }

  /// The pieces that nobody has taken yet.
  synchronized List<LogPiece> take() {
    List<LogPiece> pieces = new ArrayList<>(returned);
    returned.clear();
    if (!unsaved.isEmpty()) {
      pieces.add(new LogPiece(nextPiece++, unsaved.toString()));
      unsaved.setLength(0);
    }
    return pieces;
  }

  /// Gives back what was taken and could not be saved.
  synchronized void giveBack(List<LogPiece> pieces) {
    returned.addAll(0, pieces);
  }

  /// Takes the rest, with a mark at the end when the limit was reached.
  synchronized List<LogPiece> finish() {
    if (dropped > 0 && !finished) {
      unsaved
          .append(
              "[the log's limit of %,d characters was reached: %,d more were dropped]"
                  .formatted(limit, dropped))
          .append('\n');
    }
    finished = true;
    return take();
  }
}
