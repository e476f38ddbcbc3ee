package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.edj.execution.Counts;
import dev.edj.execution.Lifecycle;
import dev.edj.text.Durations;
import dev.edj.text.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How durations, times, tables and bars are read and written.
class TextTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S", "10s, PT10S", "30m, PT30M", "1h30m, PT1H30M", "1.5s, PT1.5S",
    "7d, PT168H", "1w, PT168H", "PT30M, PT30M", "pt5s, PT5S", "0s, PT0S"
  })
  void durationsAreReadAsPeopleWriteThem(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "m", "1x", "-5s", "1h 30m", "99999999999999999999w", "P"})
  void whatIsNoDurationIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"PT0.25S, 250ms", "PT1H30M, 1h30m", "PT168H, 7d", "PT0S, 0s", "PT0.0001S, 0s"})
  void durationsAreWrittenShort(Duration duration, String text) {
    assertThat(Durations.format(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-30, 2026-01-30T00:00:00Z",
    "2026-01-30T22:00Z, 2026-01-30T22:00:00Z",
    "2026-01-30 22:00, 2026-01-30T22:00:00Z",
    "2026-01-30T22:00:00+01:00, 2026-01-30T21:00:00Z",
    "2h, 2026-01-31T10:00:00Z"
  })
  void timesAreUtcUnlessTheySayOtherwiseAndDurationsAreThatLongAgo(String text, Instant time) {
    Clock clock = Clock.fixed(CommandLineRun.NOW, ZoneOffset.UTC);
    assertThat(Times.parse(text, clock)).isEqualTo(time);
  }

  @Test
  void columnsAreAlignedWhateverTheScript() {
    String table =
        Table.of("NAME", "COUNT")
            .row("データ", 5)
            .row("e\u0301te\u0301", 12)
            .row("plain", 100)
            .render(false);
    assertThat(table)
        .isEqualTo("NAME    COUNT\nデータ      5\ne\u0301te\u0301        12\nplain     100");
  }

  @Test
  void aTableHasColoursOnlyWhenAsked() {
    Table table = Table.of("LIFECYCLE").row(Lifecycle.Failed);
    assertThat(table.render(false)).isEqualTo("LIFECYCLE\nFailed");
    assertThat(table.render(true)).contains("\u001b[31mFailed\u001b[0m");
  }

  @Test
  void namesFromDatabasesCannotSteerTheTerminal() {
    assertThat(Table.of("A").row("x\u001b[2Jy\nz").render(false)).isEqualTo("A\nx\uFFFD[2Jy z");
  }

  @Test
  void propertiesWithoutAValueAreLeftOut() {
    assertThat(
            new Details().line("Name", "a").line("Ended", null).line("Text", "1\n2").render(false))
        .isEqualTo("Name  a\nText  1\n      2");
  }

  @Test
  void theBarIsFullOnlyWhenAllHasEnded() {
    assertThat(ProgressBar.bar(new Counts(1, 0, 0, 99, 0, 0, 0, 0)))
        .isEqualTo("[###################-]");
    assertThat(ProgressBar.bar(Counts.NONE)).isEqualTo("[--------------------]");
    assertThat(ProgressBar.elapsed(Duration.ofSeconds(3_725))).isEqualTo("1:02:05");
  }

  @Test
  void countsLeaveOutWhatIsNone() {
    assertThat(new Counts(5, 10, 1, 43, 2, 0, 0, 0).text())
        .isEqualTo("45 of 61 ended: 43 succeeded, 2 failed, 10 running, 1 waiting for retry");
  }

  @Test
  void aPathSegmentMayHoldAnyCharacter() {
    assertThat(ApiPath.of("targets", "db1/te nant+ü%*").with("a", "x&y").with("b", null))
        .hasToString("targets/db1%2Fte%20nant%2B%C3%BC%25%2A?a=x%26y");
  }
}
