package dev.edj.controller;

import dev.edj.content.FetchFailure;
import dev.edj.content.PackageFetch;
import dev.edj.content.Packages;
import dev.edj.content.ReceivedPackage;
import dev.edj.dacpac.Dacpac;
import dev.edj.engine.Engine;
import dev.edj.engine.SqlServer;
import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.execution.PublishOptionLines;
import dev.edj.execution.RunStore;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/// Fetches the packages of a run that come from elsewhere, once for the whole run, and refuses
/// those that cannot be deployed before any database is touched.
final class PackageCheck {

  private final Jdbi jdbi;
  private final Packages packages;
  private final PackageFetch fetch;
  private final LaunchTasks tasks;
  private final Map<String, String> fetched = new HashMap<>();

  /// @param plans the run's steps; what of them was fetched in an earlier attempt is not fetched
  ///   again
  PackageCheck(Jdbi jdbi, PackageFetch fetch, LaunchTasks tasks, List<PinnedPlan> plans) {
    this.jdbi = jdbi;
    this.packages = fetch.packages();
    this.fetch = fetch;
    this.tasks = tasks;
    for (PinnedPlan plan : plans) {
      if (plan.packageUri() != null && plan.packageSha256() != null) {
        fetched.put(plan.packageUri(), plan.packageSha256());
      }
    }
  }

  /// Returns which package it is, for people.
  ///
  /// @param engines that the step will meet, as far as they are known
  /// @param values of variables, with empty ones for what is not known yet
  String check(PinnedPlan plan, Set<Engine> engines, Map<String, String> values)
      throws TargetException {
    if (!engines.isEmpty() && engines.stream().noneMatch(SqlServer.class::isInstance)) {
      throw new EdjException(
          ErrorCode.INVALID_PACKAGE,
          null,
          "step '%s' deploys the data-tier package '%s', which only SQL Server and Azure SQL Database can take; there is none in target '%s'. Nothing was done."
              .formatted(plan.stepName(), plan.content(), plan.target()));
    }
    String sha256 = sha256(plan);
    Dacpac opened = packages.open(sha256);
    Map<String, String> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    known.put(Packages.DATABASE_NAME, "");
    known.putAll(values);
    packages.requireDeployable(
        opened,
        Packages.options(
            PublishOptionLines.read(plan.publishOptions()), Packages.foreseen(opened, known)));
    return "step '%s': package %s".formatted(plan.stepName(), Packages.title(opened, sha256));
  }

  private String sha256(PinnedPlan plan) throws TargetException {
    if (plan.packageSha256() != null) {
      return plan.packageSha256();
    }
    String uri = plan.packageUri();
    if (uri == null) {
      throw new IllegalStateException("step %d has no package".formatted(plan.stepExecutionId()));
    }
    String known = fetched.get(uri);
    if (known != null) {
      pin(jdbi.onDemand(RunStore.class), plan, known);
      return known;
    }
    try (ReceivedPackage received = fetch.fetch(uri)) {
      jdbi.useTransaction(handle -> {
        packages.keep(handle, received);
        pin(handle.attach(RunStore.class), plan, received.sha256());
      });
      fetched.put(uri, received.sha256());
      return received.sha256();
    } catch (FetchFailure e) {
      throw new TargetException(
          TargetError.of(TargetError.Kind.CONNECT, String.valueOf(e.getMessage()), true, e));
    }
  }

  /// Where the run is another node's by now, that one has pinned what it fetched.
  private void pin(RunStore store, PinnedPlan plan, String sha256) {
    store.pinPackage(plan.stepExecutionId(), sha256, tasks.run().attempt(), tasks.nodeId());
  }
}
