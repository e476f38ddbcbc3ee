package dev.edj.script;

import static dev.edj.script.ScriptException.Code.INVALID_BATCH_COUNT;

import java.util.Optional;
import java.util.function.Predicate;

/// A line that separates batches: `GO`, perhaps a count, perhaps a line comment.
final class GoLine {

  private static final String WORD = "GO";

  private GoLine() {}

  /// For T-SQL, where a line that begins like a `GO` line must be one.
  static Optional<Piece> readStrict(Cursor cursor, Definitions definitions) throws ScriptException {
    int start = cursor.offset();
    cursor.skipBlanks();
    if (!SqlcmdWord.at(cursor, WORD)) {
      cursor.moveTo(start);
      return Optional.empty();
    }
    cursor.skip(WORD.length());
    cursor.skipBlanks();
    int count = cursor.atLineEnd() || cursor.at("--") ? 1 : strictCount(cursor, definitions);
    cursor.skipBlanks();
    if (cursor.at("--")) {
      cursor.skipToLineEnd();
    }
    if (!cursor.atLineEnd()) {
      throw invalid(cursor, cursor.offset(), "this cannot follow GO and its count");
    }
    cursor.skipLineBreak();
    return Optional.of(new Piece.Go(start, cursor.offset(), count));
  }

  /// For dialects in which `go` may be a name like any other: a line that is not wholly a `GO` line
  /// is text.
  static Optional<Piece> readLenient(Cursor cursor, Predicate<Cursor> lineComment)
      throws ScriptException {
    int start = cursor.offset();
    cursor.skipBlanks();
    if (cursor.atIgnoringCase(WORD)) {
      cursor.skip(WORD.length());
      boolean countAllowed = cursor.atBlank();
      cursor.skipBlanks();
      int digits = cursor.offset();
      while (countAllowed && Ascii.isDigit(cursor.peek())) {
        cursor.skip(1);
      }
      String count = cursor.textFrom(digits);
      cursor.skipBlanks();
      if (lineComment.test(cursor)) {
        cursor.skipToLineEnd();
      }
      if (cursor.atLineEnd()) {
        cursor.skipLineBreak();
        int times = count.isEmpty() ? 1 : number(cursor, digits, count);
        return Optional.of(new Piece.Go(start, cursor.offset(), times));
      }
    }
    cursor.moveTo(start);
    return Optional.empty();
  }

  private static int strictCount(Cursor cursor, Definitions definitions) throws ScriptException {
    int start = cursor.offset();
    SqlcmdWord.skip(cursor);
    return number(cursor, start, definitions.resolve(cursor, start));
  }

  private static int number(Cursor cursor, int offset, String digits) throws ScriptException {
    if (digits.chars().allMatch(digit -> Ascii.isDigit((char) digit))) {
      try {
        return Integer.parseInt(digits);
      } catch (NumberFormatException tooLarge) {
        throw invalid(cursor, offset, "the count after GO is too large");
      }
    }
    throw invalid(cursor, offset, "what follows GO is not a count");
  }

  private static ScriptException invalid(Cursor cursor, int offset, String problem) {
    return cursor.error(
        INVALID_BATCH_COUNT,
        offset,
        problem
            + ". A line that separates batches is GO, then at most a whole number from 0 to "
            + Integer.MAX_VALUE
            + " and a comment that starts with --.");
  }
}
