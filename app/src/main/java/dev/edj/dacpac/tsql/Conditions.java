package dev.edj.dacpac.tsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Conditions without `NOT`, `IN` and `BETWEEN`, which are short for others, and with the parts of
/// `AND` and `OR` in an order of their own. With `NULL`s, too, each is what it was.
final class Conditions {

  private static final String AND = "and";
  private static final String OR = "or";
  private static final String NOT = "not";

  private static final Map<String, String> OPPOSITES =
      Map.ofEntries(
          Map.entry("=", "<>"),
          Map.entry("<>", "="),
          Map.entry("<", ">="),
          Map.entry(">=", "<"),
          Map.entry(">", "<="),
          Map.entry("<=", ">"),
          Map.entry("like", "not-like"),
          Map.entry("not-like", "like"),
          Map.entry("is-null", "is-not-null"),
          Map.entry("is-not-null", "is-null"),
          Map.entry("is-distinct", "is-not-distinct"),
          Map.entry("is-not-distinct", "is-distinct"));

  private Conditions() {}

  static Node and(List<Node> conditions) throws UnreadableException {
    return joined(AND, conditions);
  }

  static Node or(List<Node> conditions) throws UnreadableException {
    return joined(OR, conditions);
  }

  private static Node joined(String operator, List<Node> conditions) throws UnreadableException {
    for (Node condition : conditions) {
      if (!condition.condition()) {
        throw new UnreadableException("no condition");
      }
    }
    List<Node> parts =
        conditions.stream()
            .flatMap(condition -> condition.parts(operator))
            .map(part -> Map.entry(part.text(), part))
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList();
    return parts.size() == 1 ? parts.getFirst() : Node.condition(operator, parts);
  }

  static Node compared(String operator, Node left, Node right) throws UnreadableException {
    return of(
        switch (operator) {
          case "!=" -> "<>";
          case "!<" -> ">=";
          case "!>" -> "<=";
          default -> operator;
        },
        left,
        right);
  }

  static Node of(String operator, Node... values) throws UnreadableException {
    for (Node value : values) {
      if (value.condition()) {
        throw new UnreadableException("no value");
      }
    }
    return Node.condition(operator, List.of(values));
  }

  static Node between(Node value, Node from, Node to) throws UnreadableException {
    return and(List.of(of(">=", value, from), of("<=", value, to)));
  }

  static Node in(Node value, List<Node> list) throws UnreadableException {
    List<Node> equalities = new ArrayList<>();
    for (Node item : list) {
      equalities.add(of("=", value, item));
    }
    return or(equalities);
  }

  static Node not(Node condition) throws UnreadableException {
    if (!condition.condition()) {
      throw new UnreadableException("no condition");
    }
    String operator = condition.operator();
    return switch (operator) {
      case AND -> joined(OR, negated(condition.operands()));
      case OR -> joined(AND, negated(condition.operands()));
      case NOT -> condition.operands().getFirst();
      default -> {
        String opposite = OPPOSITES.get(operator);
        yield opposite == null
            ? Node.condition(NOT, List.of(condition))
            : Node.condition(opposite, condition.operands());
      }
    };
  }

  private static List<Node> negated(List<Node> conditions) throws UnreadableException {
    List<Node> negated = new ArrayList<>();
    for (Node condition : conditions) {
      negated.add(not(condition));
    }
    return negated;
  }
}
