package dev.edj.dacpac.tsql;

import dev.edj.dacpac.tsql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts T-SQL into tokens. Every text can be cut, and the tokens' texts in a row are the text
/// again.
///
/// What stands between double quotes is taken for a name, which it is unless `QUOTED_IDENTIFIER` is
/// off.
final class TsqlTokens {

  /// Longest first.
  private static final List<String> SYMBOLS =
      List.of(
          "<=", ">=", "<>", "!=", "!<", "!>", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "::",
          "||");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private TsqlTokens(String text) {
    this.text = text;
  }

  static List<Token> of(String text) {
    TsqlTokens cut = new TsqlTokens(text);
    while (cut.at < text.length()) {
      int start = cut.at;
      Kind kind = cut.skip();
      cut.tokens.add(new Token(kind, text.substring(start, cut.at)));
    }
    return cut.tokens;
  }

  /// Without blanks and comments.
  static List<Token> meaningful(String text) {
    return of(text).stream()
        .filter(token -> token.kind() != Kind.BLANK && token.kind() != Kind.COMMENT)
        .toList();
  }

  /// Whether the first token is a parenthesis that the last one closes.
  static boolean areEnclosed(List<Token> tokens) {
    if (tokens.size() < 2 || !tokens.getFirst().isSymbol("(")) {
      return false;
    }
    int open = 0;
    for (int i = 0; i < tokens.size() - 1; i++) {
      if (tokens.get(i).isSymbol("(")) {
        open++;
      } else if (tokens.get(i).isSymbol(")") && --open == 0) {
        return false;
      }
    }
    return open == 1 && tokens.getLast().isSymbol(")");
  }

  private Kind skip() {
    char first = text.charAt(at);
    if (isBlank(first)) {
      skipWhile(TsqlTokens::isBlank);
      return Kind.BLANK;
    }
    if (text.startsWith("--", at)) {
      skipWhile(character -> character != '\n' && character != '\r');
      return Kind.COMMENT;
    }
    if (text.startsWith("/*", at)) {
      return skipComment();
    }
    if (first == '\'') {
      return skipQuoted(at, '\'', Kind.STRING);
    }
    if ((first == 'N' || first == 'n') && text.startsWith("'", at + 1)) {
      return skipQuoted(at + 1, '\'', Kind.STRING);
    }
    if (first == '[') {
      return skipQuoted(at, ']', Kind.QUOTED_NAME);
    }
    if (first == '"') {
      return skipQuoted(at, '"', Kind.QUOTED_NAME);
    }
    if (isDigit(first) || first == '.' && isDigit(peek(1))) {
      skipNumber();
      return Kind.NUMBER;
    }
    if (first == '@') {
      skipWhile(TsqlTokens::isPartOfWord);
      return Kind.VARIABLE;
    }
    if (isPartOfWord(first)) {
      skipWhile(TsqlTokens::isPartOfWord);
      return Kind.WORD;
    }
    at +=
        SYMBOLS.stream()
            .filter(symbol -> text.startsWith(symbol, at))
            .findFirst()
            .map(String::length)
            .orElse(1);
    return Kind.SYMBOL;
  }

  /// Comments nest.
  private Kind skipComment() {
    int depth = 0;
    while (at < text.length()) {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return Kind.COMMENT;
        }
      } else {
        at++;
      }
    }
    return Kind.UNENDED;
  }

  /// @param quote where the quote that opens stands
  /// @param closing the one that closes, which is doubled where it is meant itself
  private Kind skipQuoted(int quote, char closing, Kind kind) {
    at = quote + 1;
    while (at < text.length()) {
      if (text.charAt(at) != closing) {
        at++;
      } else if (peek(1) == closing) {
        at += 2;
      } else {
        at++;
        return kind;
      }
    }
    return Kind.UNENDED;
  }

  private void skipNumber() {
    if (text.charAt(at) == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
      at += 2;
      skipWhile(character -> Character.digit(character, 16) >= 0);
      return;
    }
    skipWhile(TsqlTokens::isDigit);
    if (peek(0) == '.') {
      at++;
      skipWhile(TsqlTokens::isDigit);
    }
    if (peek(0) == 'e' || peek(0) == 'E') {
      at += peek(1) == '+' || peek(1) == '-' ? 2 : 1;
      skipWhile(TsqlTokens::isDigit);
    }
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  private void skipWhile(CharacterRule rule) {
    while (at < text.length() && rule.holds(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(char character) {
    return character <= ' '
        || Character.isWhitespace(character)
        || character == '\u00a0'
        || character == '\ufeff';
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isPartOfWord(char character) {
    return Character.isLetterOrDigit(character)
        || Character.isSurrogate(character)
        || Character.getType(character) == Character.NON_SPACING_MARK
        || "_@#$".indexOf(character) >= 0;
  }

  private interface CharacterRule {
    boolean holds(char character);
  }
}
