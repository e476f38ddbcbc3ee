package dev.edj.portal;

import static java.util.Comparator.comparing;

import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Page;
import dev.edj.node.NodeLifecycle;
import dev.edj.node.Nodes;
import dev.edj.node.ServiceNode;
import dev.edj.schedule.Trigger;
import dev.edj.schedule.Triggers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How things stand.
///
/// @param active executions that have not ended, the newest first
/// @param more whether there are more of them
/// @param failed those that failed or timed out within a week, the newest first
/// @param due triggers that fire next
/// @param nodes those alive, and those that were lost within a day
record Overview(
    List<JobExecution> active,
    boolean more,
    List<JobExecution> failed,
    List<Trigger> due,
    List<ServiceNode> nodes) {

  private static final int MOST_ACTIVE = 20;
  private static final int MOST_FAILED = 8;
  private static final int MOST_DUE = 8;
  private static final Duration LATELY = Duration.ofDays(7);

  static Overview read(Executions executions, Triggers triggers, Nodes nodes, InstantSource clock) {
    Page<JobExecution> active = executions.list(filter(null, null, MOST_ACTIVE));
    Instant from = clock.instant().minus(LATELY);
    List<JobExecution> failed =
        Stream.of(Lifecycle.Failed, Lifecycle.TimedOut)
            .flatMap(
                lifecycle -> executions.list(filter(lifecycle, from, MOST_FAILED)).items().stream())
            .sorted(comparing(JobExecution::createdAt).reversed())
            .limit(MOST_FAILED)
            .toList();
    return new Overview(
        active.items(),
        active.next() != null,
        failed,
        triggers.next(MOST_DUE),
        nodes.list(false).stream()
            .filter(node -> node.lifecycle() != NodeLifecycle.Stopped)
            .toList());
  }

  /// What is going on, in a sentence that is read aloud when it changes.
  public String sentence() {
    int databases =
        active.stream()
            .map(JobExecution::children)
            .mapToInt(children -> children == null ? 0 : children.total() - children.ended())
            .sum();
    return switch (active.size()) {
      case 0 -> "No execution is active.";
      case 1 -> "1 execution is active, with %,d databases to go.".formatted(databases);
      default ->
          "%s%d executions are active, with %,d databases to go."
              .formatted(more ? "More than " : "", active.size(), databases);
    };
  }

  /// Whether there is anything to work on it.
  public boolean isCovered() {
    return nodes.stream().anyMatch(node -> node.lifecycle() == NodeLifecycle.Active);
  }

  private static ExecutionFilter filter(
      @Nullable Lifecycle lifecycle, @Nullable Instant createdFrom, int limit) {
    return ExecutionFilter.page(limit).lifecycle(lifecycle).createdFrom(createdFrom).filter();
  }
}
