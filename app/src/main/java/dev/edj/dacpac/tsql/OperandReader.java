package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.tsql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads what operators stand between: numbers, strings, names, calls, `CASE` and the like.
final class OperandReader {

  /// Functions whose names are reserved words.
  private static final Set<String> RESERVED_FUNCTIONS = Set.of("left", "right");

  private final TokenReader tokens;
  private final ExpressionReader expressions;
  private final NameRule names;

  OperandReader(TokenReader tokens, ExpressionReader expressions, NameRule names) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.names = names;
  }

  Node operand() throws UnreadableException {
    Node operand = tokens.skipSymbol("~") ? Node.value("~", plain(plainOperand())) : plainOperand();
    while (true) {
      if (tokens.skipWord("COLLATE")) {
        operand = Node.value("collate", plain(operand), collation());
      } else if (tokens.peek().isWord("AT") && tokens.peek(1).isWord("TIME")) {
        tokens.next();
        tokens.next();
        tokens.expectWord("ZONE");
        operand = Node.value("at-time-zone", plain(operand), plain(plainOperand()));
      } else {
        return operand;
      }
    }
  }

  private Node collation() throws UnreadableException {
    Token name = tokens.next();
    if (!name.isName()) {
      throw new UnreadableException("no collation");
    }
    return Node.leaf(name.lowerCase());
  }

  private static Node plain(Node operand) throws UnreadableException {
    if (operand.condition()) {
      throw new UnreadableException("no value");
    }
    return operand;
  }

  private Node plainOperand() throws UnreadableException {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NUMBER -> Node.leaf(Numbers.canonical(tokens.next().text()));
      case STRING -> Node.leaf(string(tokens.next().text()));
      case VARIABLE -> Node.leaf(tokens.next().text());
      case QUOTED_NAME -> named();
      case WORD -> token.isReserved() ? keyword() : named();
      case SYMBOL -> parenthesised();
      case BLANK, COMMENT, UNENDED -> throw new UnreadableException(token.text());
    };
  }

  private static String string(String text) {
    return text.charAt(0) == 'n' ? "N" + text.substring(1) : text;
  }

  private Node parenthesised() throws UnreadableException {
    tokens.expectSymbol("(");
    Node inner = expressions.expression();
    tokens.expectSymbol(")");
    return inner;
  }

  private Node keyword() throws UnreadableException {
    String keyword = tokens.next().lowerCase();
    return switch (keyword) {
      case "null" -> Node.leaf("null");
      case "case" -> choice();
      case "convert" -> converted("convert");
      case "try_convert" -> converted("try-convert");
      case "coalesce" -> Functions.coalesce(arguments());
      case "nullif" -> Functions.nullIf(arguments());
      case "current_timestamp" -> Functions.call("getdate", List.of());
      case "current_user", "session_user", "user" -> Functions.call("user_name", List.of());
      case "system_user" -> Functions.call("suser_sname", List.of());
      default -> {
        if (!RESERVED_FUNCTIONS.contains(keyword)) {
          throw new UnreadableException(keyword);
        }
        yield Functions.call(keyword, arguments());
      }
    };
  }

  private Node named() throws UnreadableException {
    boolean quoted = tokens.peek().kind() == Kind.QUOTED_NAME;
    if (!quoted && isNextValue()) {
      return nextValue();
    }
    if (!quoted && tokens.peek().text().startsWith("$")) {
      throw new UnreadableException(tokens.peek().text());
    }
    List<String> parts = name();
    if (!tokens.peek().isSymbol("(")) {
      return Node.leaf(new ObjectName(parts).toString());
    }
    return parts.size() == 1
        ? builtIn(parts.getFirst().toLowerCase(Locale.ROOT))
        : userDefined(parts);
  }

  private List<String> name() throws UnreadableException {
    List<String> parts = new ArrayList<>();
    do {
      Token part = tokens.next();
      if (!part.isName()) {
        throw new UnreadableException("no name");
      }
      parts.add(names.key(part.name()));
    } while (tokens.skipSymbol("."));
    return parts;
  }

  private boolean isNextValue() {
    return tokens.peek().isWord("NEXT")
        && tokens.peek(1).isWord("VALUE")
        && tokens.peek(2).isWord("FOR");
  }

  private Node nextValue() throws UnreadableException {
    tokens.expectWord("NEXT");
    tokens.expectWord("VALUE");
    tokens.expectWord("FOR");
    return Node.value("next-value", Node.leaf(new ObjectName(name()).toString()));
  }

  private Node builtIn(String function) throws UnreadableException {
    return switch (function) {
      case "cast" -> cast("convert");
      case "try_cast" -> cast("try-convert");
      case "iif" -> inlineIf();
      default ->
          DateParts.begin(function)
              ? Functions.call(function, argumentsAfterDatePart())
              : Functions.call(function, arguments());
    };
  }

  private Node userDefined(List<String> parts) throws UnreadableException {
    List<Node> operands = new ArrayList<>();
    operands.add(Node.leaf(new ObjectName(parts).toString()));
    operands.addAll(arguments());
    return Node.value("call", operands);
  }

  private List<Node> arguments() throws UnreadableException {
    tokens.expectSymbol("(");
    List<Node> arguments = new ArrayList<>();
    if (tokens.skipSymbol(")")) {
      return arguments;
    }
    return rest(arguments);
  }

  private List<Node> argumentsAfterDatePart() throws UnreadableException {
    tokens.expectSymbol("(");
    Token part = tokens.next();
    if (part.kind() != Kind.WORD) {
      throw new UnreadableException("no part of a date");
    }
    List<Node> arguments = new ArrayList<>();
    arguments.add(Node.leaf(DateParts.canonical(part.lowerCase())));
    tokens.expectSymbol(",");
    return rest(arguments);
  }

  private List<Node> rest(List<Node> arguments) throws UnreadableException {
    do {
      arguments.add(expressions.value());
    } while (tokens.skipSymbol(","));
    tokens.expectSymbol(")");
    return arguments;
  }

  private Node cast(String operator) throws UnreadableException {
    tokens.expectSymbol("(");
    Node value = expressions.value();
    tokens.expectWord("AS");
    Node type = new TypeReader(tokens, names).read();
    tokens.expectSymbol(")");
    return Node.value(operator, type, value);
  }

  private Node converted(String operator) throws UnreadableException {
    tokens.expectSymbol("(");
    List<Node> operands = new ArrayList<>();
    operands.add(new TypeReader(tokens, names).read());
    tokens.expectSymbol(",");
    return Node.value(operator, rest(operands));
  }

  private Node inlineIf() throws UnreadableException {
    tokens.expectSymbol("(");
    Node condition = expressions.expression();
    tokens.expectSymbol(",");
    Node yes = expressions.value();
    tokens.expectSymbol(",");
    Node no = expressions.value();
    tokens.expectSymbol(")");
    return Functions.choice(List.of(Functions.when(condition, yes)), no);
  }

  private Node choice() throws UnreadableException {
    boolean searched = tokens.peek().isWord("WHEN");
    List<Node> branches = new ArrayList<>();
    if (!searched) {
      branches.add(expressions.value());
    }
    while (tokens.skipWord("WHEN")) {
      Node when = searched ? expressions.expression() : expressions.value();
      tokens.expectWord("THEN");
      Node then = expressions.value();
      branches.add(searched ? Functions.when(when, then) : Node.value("when", when, then));
    }
    Node otherwise = tokens.skipWord("ELSE") ? expressions.value() : Node.leaf("null");
    tokens.expectWord("END");
    if (searched) {
      return Functions.choice(branches, otherwise);
    }
    branches.add(otherwise);
    return Node.value("case-of", branches);
  }
}
