package dev.edj.script;

/// The text that is read, with its lines; a byte order mark that came along is no part of it.
record Source(String text, Lines lines) {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  static Source of(String script) {
    String text = script.startsWith(BYTE_ORDER_MARK) ? script.substring(1) : script;
    return new Source(text, new Lines(text));
  }

  ScriptException error(ScriptException.Code code, int offset, String explanation) {
    return new ScriptException(code, lines.position(offset), explanation);
  }
}
