package dev.edj.dacpac.tsql;

/// How an author's expression goes into a statement.
final class ExpressionText {

  private ExpressionText() {}

  /// The expression, ended so that a comment at its end does not swallow what comes after it.
  static String closed(String expression) {
    String stripped = expression.strip();
    return endsInLineComment(stripped) ? stripped + "\n" : stripped;
  }

  /// With parentheses around it, which a condition must have and need not come with.
  static String parenthesised(String expression) {
    return TsqlTokens.areEnclosed(TsqlTokens.meaningful(expression))
        ? closed(expression)
        : "(" + closed(expression) + ")";
  }

  private static boolean endsInLineComment(String expression) {
    var tokens = TsqlTokens.of(expression);
    return !tokens.isEmpty() && tokens.getLast().isLineComment();
  }
}
