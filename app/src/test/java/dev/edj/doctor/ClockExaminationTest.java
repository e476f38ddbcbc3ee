package dev.edj.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.controldb.ControlDatabaseFacts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What is said of this machine's clock, of which only the difference to the control database's is
/// known.
class ClockExaminationTest {

  @Test
  void aClockThatIsNearlyRightIsInOrder() {
    assertThat(clock(Duration.ofMillis(1_900)).condition()).isEqualTo(Condition.OK);
    assertThat(clock(Duration.ofMillis(-1_900)).condition()).isEqualTo(Condition.OK);
  }

  @Test
  void aClockThatIsWrongIsAWarningThatSaysWhichWay() {
    Finding slow = clock(Duration.ofMillis(2_100));
    assertThat(slow.condition()).isEqualTo(Condition.WARNING);
    assertThat(slow.message())
        .contains("this machine's clock is 2.1 s behind the control database's");
    assertThat(slow.advice()).contains("NTP");

    assertThat(clock(Duration.ofHours(-1)).message())
        .contains("this machine's clock is 3600.0 s ahead of the control database's");
  }

  /// @param ahead the control database's
  private static Finding clock(Duration ahead) {
    return ControlDatabaseExamination.clock(
        new ControlDatabaseFacts(
            "18.0", 180_000, false, true, true, true, "on", 50, Duration.ofMillis(1), ahead));
  }
}
