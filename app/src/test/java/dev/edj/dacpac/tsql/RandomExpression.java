package dev.edj.dacpac.tsql;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// An expression by chance, which an author and the server's catalog write in different ways.
///
/// @param what an operator, a function, or the leaf itself
record RandomExpression(Kind kind, String what, List<RandomExpression> parts) {

  enum Kind {
    OR,
    AND,
    NOT,
    COMPARED,
    IN,
    BETWEEN,
    LIKE,
    IS_NULL,
    SUM,
    PRODUCT,
    MINUS,
    CALL,
    CONVERTED,
    CASE,
    NAME,
    NUMBER,
    TEXT
  }

  private static final List<String> COMPARISONS = List.of("=", "<>", "<", ">", "<=", ">=");
  private static final List<String> SUMS = List.of("+", "-", "&");
  private static final List<String> PRODUCTS = List.of("*", "/", "%");
  private static final List<String> FUNCTIONS = List.of("isnull", "coalesce", "nullif");
  private static final List<String> TYPES = List.of("int", "bigint", "varchar(10)", "varchar(11)");
  private static final List<String> NAMES = List.of("a", "b", "Name", "Or der", "x]y", "null");
  private static final List<String> TEXTS = List.of("'a'", "'A'", "N'a'", "'it''s'", "''");

  static RandomExpression condition(Random random, int depth) {
    Kind kind = depth <= 1 ? Kind.COMPARED : any(EnumSet.range(Kind.OR, Kind.IS_NULL), random);
    int below = depth - 1;
    return switch (kind) {
      case OR, AND -> of(kind, "", condition(random, below), condition(random, below));
      case NOT -> of(kind, "", condition(random, below));
      case IN -> new RandomExpression(kind, "", values(random, below, 2 + random.nextInt(3)));
      case BETWEEN -> new RandomExpression(kind, "", values(random, below, 3));
      case LIKE -> of(kind, "", value(random, below), leaf(random, Kind.TEXT));
      case IS_NULL -> of(kind, "", value(random, below));
      default ->
          new RandomExpression(Kind.COMPARED, one(random, COMPARISONS), values(random, below, 2));
    };
  }

  private static List<RandomExpression> values(Random random, int depth, int count) {
    List<RandomExpression> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value(random, depth));
    }
    return values;
  }

  private static Kind any(Set<Kind> kinds, Random random) {
    return new ArrayList<>(kinds).get(random.nextInt(kinds.size()));
  }

  private static RandomExpression value(Random random, int depth) {
    Kind kind = any(EnumSet.range(depth <= 0 ? Kind.NAME : Kind.SUM, Kind.TEXT), random);
    int below = depth - 1;
    return switch (kind) {
      case SUM -> new RandomExpression(kind, one(random, SUMS), values(random, below, 2));
      case PRODUCT -> new RandomExpression(kind, one(random, PRODUCTS), values(random, below, 2));
      case MINUS -> of(kind, "", leaf(random, Kind.NAME));
      case CALL -> new RandomExpression(kind, one(random, FUNCTIONS), values(random, below, 2));
      case CONVERTED -> new RandomExpression(kind, one(random, TYPES), values(random, below, 1));
      case CASE ->
          of(kind, "", condition(random, below), value(random, below), value(random, below));
      default -> leaf(random, kind);
    };
  }

  private static RandomExpression leaf(Random random, Kind kind) {
    return switch (kind) {
      case NAME -> of(kind, one(random, NAMES));
      case TEXT -> of(kind, one(random, TEXTS));
      default -> of(Kind.NUMBER, String.valueOf(random.nextInt(7) - 3));
    };
  }

  private static RandomExpression of(Kind kind, String what, RandomExpression... parts) {
    return new RandomExpression(kind, what, List.of(parts));
  }

  private static String one(Random random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// The same expression with one operator, name or value exchanged, wherever it is.
  RandomExpression changed(Random random) {
    if (!parts.isEmpty() && random.nextInt(3) > 0) {
      List<RandomExpression> other = new ArrayList<>(parts);
      int part = random.nextInt(parts.size());
      other.set(part, parts.get(part).changed(random));
      return new RandomExpression(kind, what, other);
    }
    return switch (kind) {
      case OR -> new RandomExpression(Kind.AND, what, parts);
      case AND -> new RandomExpression(Kind.OR, what, parts);
      case NOT -> parts.getFirst();
      case IN, BETWEEN, LIKE, IS_NULL -> of(Kind.NOT, "", this);
      case MINUS -> parts.getFirst();
      case CASE -> of(kind, what, parts.getFirst(), parts.get(1), parts.get(2).exchanged());
      case COMPARED -> with(another(COMPARISONS));
      case SUM -> with(another(SUMS));
      case PRODUCT -> with(another(PRODUCTS));
      case CALL -> with(another(FUNCTIONS));
      case CONVERTED -> with(another(TYPES));
      case NAME, NUMBER, TEXT -> exchanged();
    };
  }

  private RandomExpression exchanged() {
    return switch (kind) {
      case NAME -> with(another(NAMES));
      case TEXT -> with(another(TEXTS));
      case NUMBER -> with(what + "1");
      default -> of(Kind.MINUS, "", of(Kind.NAME, "other"));
    };
  }

  private RandomExpression with(String other) {
    return new RandomExpression(kind, other, parts);
  }

  private String another(List<String> choices) {
    return choices.get((choices.indexOf(what) + 1) % choices.size());
  }

  /// With as few parentheses as the rules of precedence let it be, and some that are idle.
  static final class Author {

    private final Random random;

    Author(Random random) {
      this.random = random;
    }

    String text(RandomExpression expression) {
      String text =
          switch (expression.kind) {
            case OR -> joined(expression, " or ", 1);
            case AND -> joined(expression, " AND ", 2);
            case NOT -> "NOT " + at(3, expression.parts.getFirst());
            case COMPARED -> joined(expression, blank() + unequal(expression.what) + blank(), 5);
            case IN ->
                "%s In (%s)"
                    .formatted(
                        at(5, expression.parts.getFirst()),
                        expression.parts.stream()
                            .skip(1)
                            .map(this::text)
                            .collect(Collectors.joining(", ")));
            case BETWEEN ->
                "%s BETWEEN %s AND %s"
                    .formatted(
                        at(5, expression.parts.getFirst()),
                        at(5, expression.parts.get(1)),
                        at(5, expression.parts.get(2)));
            case LIKE -> joined(expression, " LIKE ", 5);
            case IS_NULL -> at(5, expression.parts.getFirst()) + " is null";
            case SUM ->
                at(5, expression.parts.getFirst())
                    + " "
                    + expression.what
                    + " "
                    + at(6, expression.parts.getLast());
            case PRODUCT ->
                at(6, expression.parts.getFirst())
                    + blank()
                    + expression.what
                    + blank()
                    + at(7, expression.parts.getLast());
            case MINUS -> "-" + at(7, expression.parts.getFirst());
            case CALL ->
                expression.what.toUpperCase(Locale.ROOT) + "(" + joined(expression, ", ", 0) + ")";
            case CONVERTED ->
                "CAST(%s AS %s)".formatted(at(0, expression.parts.getFirst()), expression.what);
            case CASE ->
                "CASE WHEN %s THEN %s ELSE %s END"
                    .formatted(
                        at(0, expression.parts.getFirst()),
                        at(0, expression.parts.get(1)),
                        at(0, expression.parts.get(2)));
            case NAME -> name(expression.what);
            case NUMBER, TEXT -> expression.what;
          };
      return random.nextInt(8) == 0 ? "( " + text + ")" : text;
    }

    private String joined(RandomExpression expression, String by, int level) {
      return expression.parts.stream().map(part -> at(level, part)).collect(Collectors.joining(by));
    }

    /// In parentheses if it binds less than the place needs.
    private String at(int level, RandomExpression part) {
      String text = text(part);
      return level(part) < level ? "(" + text + ")" : text;
    }

    private static int level(RandomExpression expression) {
      return switch (expression.kind) {
        case OR -> 1;
        case AND -> 2;
        case NOT -> 3;
        case COMPARED, IN, BETWEEN, LIKE, IS_NULL -> 4;
        case SUM, MINUS -> 5;
        case NUMBER -> expression.what.startsWith("-") ? 5 : 9;
        case PRODUCT -> 6;
        default -> 9;
      };
    }

    private String unequal(String operator) {
      return operator.equals("<>") && random.nextBoolean() ? "!=" : operator;
    }

    private String name(String name) {
      return name.length() == 1 && random.nextBoolean()
          ? random.nextBoolean() ? name : name.toUpperCase(Locale.ROOT)
          : "[" + name.replace("]", "]]") + "]";
    }

    private String blank() {
      return List.of("", " ", "\n\t", " /* ; */ ").get(random.nextInt(4));
    }
  }

  /// As SQL Server writes it: what is short for something else written out, lists from the last to
  /// the first, numbers in parentheses.
  static final class Catalog {

    String text(RandomExpression expression) {
      List<String> parts = expression.parts.stream().map(this::text).toList();
      return "("
          + switch (expression.kind) {
            case OR -> String.join(" OR ", parts);
            case AND -> String.join(" AND ", parts);
            case NOT -> "NOT " + parts.getFirst();
            case COMPARED, SUM, PRODUCT -> String.join(expression.what, parts);
            case IN ->
                parts.subList(1, parts.size()).reversed().stream()
                    .map(item -> parts.getFirst() + "=" + item)
                    .collect(Collectors.joining(" OR "));
            case BETWEEN ->
                "%1$s>=%2$s AND %1$s<=%3$s".formatted(parts.getFirst(), parts.get(1), parts.get(2));
            case LIKE -> String.join(" like ", parts);
            case IS_NULL -> parts.getFirst() + " IS NULL";
            case MINUS -> " -" + parts.getFirst();
            case CALL -> call(expression.what, parts);
            case CONVERTED -> "CONVERT(%s,%s)".formatted(type(expression.what), parts.getFirst());
            case CASE ->
                "case when %s then %s else %s end"
                    .formatted(parts.getFirst(), parts.get(1), parts.get(2));
            case NAME -> "[" + expression.what.replace("]", "]]") + "]";
            case NUMBER, TEXT -> expression.what;
          }
          + ")";
    }

    private static String type(String type) {
      int size = type.indexOf('(');
      return size < 0
          ? "[" + type + "]"
          : "[" + type.substring(0, size) + "]" + type.substring(size);
    }

    private static String call(String function, List<String> parts) {
      return switch (function) {
        case "coalesce" ->
            "case when %1$s IS NOT NULL then %1$s else %2$s end"
                .formatted(parts.getFirst(), parts.getLast());
        case "nullif" ->
            "case when %1$s=%2$s then NULL else %1$s end"
                .formatted(parts.getFirst(), parts.getLast());
        default -> function + "(" + String.join(",", parts) + ")";
      };
    }
  }
}
