package dev.edj.script;

/// A place in a script that moves on as the script is read.
final class Cursor {

  /// What [#peek] gives beyond the end; to every dialect it is at most a control character.
  private static final char NOTHING = '\0';

  private final Source source;
  private final String text;
  private int offset;

  Cursor(Source source) {
    this.source = source;
    this.text = source.text();
  }

  Source source() {
    return source;
  }

  int offset() {
    return offset;
  }

  boolean atEnd() {
    return offset >= text.length();
  }

  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    int at = offset + ahead;
    return at < text.length() ? text.charAt(at) : NOTHING;
  }

  boolean at(String expected) {
    return text.startsWith(expected, offset);
  }

  boolean atIgnoringCase(String expected) {
    return text.regionMatches(true, offset, expected, 0, expected.length());
  }

  boolean atBlank() {
    return peek() == ' ' || peek() == '\t';
  }

  /// At a line break or at the end of the script.
  boolean atLineEnd() {
    return atEnd() || peek() == '\n' || peek() == '\r';
  }

  void skip(int characters) {
    offset = Math.min(offset + characters, text.length());
  }

  void moveTo(int place) {
    offset = place;
  }

  void skipBlanks() {
    while (atBlank()) {
      offset++;
    }
  }

  void skipToLineEnd() {
    while (!atLineEnd()) {
      offset++;
    }
  }

  /// Over one line break, if there is one here.
  boolean skipLineBreak() {
    if (atEnd() || !atLineEnd()) {
      return false;
    }
    skip(at("\r\n") ? 2 : 1);
    return true;
  }

  /// To just behind the next occurrence; `false`, and nowhere, when there is none.
  boolean skipPast(String closing) {
    int found = text.indexOf(closing, offset);
    if (found < 0) {
      return false;
    }
    offset = found + closing.length();
    return true;
  }

  String textFrom(int start) {
    return text.substring(start, offset);
  }

  ScriptException error(ScriptException.Code code, String explanation) {
    return error(code, offset, explanation);
  }

  ScriptException error(ScriptException.Code code, int at, String explanation) {
    return source.error(code, at, explanation);
  }
}
