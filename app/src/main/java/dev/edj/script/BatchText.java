package dev.edj.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The batch that is being collected, piece by piece.
final class BatchText {

  private final Source source;
  private final Syntax syntax;
  private final StringBuilder text = new StringBuilder();
  private final List<VariableReference> references = new ArrayList<>();
  private final LineMap.Builder lines = new LineMap.Builder();
  private boolean hasCode;
  private boolean hasComment;
  private int linesSoFar;
  private int stretchStart = -1;
  private int stretchEnd = -1;

  BatchText(Source source, Syntax syntax) {
    this.source = source;
    this.syntax = syntax;
  }

  void add(Piece.Text piece) throws ScriptException {
    int start = piece.start();
    if (syntax.trimsBatches() && text.isEmpty()) {
      start = skipWhitespace(start, piece.end());
    }
    int shift = text.length() - start;
    List<VariableReference> found =
        syntax.strictReferences()
            ? VariableReference.listStrict(source, start, piece.end())
            : VariableReference.listLenient(source, start, piece.end());
    for (VariableReference reference : found) {
      references.add(reference.movedBy(shift));
    }
    hasCode |= skipWhitespace(start, piece.end()) < piece.end();
    append(start, piece.end());
  }

  void add(Piece.Comment piece) {
    hasComment = true;
    append(piece.start(), piece.end());
  }

  boolean isSent() {
    return hasCode || (hasComment && syntax.sendsCommentsAlone());
  }

  Batch toBatch(int number, int count, Map<String, String> definitions) {
    String whole = text.toString();
    LineMap map = lines.build();
    return new Batch(
        number,
        count,
        map.scriptLine(1),
        syntax.trimsBatches() ? whole.stripTrailing() : whole,
        definitions,
        references,
        map);
  }

  List<VariableReference> references() {
    return references;
  }

  private void append(int start, int end) {
    if (start == end) {
      return;
    }
    if (start != stretchEnd) {
      startStretch(start);
    }
    text.append(source.text(), start, end);
    stretchEnd = end;
  }

  /// What was left out between two stretches were whole lines, so each starts a line of the text.
  private void startStretch(int start) {
    if (stretchStart >= 0) {
      linesSoFar += source.lines().line(stretchEnd) - source.lines().line(stretchStart);
    }
    lines.add(linesSoFar + 1, source.lines().line(start));
    stretchStart = start;
  }

  private int skipWhitespace(int start, int end) {
    int at = start;
    while (at < end && Character.isWhitespace(source.text().charAt(at))) {
      at++;
    }
    return at;
  }
}
