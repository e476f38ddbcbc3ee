package dev.edj.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Lifecycle;
import dev.edj.problem.EdjException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is typed into the filter of the list of executions.
class ExecutionQueryTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void whatIsEmptyIsNoFilter() {
    ExecutionFilter filter = query("", " ", "", "", false).filter(CLOCK);

    assertThat(filter.job()).isNull();
    assertThat(filter.lifecycle()).isNull();
    assertThat(filter.server()).isNull();
    assertThat(filter.createdFrom()).isNull();
    assertThat(filter.includeInactive()).isFalse();
  }

  @Test
  void timesAreReadAsTheCommandLineReadsThem() {
    ExecutionFilter filter = query(" Rebuild ", "Failed", "db1", "2h", true).filter(CLOCK);

    assertThat(filter.job()).isEqualTo("Rebuild");
    assertThat(filter.lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(filter.createdFrom()).isEqualTo("2026-01-31T10:00:00Z");
    assertThat(filter.includeInactive()).isTrue();
  }

  @Test
  void whatCannotBeReadNamesItsField() {
    assertThatThrownBy(() -> query("", "", "", "soon", false).filter(CLOCK))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.field()).isEqualTo("createdFrom"));
    assertThatThrownBy(() -> query("", "Ended", "", "", false).filter(CLOCK))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.field()).isEqualTo("lifecycle"));
  }

  @Test
  void theNextPageKeepsTheFilter() {
    assertThat(query("a b", "Failed", "", "2h", true).path("id"))
        .hasToString("/executions?job=a%20b&lifecycle=Failed&createdFrom=2h&all=true&after=id");
  }

  private static ExecutionQuery query(
      String job, String lifecycle, String server, @Nullable String createdFrom, boolean all) {
    return new ExecutionQuery(
        job,
        null,
        lifecycle,
        null,
        null,
        null,
        server,
        null,
        createdFrom,
        null,
        null,
        null,
        all,
        null);
  }
}
