package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import java.util.Locale;

/// A piece of T-SQL, as it is written.
record Token(Kind kind, String text) {

  enum Kind {
    BLANK,
    COMMENT,
    /// A keyword, or a name without quotes.
    WORD,
    /// A name in brackets or in double quotes.
    QUOTED_NAME,
    STRING,
    NUMBER,
    /// `@name`, `@@name`.
    VARIABLE,
    SYMBOL,
    /// A string, a quoted name or a comment that has no end.
    UNENDED
  }

  boolean isWord(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isLineComment() {
    return kind == Kind.COMMENT && text.startsWith("--");
  }

  boolean isReserved() {
    return kind == Kind.WORD && Keywords.isReserved(text);
  }

  /// Whether it can be the name of something: in quotes, or no reserved word.
  boolean isName() {
    return kind == Kind.QUOTED_NAME || kind == Kind.WORD && !isReserved();
  }

  /// A name without its quotes.
  String name() {
    if (kind != Kind.QUOTED_NAME) {
      return text;
    }
    String inner = text.substring(1, text.length() - 1);
    return text.charAt(0) == '[' ? inner.replace("]]", "]") : inner.replace("\"\"", "\"");
  }

  String lowerCase() {
    return text.toLowerCase(Locale.ROOT);
  }

  String quotedName() {
    return ObjectName.quoted(name());
  }
}
