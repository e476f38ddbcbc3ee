package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
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
    boolean bothAreKnown = firstMeaning.isPresent() && secondMeaning.isPresent();
    return bothAreKnown
        ? firstMeaning.equals(secondMeaning)
        : pieces(first, names).equals(pieces(second, names));
  }

  /// The expression with another name for a column of its table. Empty where it does not speak of
  /// the column, and where a word of that name could be something else.
  public static Optional<String> renamed(
      String expression, String column, String newName, NameRule names) {
    List<Token> tokens = TsqlTokens.of(expression);
    StringBuilder renamed = new StringBuilder();
    boolean found = false;
    for (int at = 0; at < tokens.size(); at++) {
      Token token = tokens.get(at);
      if (!token.isName() || !names.same(token.name(), column) || isDatePart(tokens, at)) {
        renamed.append(token.text());
      } else if (isColumn(tokens, at)) {
        renamed.append(ObjectName.quoted(newName));
        found = true;
      } else {
        return Optional.empty();
      }
    }
    return found ? Optional.of(renamed.toString()) : Optional.empty();
  }

  /// A name alone: no part of a longer one, no function, and without brackets also no type.
  private static boolean isColumn(List<Token> tokens, int at) {
    Token token = tokens.get(at);
    Token before = neighbour(tokens, at, -1);
    Token after = neighbour(tokens, at, 1);
    boolean type = token.kind() == Kind.WORD && TypeText.isKeyword(token.lowerCase());
    return !type && !before.isSymbol(".") && !after.isSymbol(".") && !after.isSymbol("(");
  }

  /// The first argument of `DATEADD` and its like.
  private static boolean isDatePart(List<Token> tokens, int at) {
    int before = meaningful(tokens, at, -1);
    return before >= 0
        && tokens.get(before).isSymbol("(")
        && DateParts.begin(neighbour(tokens, before, -1).lowerCase());
  }

  private static Token neighbour(List<Token> tokens, int from, int direction) {
    int at = meaningful(tokens, from, direction);
    return at < 0 ? new Token(Kind.BLANK, "") : tokens.get(at);
  }

  /// Returns where the next token is that means something; -1 where there is none.
  private static int meaningful(List<Token> tokens, int from, int direction) {
    for (int at = from + direction; at >= 0 && at < tokens.size(); at += direction) {
      Kind kind = tokens.get(at).kind();
      if (kind != Kind.BLANK && kind != Kind.COMMENT) {
        return at;
      }
    }
    return -1;
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
