package dev.edj.bundle;

import dev.edj.audit.AuditLog;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.RunDatabases;
import dev.edj.job.Jobs;
import dev.edj.metric.ServiceMetrics;
import dev.edj.node.Nodes;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/// Collects what is known of an execution: what it was to do, what became of it where, who did what
/// about it meanwhile, and on what it ran. There are no passwords in it, no secret values, and no
/// rows that scripts returned.
public final class Bundles {

  private final Jdbi jdbi;
  private final Executions executions;
  private final RunDatabases databases;
  private final Jobs jobs;
  private final AuditLog audit;
  private final Nodes nodes;
  private final ServiceMetrics metrics;

  public Bundles(
      Jdbi jdbi,
      Executions executions,
      RunDatabases databases,
      Jobs jobs,
      AuditLog audit,
      Nodes nodes,
      ServiceMetrics metrics) {
    this.jdbi = jdbi;
    this.executions = executions;
    this.databases = databases;
    this.jobs = jobs;
    this.audit = audit;
    this.nodes = nodes;
    this.metrics = metrics;
  }

  /// The bundle of an execution; of a child, that of its execution with this child alone.
  public Bundle of(UUID id) {
    return of(id, Limits.USUAL);
  }

  Bundle of(UUID id, Limits limits) {
    JobExecution asked = executions.named(id);
    UUID parent = asked.parentId();
    return new Bundle(
        parent == null ? asked : executions.named(parent),
        parent == null ? null : asked,
        new Definitions(jobs, executions),
        new Attempts(executions, databases, limits),
        new Surroundings(jdbi, audit, nodes, metrics, limits));
  }
}
