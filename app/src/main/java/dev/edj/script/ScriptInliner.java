package dev.edj.script;

import static dev.edj.script.ScriptException.Code.INCLUDE_CYCLE;
import static dev.edj.script.ScriptException.Code.INCLUDE_NOT_FOUND;
import static dev.edj.script.ScriptException.Code.TOO_LONG;

import java.util.ArrayDeque;
import java.util.Deque;

/// Puts the files that a SQL Server script includes with `:r` in their place, and theirs in turn,
/// so that one text is left that can be stored and split. Everything else stays as it was written.
public final class ScriptInliner {

  private final Includes includes;
  private final Definitions definitions = new Definitions();
  private final Deque<OpenFile> open = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();

  private ScriptInliner(Includes includes) {
    this.includes = includes;
  }

  public static String inline(NamedScript script, Includes includes) throws ScriptException {
    return new ScriptInliner(includes).inline(script);
  }

  private String inline(NamedScript script) throws ScriptException {
    open(script);
    while (!open.isEmpty()) {
      OpenFile file = open.getLast();
      try {
        if (file.lexer().hasNext()) {
          add(file, file.lexer().next());
        } else {
          open.removeLast();
        }
      } catch (ScriptException problem) {
        throw problem.inFile(file.script().name());
      }
    }
    return text.toString();
  }

  private void add(OpenFile file, Piece piece) throws ScriptException {
    if (piece instanceof Piece.Include include) {
      include(file, include);
      return;
    }
    text.append(file.source().text(), piece.start(), piece.end());
    if (text.length() > Variables.MAXIMUM_LENGTH) {
      throw file.source()
          .error(
              TOO_LONG,
              piece.start(),
              """
              with its included files in place, the script is longer than %d characters. \
              Split it into several scripts.\
              """
                  .formatted(Variables.MAXIMUM_LENGTH));
    }
  }

  /// The line break behind `:r` is kept, so that the file's last line never runs into the next one.
  private void include(OpenFile file, Piece.Include include) throws ScriptException {
    NamedScript included =
        includes
            .find(include.name(), file.script())
            .orElseThrow(() ->
                file.source()
                    .error(
                        INCLUDE_NOT_FOUND,
                        include.start(),
                        "there is no file %s. Check its name, and where it is looked for."
                            .formatted(include.name())));
    for (OpenFile including : open) {
      if (including.script().name().equalsIgnoreCase(included.name())) {
        throw file.source()
            .error(
                INCLUDE_CYCLE,
                include.end(),
                "the file %s includes itself. Take one :r out of the circle."
                    .formatted(included.name()));
      }
    }
    open(included);
  }

  private void open(NamedScript script) {
    Source source = Source.of(script.text());
    open.addLast(new OpenFile(script, source, new Lexer(source, new SqlServerSyntax(definitions))));
  }

  private record OpenFile(NamedScript script, Source source, Lexer lexer) {}
}
