package dev.edj.dacpac.tsql;

import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.tsql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads an expression by the server's rules of precedence: first `~`, then `* / %`, then signs and
/// `+ - & ^ |`, comparisons, `NOT`, `AND`, and last `OR`. A sign reaches over a product that
/// follows it, even after another product: `6 / -2 * 3` is `6 / -(2 * 3)`.
final class ExpressionReader {

  private static final int DEEPEST = 200;
  private static final Set<String> COMPARISONS =
      Set.of("=", "<>", "!=", "<", ">", "<=", ">=", "!<", "!>");
  private static final Set<String> PRODUCTS = Set.of("*", "/", "%");
  private static final Set<String> SUMS = Set.of("+", "-", "&", "|", "^");

  private final TokenReader tokens;
  private final OperandReader operands;
  private int depth;

  private ExpressionReader(TokenReader tokens, NameRule names) {
    this.tokens = tokens;
    this.operands = new OperandReader(tokens, this, names);
  }

  static Node read(List<Token> tokens, NameRule names) throws UnreadableException {
    TokenReader reader = new TokenReader(tokens);
    Node expression = new ExpressionReader(reader, names).expression();
    if (!reader.atEnd()) {
      throw new UnreadableException("goes on");
    }
    return expression;
  }

  /// A value or a condition.
  Node expression() throws UnreadableException {
    descend();
    List<Node> alternatives = new ArrayList<>();
    alternatives.add(conjunction());
    while (tokens.skipWord("OR")) {
      alternatives.add(conjunction());
    }
    depth--;
    return alternatives.size() == 1 ? alternatives.getFirst() : Conditions.or(alternatives);
  }

  Node value() throws UnreadableException {
    Node value = expression();
    if (value.condition()) {
      throw new UnreadableException("no value");
    }
    return value;
  }

  private void descend() throws UnreadableException {
    if (++depth > DEEPEST) {
      throw new UnreadableException("too deep");
    }
  }

  private Node conjunction() throws UnreadableException {
    List<Node> all = new ArrayList<>();
    all.add(negation());
    while (tokens.skipWord("AND")) {
      all.add(negation());
    }
    return all.size() == 1 ? all.getFirst() : Conditions.and(all);
  }

  private Node negation() throws UnreadableException {
    if (!tokens.skipWord("NOT")) {
      return predicate();
    }
    descend();
    Node negation = Conditions.not(negation());
    depth--;
    return negation;
  }

  private Node predicate() throws UnreadableException {
    Node left = sum();
    if (tokens.peek().kind() == Kind.SYMBOL && COMPARISONS.contains(tokens.peek().text())) {
      return Conditions.compared(tokens.next().text(), left, sum());
    }
    if (tokens.skipWord("IS")) {
      return is(left, tokens.skipWord("NOT"));
    }
    if (tokens.skipWord("NOT")) {
      return Conditions.not(worded(left));
    }
    return tokens.peek().isWord("LIKE")
            || tokens.peek().isWord("IN")
            || tokens.peek().isWord("BETWEEN")
        ? worded(left)
        : left;
  }

  private Node is(Node left, boolean not) throws UnreadableException {
    if (tokens.skipWord("NULL")) {
      return Conditions.of(not ? "is-not-null" : "is-null", left);
    }
    tokens.expectWord("DISTINCT");
    tokens.expectWord("FROM");
    return Conditions.of(not ? "is-not-distinct" : "is-distinct", left, sum());
  }

  private Node worded(Node left) throws UnreadableException {
    if (tokens.skipWord("LIKE")) {
      Node pattern = sum();
      return tokens.skipWord("ESCAPE")
          ? Conditions.of("like", left, pattern, sum())
          : Conditions.of("like", left, pattern);
    }
    if (tokens.skipWord("BETWEEN")) {
      Node from = sum();
      tokens.expectWord("AND");
      return Conditions.between(left, from, sum());
    }
    tokens.expectWord("IN");
    tokens.expectSymbol("(");
    List<Node> list = new ArrayList<>();
    do {
      list.add(value());
    } while (tokens.skipSymbol(","));
    tokens.expectSymbol(")");
    return Conditions.in(left, list);
  }

  private Node sum() throws UnreadableException {
    Node sum = term();
    while (isOneOf(SUMS)) {
      sum = calculated(tokens.next().text(), sum, term());
    }
    return sum;
  }

  private Node term() throws UnreadableException {
    if (tokens.peek().isSymbol("-") || tokens.peek().isSymbol("+")) {
      boolean minus = tokens.next().isSymbol("-");
      descend();
      Node term = Signs.of(minus, term());
      depth--;
      return term;
    }
    return product();
  }

  private Node product() throws UnreadableException {
    Node product = operands.operand();
    while (isOneOf(PRODUCTS)) {
      String operator = tokens.next().text();
      boolean signed = tokens.peek().isSymbol("-") || tokens.peek().isSymbol("+");
      product = calculated(operator, product, signed ? term() : operands.operand());
    }
    return product;
  }

  private boolean isOneOf(Set<String> operators) {
    return tokens.peek().kind() == Kind.SYMBOL && operators.contains(tokens.peek().text());
  }

  private static Node calculated(String operator, Node left, Node right)
      throws UnreadableException {
    if (left.condition() || right.condition()) {
      throw new UnreadableException("no value");
    }
    return Node.value(operator, left, right);
  }
}
