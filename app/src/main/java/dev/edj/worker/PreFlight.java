package dev.edj.worker;

import dev.edj.engine.LedgerEntry;
import dev.edj.engine.Survey;
import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.engine.TargetSession;
import dev.edj.script.Batch;
import dev.edj.script.PreparedBatch;
import dev.edj.script.ScriptException;
import dev.edj.script.SplitScript;
import dev.edj.script.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out whether a script could run in the database that a session is in, and tells the
/// attempt's log what else it found. Nothing of the script is run.
final class PreFlight {

  /// A script that is for another engine has something wrong in every batch.
  private static final int MOST_OBSTACLES = 10;

  private final TargetSession target;
  private final AttemptLog log;
  private final List<String> obstacles = new ArrayList<>();

  PreFlight(TargetSession target, AttemptLog log) {
    this.target = target;
    this.log = log;
  }

  void begin() {
    log.line("checked only: nothing of the script is run");
    log.line("logged in, and took the application lock");
  }

  void askForRights() throws TargetException {
    note(ask(target::survey, "the server does not tell what this login may do: "));
  }

  void askForLedger(LedgerEntry entry) throws TargetException {
    note(ask(() -> target.examineLedger(entry), "the ledger cannot be asked for: "));
  }

  /// Has every batch read whose server can do so without running it.
  void read(SplitScript script, Map<String, String> variables)
      throws TargetException, ScriptException {
    int read = 0;
    for (Batch batch : script.batches()) {
      PreparedBatch prepared = Variables.prepare(batch, variables);
      if (obstacles.size() < MOST_OBSTACLES && read(batch, prepared)) {
        read++;
      }
    }
    log.line(
        read == 0
            ? "syntax: not checked; the server has no sure way to read a script without running it"
            : "syntax: %d of %d batches read by the server"
                .formatted(read, script.batches().size()));
  }

  private boolean read(Batch batch, PreparedBatch prepared) throws TargetException {
    try {
      return target.parse(prepared.text());
    } catch (TargetException e) {
      rethrowUnlessRefused(e);
      obstacles.add(ErrorText.of(e.error(), batch, prepared));
      return true;
    }
  }

  /// What keeps the script from being run here.
  List<String> obstacles() {
    return obstacles;
  }

  private interface Question {
    Survey ask() throws TargetException;
  }

  private static Survey ask(Question question, String withoutAnswer) throws TargetException {
    try {
      return question.ask();
    } catch (TargetException e) {
      rethrowUnlessRefused(e);
      return new Survey(List.of(withoutAnswer + e.error().message()), Optional.empty());
    }
  }

  /// What the server refuses is an answer; a session that was canceled or lost goes no further.
  private static void rethrowUnlessRefused(TargetException e) throws TargetException {
    if (e.error().kind() != TargetError.Kind.STATEMENT) {
      throw e;
    }
  }

  private void note(Survey survey) {
    survey.findings().forEach(log::line);
    survey.obstacle().ifPresent(obstacles::add);
  }
}
