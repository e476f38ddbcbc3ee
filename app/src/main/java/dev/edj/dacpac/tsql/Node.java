package dev.edj.dacpac.tsql;

import java.util.List;
import java.util.stream.Stream;

/// An expression in the one form that all ways to write it have in common.
///
/// @param operator what is done with the operands; of a leaf, its text
/// @param condition whether it is true or false, and no value
/// @param depth of the tree
/// @param size how many nodes it has
record Node(String operator, List<Node> operands, boolean condition, int depth, int size) {

  private static final int DEEPEST = 1_000;

  /// Rewriting may repeat operands, so that the whole could grow without bounds.
  private static final int LARGEST = 50_000;

  static Node leaf(String text) {
    return new Node(text, List.of(), false, 1, 1);
  }

  static Node value(String operator, Node... operands) throws UnreadableException {
    return value(operator, List.of(operands));
  }

  static Node value(String operator, List<Node> operands) throws UnreadableException {
    return of(operator, operands, false);
  }

  static Node condition(String operator, List<Node> operands) throws UnreadableException {
    return of(operator, operands, true);
  }

  private static Node of(String operator, List<Node> operands, boolean condition)
      throws UnreadableException {
    int depth = 1 + operands.stream().mapToInt(Node::depth).max().orElse(0);
    long size = 1 + operands.stream().mapToLong(Node::size).sum();
    if (depth > DEEPEST || size > LARGEST) {
      throw new UnreadableException("too large");
    }
    return new Node(operator, List.copyOf(operands), condition, depth, (int) size);
  }

  /// The operands of an operator that can be written in a row, or the node itself.
  Stream<Node> parts(String of) {
    return operator.equals(of) && !operands.isEmpty() ? operands.stream() : Stream.of(this);
  }

  /// Two expressions with the same text are the same: names, strings and operands are closed in
  /// themselves, so that one text has one meaning.
  String text() {
    StringBuilder text = new StringBuilder();
    write(text);
    return text.toString();
  }

  private void write(StringBuilder text) {
    if (operands.isEmpty()) {
      text.append(operator);
      return;
    }
    text.append('(').append(operator);
    for (Node operand : operands) {
      text.append(' ');
      operand.write(text);
    }
    text.append(')');
  }
}
