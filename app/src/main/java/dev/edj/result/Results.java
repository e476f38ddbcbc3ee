package dev.edj.result;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.edj.engine.ServerName;
import dev.edj.execution.Counts;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.RunStep;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.result.Comparison.ComparedStep;
import dev.edj.result.Destinations.Destination;
import dev.edj.result.ResultStore.StepRow;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Reads and compares what the children of executions returned.
public final class Results {

  private final Jdbi jdbi;
  private final Executions executions;
  private final Destinations destinations;
  private final ResultStore store;

  public Results(Jdbi jdbi, Executions executions, Destinations destinations) {
    this.jdbi = jdbi;
    this.executions = executions;
    this.destinations = destinations;
    this.store = jdbi.onDemand(ResultStore.class);
  }

  /// Finds where the results of a run or of a child are; nothing of them is read yet.
  public ResultReading open(UUID id, ResultFilter filter) {
    JobExecution execution = executions.named(id);
    boolean isChild = execution.parentId() != null;
    List<StepResults> steps =
        steps(requireNonNullElse(execution.parentId(), id), filter.step()).stream()
            .filter(step -> !isChild || Integer.valueOf(step.stepId()).equals(execution.stepId()))
            .map(this::resultsOf)
            .toList();
    WantedChildren wanted =
        new WantedChildren(
            isChild ? id : null,
            server(filter.server()),
            filter.database(),
            filter.lifecycle() == null ? null : filter.lifecycle().name());
    return new ResultReading(execution, steps, wanted, executions);
  }

  /// Which databases of a run returned the same, step by step.
  ///
  /// @param step only this one; null means all
  public Comparison compare(UUID id, @Nullable String step) throws Exception {
    JobExecution run = executions.named(id);
    if (run.parentId() != null) {
      throw EdjException.invalid(
          "id", "%s is a child; name its parent %s".formatted(id, run.parentId()));
    }
    List<ComparedStep> compared = new ArrayList<>();
    for (StepRow row : steps(id, step)) {
      compared.add(new Comparing(resultsOf(row)).compare(row, children(run, row)));
    }
    if (compared.stream().allMatch(one -> one.compared() == 0)) {
      throw none(run);
    }
    return new Comparison(id, compared);
  }

  /// Why there is no result.
  static EdjException none(JobExecution execution) {
    return execution.lifecycle().ended()
        ? new EdjException(
            ErrorCode.NO_RESULTS,
            null,
            ("there is no such result of execution %s: no rows came back, its job drops them, or they"
                    + " were kept long enough and are removed")
                .formatted(execution.id()))
        : new EdjException(
            ErrorCode.NOT_ENDED,
            null,
            "execution %s has not ended, and there is no such result of it yet; wait, or follow it"
                .formatted(execution.id()));
  }

  private List<StepRow> steps(UUID run, @Nullable String name) {
    List<StepRow> steps =
        store.steps(run).stream().filter(step -> name == null || step.step().equals(name)).toList();
    if (name != null && steps.isEmpty()) {
      throw EdjException.notFound("step", name);
    }
    return steps;
  }

  private StepResults resultsOf(StepRow step) {
    Destination destination = destinations.find(step.stepExecutionId());
    return destination == null
        ? new KeptResults(jdbi, step)
        : new DestinationResults(jdbi, step, destination);
  }

  private static Counts children(JobExecution run, StepRow step) {
    List<RunStep> steps = run.steps();
    return steps == null
        ? requireNonNull(run.children())
        : steps.stream()
            .filter(one -> one.stepId() == step.stepId())
            .map(RunStep::children)
            .findFirst()
            .orElse(Counts.NONE);
  }

  /// By the name it has, or any other way to write it.
  private @Nullable Integer server(@Nullable String server) {
    if (server == null) {
      return null;
    }
    Integer id = store.server(server);
    if (id == null) {
      id = store.server(canonical(server));
    }
    if (id == null) {
      throw EdjException.notFound("server", server);
    }
    return id;
  }

  private static String canonical(String server) {
    try {
      return ServerName.parse(server).canonical();
    } catch (IllegalArgumentException e) {
      throw new EdjException(ErrorCode.INVALID_FIELD, "server", "server: " + e.getMessage(), e);
    }
  }
}
