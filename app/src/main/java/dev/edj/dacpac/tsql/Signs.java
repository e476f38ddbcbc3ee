package dev.edj.dacpac.tsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Signs before values. That of a number is part of it, and so is that of a product which begins
/// with one: `-(2 * a)` is `(-2) * a`, also for `/` and `%`, of which the server cuts off towards
/// zero.
final class Signs {

  private static final Set<String> PRODUCTS = Set.of("*", "/", "%");

  private Signs() {}

  static Node of(boolean minus, Node value) throws UnreadableException {
    if (value.condition()) {
      throw new UnreadableException("no value");
    }
    if (!minus) {
      return Node.value("plus", value);
    }
    return beginsWithNumber(value) ? withMinus(value) : Node.value("minus", value);
  }

  private static boolean beginsWithNumber(Node value) {
    Node first = value;
    while (PRODUCTS.contains(first.operator()) && !first.operands().isEmpty()) {
      first = first.operands().getFirst();
    }
    return first.operands().isEmpty() && Character.isDigit(first.operator().charAt(0));
  }

  private static Node withMinus(Node value) throws UnreadableException {
    if (value.operands().isEmpty()) {
      return Node.leaf("-" + value.operator());
    }
    List<Node> operands = new ArrayList<>(value.operands());
    operands.set(0, withMinus(operands.getFirst()));
    return Node.value(value.operator(), operands);
  }
}
