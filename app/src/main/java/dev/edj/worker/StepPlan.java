package dev.edj.worker;

import dev.edj.engine.LedgerEntry;
import dev.edj.execution.BuiltInVariables;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.script.ScriptDialect;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptSplitter;
import dev.edj.script.SplitScript;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A step as its run pinned it, ready to be run on any of its databases.
final class StepPlan {

  private final PinnedPlan pinned;
  private final Map<String, String> runVariables;
  private final Map<ScriptDialect, SplitScript> scripts = new ConcurrentHashMap<>();

  StepPlan(PinnedPlan pinned, Map<String, String> parameters) {
    this.pinned = pinned;
    this.runVariables = new HashMap<>(parameters);
    runVariables.putAll(
        BuiltInVariables.ofRun(
            pinned.job(),
            pinned.jobId(),
            pinned.jobVersion(),
            pinned.stepId(),
            pinned.stepName(),
            pinned.runId(),
            pinned.runCreatedAt(),
            pinned.target()));
  }

  PinnedPlan pinned() {
    return pinned;
  }

  /// The script's batches by the rules of a dialect; split once, used by every child.
  SplitScript script(ScriptDialect dialect) throws ScriptException {
    SplitScript known = scripts.get(dialect);
    if (known != null) {
      return known;
    }
    SplitScript split = ScriptSplitter.split(pinned.script(), dialect);
    scripts.put(dialect, split);
    return split;
  }

  /// What the ledger of the child's database says of this attempt.
  LedgerEntry ledgerEntry(ClaimedChild child) {
    String content = "%s, version %d".formatted(pinned.content(), pinned.contentVersion());
    return new LedgerEntry(child.executionId(), child.attempt(), content, null);
  }

  /// Everything `$(name)` can name on this database.
  Map<String, String> variables(ClaimedChild child, String server) {
    Map<String, String> variables = new HashMap<>(runVariables);
    variables.putAll(BuiltInVariables.ofTarget(server, child.database()));
    return variables;
  }
}
