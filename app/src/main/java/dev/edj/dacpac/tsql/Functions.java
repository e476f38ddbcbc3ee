package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import java.util.ArrayList;
import java.util.List;

/// Calls of the server's own functions. Those that its documentation calls short for others are
/// these others.
final class Functions {

  private Functions() {}

  static Node call(String function, List<Node> arguments) throws UnreadableException {
    List<Node> operands = new ArrayList<>();
    if (arguments.size() == 1 && isDatePart(function)) {
      operands.add(Node.leaf(ObjectName.quoted("datepart")));
      operands.add(Node.leaf(function));
    } else {
      operands.add(Node.leaf(ObjectName.quoted(function)));
    }
    operands.addAll(arguments);
    return Node.value("call", operands);
  }

  private static boolean isDatePart(String function) {
    return function.equals("year") || function.equals("month") || function.equals("day");
  }

  static Node coalesce(List<Node> values) throws UnreadableException {
    if (values.size() < 2) {
      throw new UnreadableException("COALESCE of one");
    }
    List<Node> branches = new ArrayList<>();
    for (Node value : values.subList(0, values.size() - 1)) {
      branches.add(when(Conditions.of("is-not-null", value), value));
    }
    return choice(branches, values.getLast());
  }

  static Node nullIf(List<Node> values) throws UnreadableException {
    if (values.size() != 2) {
      throw new UnreadableException("NULLIF not of two");
    }
    Node value = values.getFirst();
    return choice(
        List.of(when(Conditions.of("=", value, values.getLast()), Node.leaf("null"))), value);
  }

  static Node when(Node condition, Node then) throws UnreadableException {
    if (!condition.condition() || then.condition()) {
      throw new UnreadableException("no condition");
    }
    return Node.value("when", condition, then);
  }

  static Node choice(List<Node> branches, Node otherwise) throws UnreadableException {
    List<Node> operands = new ArrayList<>(branches);
    operands.add(otherwise);
    return Node.value("case", operands);
  }
}
