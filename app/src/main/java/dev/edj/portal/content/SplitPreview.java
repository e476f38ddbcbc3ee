package dev.edj.portal.content;

import dev.edj.script.Batch;
import dev.edj.script.ScriptDialect;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptSplitter;
import dev.edj.script.SplitScript;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How a script is cut into batches, as the engine that was asked for takes it. References to
/// variables stay as they are.
///
/// @param batches the first of them
/// @param more how many are not shown
/// @param variables those that have to be given
/// @param refusal why it cannot be cut; null when it can
record SplitPreview(
    Engine engine, List<Shown> batches, int more, Set<String> variables, @Nullable String refusal) {

  private static final int MOST = 200;
  private static final int LONGEST = 2_000;

  /// Whose rules; by the names that stand before `://` in a server's name.
  enum Engine {
    sqlserver(ScriptDialect.SQL_SERVER, "SQL Server"),
    postgresql(ScriptDialect.POSTGRESQL, "PostgreSQL"),
    mysql(ScriptDialect.MYSQL, "MySQL, MariaDB");

    private final ScriptDialect dialect;
    private final String text;

    Engine(ScriptDialect dialect, String text) {
      this.dialect = dialect;
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /// @param count how often it is sent
  /// @param line on which it starts
  /// @param text its beginning
  /// @param cut whether that is not all of it
  record Shown(int number, int count, int line, String text, boolean cut) {

    static Shown of(Batch batch) {
      String text = batch.text();
      boolean cut = text.length() > LONGEST;
      return new Shown(
          batch.number(),
          batch.count(),
          batch.line(),
          cut ? text.substring(0, LONGEST) : text,
          cut);
    }
  }

  static SplitPreview of(String script, Engine engine) {
    try {
      SplitScript split = ScriptSplitter.split(script, engine.dialect);
      List<Batch> all = split.batches();
      return new SplitPreview(
          engine,
          all.stream().limit(MOST).map(Shown::of).toList(),
          Math.max(0, all.size() - MOST),
          new TreeSet<>(split.undefinedVariables(Set.of())),
          null);
    } catch (ScriptException e) {
      return new SplitPreview(engine, List.of(), 0, Set.of(), e.getMessage());
    }
  }

  public Engine[] engines() {
    return Engine.values();
  }
}
