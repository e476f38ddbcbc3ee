package dev.edj.dacpac.tsql;

import dev.edj.dacpac.tsql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Compares the texts of views, procedures, functions and triggers.
///
/// In doubt they differ: a module that is altered to what it is has lost nothing.
public final class ModuleTexts {

  private ModuleTexts() {}

  /// Whether both make the same module. Whether one says `CREATE` and the other `ALTER` or `CREATE
  /// OR ALTER` does not count, neither do line breaks of different kinds.
  public static boolean same(String one, String other, TextRule rule) {
    return one.equals(other) || compared(one, rule).equals(compared(other, rule));
  }

  /// What counts of a text, piece by piece.
  private static List<String> compared(String text, TextRule rule) {
    List<Token> tokens = new ArrayList<>(TsqlTokens.of(text));
    if (rule.ignoreComments()) {
      tokens.removeIf(token -> token.kind() == Kind.COMMENT);
    }
    List<Token> kept = TokensOfModule.withoutBlanksAtEnds(tokens);
    if (rule.ignoreWhitespace()) {
      kept.removeIf(token -> token.kind() == Kind.BLANK);
    }
    kept = TokensOfModule.sayingCreate(kept);
    if (rule.ignoreSemicolons()) {
      kept = TokensOfModule.withoutIdleSemicolons(kept);
    }
    return kept.stream().map(token -> piece(token, rule)).toList();
  }

  private static String piece(Token token, TextRule rule) {
    return switch (token.kind()) {
      case BLANK -> withLineFeeds(token.text());
      case COMMENT ->
          rule.ignoreWhitespace()
              ? withLineFeeds(token.text()).stripTrailing()
              : withLineFeeds(token.text());
      case WORD ->
          rule.ignoreKeywordCasing() && token.isReserved() ? token.lowerCase() : token.text();
      case QUOTED_NAME, STRING, NUMBER, VARIABLE, SYMBOL, UNENDED -> token.text();
    };
  }

  private static String withLineFeeds(String text) {
    return text.replace("\r\n", "\n");
  }
}
