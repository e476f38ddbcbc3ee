package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.execution.AttemptReport;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.Claims;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.Fleet;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Reports;
import dev.edj.execution.TaskType;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.testing.TestControlDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class ReporterTest {

  @Test
  void aReportThatCannotBeStoredKeepsNoOtherBack() throws InterruptedException {
    try (TestControlDatabase database = TestControlDatabase.create()) {
      Jdbi jdbi = database.jdbi();
      Fleet fleet = new Fleet(jdbi);
      fleet.server("s", 10);
      fleet.job("j", "Default execution policy");
      UUID run = fleet.run("j", 3, "s");
      // A refusal of the control database, by a rule that one of the reports breaks.
      database
          .owner()
          .useHandle(handle ->
              handle.execute(
                  "ALTER TABLE task_execution ADD CHECK (message IS NULL OR message NOT LIKE 'poison%')"));
      List<ClaimedChild> claimed = new Claims(jdbi, new Random(1)).claim(fleet.node("n"), 3, 0);
      List<AttemptReport> recorded = new ArrayList<>();
      Reporter reporter = new Reporter(new Reports(jdbi), recorded::add, () -> {}, () -> 3);
      reporter.add(failed(claimed.get(0), "an ordinary error"));
      reporter.add(failed(claimed.get(1), "poison"));
      reporter.add(failed(claimed.get(2), "another ordinary error"));

      reporter.perform();

      assertThat(recorded).hasSize(3);
      Executions executions =
          new Executions(jdbi, new TimeOrderedIds(InstantSource.system()), new EndSignal());
      assertThat(executions.named(run).lifecycle()).isEqualTo(Lifecycle.Failed);
      assertThat(executions.named(claimed.get(1).executionId()).message())
          .startsWith("its texts could not be stored");
      assertThat(executions.named(claimed.get(2).executionId()).message())
          .isEqualTo("another ordinary error");
    }
  }

  private static AttemptReport failed(ClaimedChild child, String message) {
    return new AttemptReport(
        child,
        TaskType.ScriptExecution,
        Lifecycle.Failed,
        Lifecycle.Failed,
        null,
        true,
        message,
        null,
        List.of(),
        List.of());
  }
}
