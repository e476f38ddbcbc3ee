package dev.edj.dacpac.tsql;

import dev.edj.dacpac.model.NameRule;
import java.util.List;

/// Compares expressions: those of defaults, conditions, computed columns and filters, as an author
/// writes them and as the server's catalog gives them back.
///
/// In doubt they differ: a constraint is made anew for nothing, and nothing is lost. Never are two
/// the same that mean different things.
public final class Expressions {

  private Expressions() {}

  public static boolean same(String one, String other, NameRule names) {
    List<Token> first = TsqlTokens.meaningful(one);
    List<Token> second = TsqlTokens.meaningful(other);
    return first.equals(second);
  }

  /// In a database that ignores the case of names.
  public static boolean same(String one, String other) {
    return same(one, other, NameRule.CASE_INSENSITIVE);
  }
}
