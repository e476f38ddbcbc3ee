package dev.edj.script;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Short ways to say what the tests of this package ask.
final class ScriptFixtures {

  private ScriptFixtures() {}

  static List<Batch> batches(ScriptDialect dialect, String script) throws ScriptException {
    return ScriptSplitter.split(script, dialect).batches();
  }

  static List<String> texts(ScriptDialect dialect, String script) throws ScriptException {
    return batches(dialect, script).stream().map(Batch::text).toList();
  }

  static List<Integer> counts(ScriptDialect dialect, String script) throws ScriptException {
    return batches(dialect, script).stream().map(Batch::count).toList();
  }

  static List<Integer> lines(ScriptDialect dialect, String script) throws ScriptException {
    return batches(dialect, script).stream().map(Batch::line).toList();
  }

  static ScriptException refusal(ScriptDialect dialect, String script) {
    return refusal(() -> ScriptSplitter.split(script, dialect));
  }

  static ScriptException refusal(ThrowingCallable attempt) {
    return catchThrowableOfType(ScriptException.class, attempt);
  }
}
