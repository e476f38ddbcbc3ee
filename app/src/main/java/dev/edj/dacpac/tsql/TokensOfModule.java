package dev.edj.dacpac.tsql;

import dev.edj.dacpac.tsql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Takes from the tokens of a module what says nothing.
final class TokensOfModule {

  private TokensOfModule() {}

  static List<Token> withoutBlanksAtEnds(List<Token> tokens) {
    int from = 0;
    int to = tokens.size();
    while (from < to && tokens.get(from).kind() == Kind.BLANK) {
      from++;
    }
    while (from < to && tokens.get(to - 1).kind() == Kind.BLANK) {
      to--;
    }
    return new ArrayList<>(tokens.subList(from, to));
  }

  /// With `CREATE` where the first word is `ALTER`, or the first words are `CREATE OR ALTER`.
  static List<Token> sayingCreate(List<Token> tokens) {
    int first = meaningful(tokens, 0);
    if (first == tokens.size()) {
      return tokens;
    }
    int last = first;
    if (tokens.get(first).isWord("CREATE")) {
      int or = meaningful(tokens, first + 1);
      int alter = meaningful(tokens, or + 1);
      if (alter < tokens.size()
          && tokens.get(or).isWord("OR")
          && tokens.get(alter).isWord("ALTER")) {
        last = alter;
      }
    } else if (!tokens.get(first).isWord("ALTER")) {
      return tokens;
    }
    List<Token> changed = new ArrayList<>(tokens.subList(0, first));
    changed.add(new Token(Kind.WORD, "CREATE"));
    changed.addAll(tokens.subList(last + 1, tokens.size()));
    return changed;
  }

  /// Without the semicolons that end what would end there anyway: before a word that begins the
  /// next statement, and at the end.
  static List<Token> withoutIdleSemicolons(List<Token> tokens) {
    List<Token> kept = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (!tokens.get(i).isSymbol(";") || !isIdle(tokens, i)) {
        kept.add(tokens.get(i));
      }
    }
    return withoutBlanksAtEnds(kept);
  }

  private static boolean isIdle(List<Token> tokens, int semicolon) {
    int next = meaningful(tokens, semicolon + 1);
    while (next < tokens.size() && tokens.get(next).isSymbol(";")) {
      next = meaningful(tokens, next + 1);
    }
    return next == tokens.size()
        || tokens.get(next).kind() == Kind.WORD
            && Keywords.beginsStatement(tokens.get(next).text());
  }

  /// The place of the next token that is no blank and no comment, or the end.
  private static int meaningful(List<Token> tokens, int from) {
    int at = Math.min(from, tokens.size());
    while (at < tokens.size() && isIdle(tokens.get(at))) {
      at++;
    }
    return at;
  }

  private static boolean isIdle(Token token) {
    return token.kind() == Kind.BLANK || token.kind() == Kind.COMMENT;
  }
}
