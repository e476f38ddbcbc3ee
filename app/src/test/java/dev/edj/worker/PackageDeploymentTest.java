package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.execution.AttemptReport;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.TaskType;
import dev.edj.testing.GivenDeployer;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Attempts at deploying a package where it cannot be.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class PackageDeploymentTest {

  private final DeploymentBed bed = new DeploymentBed(new GivenDeployer());

  @AfterAll
  void close() {
    bed.close();
  }

  @Test
  void aServerOfAnotherEngineIsNotTouched() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    ClaimedChild child = bed.child(site, bed.start(site, Map.of()), 1);
    AttemptReport report = bed.run(child);
    assertThat(report.type()).isEqualTo(TaskType.Dacpac);
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message())
        .contains(
            "SQL Server and Azure SQL Database only", "postgresql://localhost", "nothing was done");
    assertThat(report.batches()).isEmpty();
    assertThat(bed.findPlan(child.executionId())).isEmpty();
  }

  @Test
  void aSecretThatWouldStayInThePlanIsNotUsed() {
    ScriptValues values =
        new ScriptValues(
            Map.of("Pin", "123", "Password", "1234", "Empty", ""),
            Set.of("Pin", "Password", "Empty"));
    assertThatThrownBy(() -> PackageDeployment.requireHidden(Set.of("Pin", "Password"), values))
        .hasMessageContaining("the value of Pin is secret, and too short")
        .hasMessageNotContaining("123");
    assertThatCode(() -> PackageDeployment.requireHidden(Set.of("Password", "Empty"), values))
        .doesNotThrowAnyException();
  }

  @Test
  void whileItRunsTheTaskIsToldAsWhatItIs() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    ClaimedChild child = bed.child(site, bed.start(site, Map.of()), 1);
    UUID id = child.executionId();
    assertThat(bed.executions().tasks(id))
        .singleElement()
        .satisfies(task -> assertThat(task.type()).isEqualTo(TaskType.Dacpac));
  }
}
