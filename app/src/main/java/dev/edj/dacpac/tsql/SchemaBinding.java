package dev.edj.dacpac.tsql;

import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.tsql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes `WITH SCHEMABINDING` out of the text of a view or a function, so that what it is bound to
/// can be changed.
public final class SchemaBinding {

  private SchemaBinding() {}

  /// Returns the module as it is without the option; empty where its text does not show it.
  public static Optional<SqlModule> without(SqlModule module) {
    List<Token> tokens = new ArrayList<>(TsqlTokens.of(module.text()));
    for (int at = 0; at < tokens.size(); at++) {
      if (tokens.get(at).isWord("SCHEMABINDING") && take(tokens, at)) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.text()));
        return Optional.of(module.withText(text.toString(), false));
      }
    }
    return Optional.empty();
  }

  /// Takes the option with its comma, or with `WITH` if it is the only one.
  private static boolean take(List<Token> tokens, int at) {
    int before = meaningful(tokens, at, -1);
    int after = meaningful(tokens, at, 1);
    if (before < 0 || !(tokens.get(before).isSymbol(",") || tokens.get(before).isWord("WITH"))) {
      return false;
    }
    boolean first = tokens.get(before).isWord("WITH");
    int other = first && after >= 0 && tokens.get(after).isSymbol(",") ? after : before;
    tokens.remove(Math.max(at, other));
    tokens.remove(Math.min(at, other));
    return true;
  }

  private static int meaningful(List<Token> tokens, int from, int direction) {
    int at = from + direction;
    while (at >= 0 && at < tokens.size()) {
      Kind kind = tokens.get(at).kind();
      if (kind != Kind.BLANK && kind != Kind.COMMENT) {
        return at;
      }
      at += direction;
    }
    return -1;
  }
}
