package dev.edj.controller;

import dev.edj.engine.Engine;
import dev.edj.engine.ServerName;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.execution.PlanStore.RunParameters;
import dev.edj.execution.Purpose;
import dev.edj.parameter.BuiltInVariables;
import dev.edj.parameter.ParameterValue.Text;
import dev.edj.parameter.ParameterValues;
import dev.edj.parameter.Parameters;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.script.Batch;
import dev.edj.script.PreparedBatch;
import dev.edj.script.ScriptDialect;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptSplitter;
import dev.edj.script.Variables;
import dev.edj.target.TargetMembers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Refuses scripts of a run that cannot be right before any database is touched.
final class ScriptCheck {

  private final ParameterValues known;

  /// @param parameters the run's
  ScriptCheck(RunParameters parameters) {
    this.known = parameters.givenValues().over(parameters.declaredValues());
  }

  /// Splits the script for every engine it will meet, and looks whether all its variables are
  /// defined and whether it can be one transaction where it must. What only some of the target's
  /// members carry is looked for again before each database is touched.
  void check(PinnedPlan plan, TargetMembers members) throws ScriptException {
    Map<String, String> values = values(plan, members.variables());
    for (Engine engine : engines(members)) {
      ScriptDialect dialect = ScriptDialect.valueOf(engine.dialect());
      for (Batch batch : ScriptSplitter.split(plan.script(), dialect).batches()) {
        PreparedBatch prepared = Variables.prepare(batch, values);
        if (plan.oneTransaction() && batch.count() > 0) {
          refuseTransactionEnd(plan, engine, batch, prepared);
        }
      }
    }
  }

  static Set<Engine> engines(TargetMembers members) {
    Set<Engine> engines = new HashSet<>();
    members.servers().forEach(server -> findEngine(server).ifPresent(engines::add));
    return engines;
  }

  /// What is secret or not known before there is a database counts as an empty text here.
  Map<String, String> values(PinnedPlan plan, Set<String> carried) {
    Parameters.requireAll(known, ParameterValues.NONE, plan.job());
    Map<String, String> values = new HashMap<>();
    known
        .byName()
        .forEach((name, value) -> values.put(name, value instanceof Text(String text) ? text : ""));
    BuiltInVariables.NAMES.forEach(name -> values.put(name, ""));
    carried.forEach(name -> values.put(name, ""));
    return values;
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
                  .formatted(batch.number(), batch.line(), demand(plan.purpose()))
              + " on %s it says %s. Nothing was run.".formatted(engine.scheme(), end.get()));
    }
  }

  private static String demand(Purpose purpose) {
    return switch (purpose) {
      case Run, Check -> "exactly once";
      case Trial -> "a trial";
      case Query -> "a query";
    };
  }
}
