package dev.edj.controller;

import dev.edj.engine.Engine;
import dev.edj.engine.ServerName;
import dev.edj.execution.BuiltInVariables;
import dev.edj.execution.PlanStore;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.execution.Purpose;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.script.Batch;
import dev.edj.script.PreparedBatch;
import dev.edj.script.ScriptDialect;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptSplitter;
import dev.edj.script.Variables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Refuses a script that cannot be right before any database is touched.
final class ScriptCheck {

  private final PlanStore plans;

  ScriptCheck(PlanStore plans) {
    this.plans = plans;
  }

  /// Splits the script for every engine it will meet, and looks whether all its variables are
  /// defined and whether it can be one transaction where it must.
  void check(PinnedPlan plan, Set<String> servers) throws ScriptException {
    Map<String, String> values = new HashMap<>(plans.parameters(plan.runId()));
    BuiltInVariables.NAMES.forEach(name -> values.put(name, ""));
    Set<Engine> engines = new HashSet<>();
    servers.forEach(server -> findEngine(server).ifPresent(engines::add));
    for (Engine engine : engines) {
      ScriptDialect dialect = ScriptDialect.valueOf(engine.dialect());
      for (Batch batch : ScriptSplitter.split(plan.script(), dialect).batches()) {
        PreparedBatch prepared = Variables.prepare(batch, values);
        if (plan.oneTransaction() && batch.count() > 0) {
          refuseTransactionEnd(plan, engine, batch, prepared);
        }
      }
    }
  }

  /// A shard's server that cannot be told has none; nothing is run there.
  private static Optional<Engine> findEngine(String server) {
    try {
      return Optional.of(ServerName.parse(server).engine());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void refuseTransactionEnd(
      PinnedPlan plan, Engine engine, Batch batch, PreparedBatch prepared) {
    Optional<String> end = engine.findTransactionEnd(prepared.text());
    if (end.isPresent()) {
      throw new EdjException(
          ErrorCode.INVALID_SCRIPT,
          null,
          "Batch %d, from line %d on, cannot be part of the one transaction that %s demands:"
                  .formatted(
                      batch.number(),
                      batch.line(),
                      plan.purpose() == Purpose.Trial ? "a trial" : "exactly once")
              + " on %s it says %s. Nothing was run.".formatted(engine.scheme(), end.get()));
    }
  }
}
