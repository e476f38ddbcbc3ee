package dev.edj.script;

/// The text of a batch with its variables replaced, ready to be sent.
public record PreparedBatch(String text, LineMap lines) {

  /// The line of the script, as the person wrote it, for a line of the text as the engine reports
  /// it; both 1-based.
  public int scriptLine(int lineInBatch) {
    return lines.scriptLine(lineInBatch);
  }
}
