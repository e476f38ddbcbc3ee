package dev.edj.dacpac.tsql;

import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.tsql.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Compares expressions: those of defaults, conditions, computed columns and filters, as an author
/// writes them and as the server's catalog gives them back.
///
/// In doubt they differ: a constraint is made anew for nothing, and nothing is lost. Never are two
/// the same that mean different things.
public final class Expressions {

  /// Longer ones are compared token by token.
  private static final int MOST_TOKENS = 10_000;

  private static final int MOST_PARENTHESES = 10;

  private Expressions() {}

  /// In a database that ignores the case of names.
  public static boolean same(String one, String other) {
    return same(one, other, NameRule.CASE_INSENSITIVE);
  }

  public static boolean same(String one, String other, NameRule names) {
    List<Token> first = TsqlTokens.meaningful(one);
    List<Token> second = TsqlTokens.meaningful(other);
    Optional<String> firstMeaning = meaning(first, names);
    Optional<String> secondMeaning = meaning(second, names);
    return firstMeaning.isPresent() && secondMeaning.isPresent()
        ? firstMeaning.equals(secondMeaning)
        : pieces(first, names).equals(pieces(second, names));
  }

  private static Optional<String> meaning(List<Token> tokens, NameRule names) {
    if (tokens.size() > MOST_TOKENS) {
      return Optional.empty();
    }
    try {
      return Optional.of(ExpressionReader.read(tokens, names).text());
    } catch (UnreadableException e) {
      return Optional.empty();
    }
  }

  /// The tokens one by one, without the parentheses around all of them.
  private static List<String> pieces(List<Token> tokens, NameRule names) {
    List<Token> inner = tokens;
    for (int i = 0; i < MOST_PARENTHESES && TsqlTokens.areEnclosed(inner); i++) {
      inner = inner.subList(1, inner.size() - 1);
    }
    return inner.stream().map(token -> piece(token, names)).toList();
  }

  private static String piece(Token token, NameRule names) {
    if (token.isName()) {
      return new Token(Kind.WORD, names.key(token.name())).quotedName();
    }
    return switch (token.kind()) {
      case WORD, NUMBER -> token.text().toLowerCase(Locale.ROOT);
      case STRING -> token.text().replaceFirst("^n", "N");
      case BLANK, COMMENT, QUOTED_NAME, VARIABLE, SYMBOL, UNENDED -> token.text();
    };
  }
}
