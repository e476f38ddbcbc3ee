package dev.edj.script;

import static dev.edj.script.ScriptException.Code.INVALID_COMMAND;
import static dev.edj.script.ScriptException.Code.UNSUPPORTED_COMMAND;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The commands of SQLCMD mode: those that EDJ carries out, and those that it refuses by name.
final class SqlcmdCommands {

  private static final String SETVAR = ":setvar";
  private static final String INCLUDE = ":r";
  private static final String ON_ERROR = ":on error";
  private static final List<String> UNSUPPORTED =
      List.of(
          ":connect",
          ":ed",
          ":error",
          ":exit",
          ":help",
          ":list",
          ":listvar",
          ":out",
          ":perftrace",
          ":quit",
          ":reset",
          ":serverlist",
          ":xml");
  private static final Set<String> ERROR_ACTIONS = Set.of("exit", "ignore");
  private static final List<String> OPERATING_SYSTEM = List.of(":!!", "!!");

  private final Definitions definitions;

  SqlcmdCommands(Definitions definitions) {
    this.definitions = definitions;
  }

  /// The command that takes this line; empty, with the cursor where it was, if none does.
  Optional<Piece> read(Cursor cursor) throws ScriptException {
    int start = cursor.offset();
    cursor.skipBlanks();
    if (cursor.peek() == ':' || cursor.peek() == '!') {
      refuseUnsupported(cursor);
      if (SqlcmdWord.at(cursor, SETVAR)) {
        return Optional.of(setVariable(cursor, start));
      }
      if (SqlcmdWord.at(cursor, INCLUDE)) {
        return Optional.of(include(cursor, start));
      }
      if (SqlcmdWord.at(cursor, ON_ERROR)) {
        return Optional.of(onError(cursor, start));
      }
    }
    cursor.moveTo(start);
    return Optional.empty();
  }

  private void refuseUnsupported(Cursor cursor) throws ScriptException {
    for (String command : UNSUPPORTED) {
      if (SqlcmdWord.at(cursor, command)) {
        throw unsupported(cursor, command);
      }
    }
    for (String command : OPERATING_SYSTEM) {
      if (cursor.at(command)) {
        throw unsupported(cursor, command);
      }
    }
  }

  private Piece setVariable(Cursor cursor, int start) throws ScriptException {
    cursor.skip(SETVAR.length());
    cursor.skipBlanks();
    String name = variableName(cursor);
    cursor.skipBlanks();
    int valueStart = cursor.offset();
    SqlcmdWord.skipWithQuotes(cursor);
    String value = cursor.textFrom(valueStart);
    Optional<String> unquoted = unquote(cursor, valueStart, value);
    endLine(cursor, "One value follows the name; a value with blanks is put in \" \".");
    unquoted.ifPresentOrElse(given -> definitions.set(name, given), () -> definitions.remove(name));
    cursor.skipLineBreak();
    return new Piece.Command(start, cursor.offset());
  }

  private static String variableName(Cursor cursor) throws ScriptException {
    int start = cursor.offset();
    if (cursor.atLineEnd() || !VariableReference.startsName(cursor.peek())) {
      throw cursor.error(
          INVALID_COMMAND,
          """
          a variable's name must follow :setvar. It starts with a letter or _, and \
          goes on with letters, digits, _ and -.\
          """);
    }
    do {
      cursor.skip(1);
    } while (VariableReference.continuesName(cursor.peek()));
    return cursor.textFrom(start);
  }

  /// The value that was meant; empty for none, which takes the variable's value away.
  private static Optional<String> unquote(Cursor cursor, int start, String value)
      throws ScriptException {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    if (!quoted && value.startsWith("--") && !value.endsWith("\"")) {
      return Optional.empty();
    }
    String inner = quoted ? value.substring(1, value.length() - 1) : value;
    String rest = quoted ? inner.replace("\"\"", "") : inner;
    if (rest.contains("\"")) {
      throw cursor.error(
          INVALID_COMMAND,
          start,
          """
          the " of this value do not pair. Put the whole value in " ", and write "" for \
          a " in it.\
          """);
    }
    return Optional.of(quoted ? inner.replace("\"\"", "\"") : inner);
  }

  private Piece include(Cursor cursor, int start) throws ScriptException {
    cursor.skip(INCLUDE.length());
    cursor.skipBlanks();
    if (cursor.atLineEnd() || cursor.at("--")) {
      throw cursor.error(INVALID_COMMAND, "the name of a file must follow :r.");
    }
    int nameStart = cursor.offset();
    SqlcmdWord.skipWithQuotes(cursor);
    String name = definitions.resolve(cursor, nameStart).replace("\"", "");
    endLine(cursor, "One file follows :r; a name with blanks is put in \" \".");
    return new Piece.Include(start, cursor.offset(), name);
  }

  /// Read, checked, and without effect: EDJ stops a script at the first batch that fails.
  private Piece onError(Cursor cursor, int start) throws ScriptException {
    cursor.skip(ON_ERROR.length());
    boolean apart = cursor.atBlank();
    cursor.skipBlanks();
    int actionStart = cursor.offset();
    SqlcmdWord.skip(cursor);
    String action = definitions.resolve(cursor, actionStart).toLowerCase(Locale.ROOT);
    if (!apart || !ERROR_ACTIONS.contains(action)) {
      throw cursor.error(INVALID_COMMAND, actionStart, "exit or ignore must follow :on error.");
    }
    endLine(cursor, "Only exit or ignore follows :on error.");
    return new Piece.Command(start, cursor.offset());
  }

  private static void endLine(Cursor cursor, String rule) throws ScriptException {
    cursor.skipBlanks();
    if (cursor.at("--")) {
      cursor.skipToLineEnd();
    }
    if (!cursor.atLineEnd()) {
      throw cursor.error(INVALID_COMMAND, "this is too much for one command. " + rule);
    }
  }

  private static ScriptException unsupported(Cursor cursor, String command) {
    return cursor.error(
        UNSUPPORTED_COMMAND,
        """
        %s is a command of the sqlcmd program, which EDJ does not carry out. Take it \
        out of the script.\
        """
            .formatted(command));
  }
}
