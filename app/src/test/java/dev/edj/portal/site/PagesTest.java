package dev.edj.portal.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.execution.Counts;
import dev.edj.execution.Lifecycle;
import dev.edj.portal.site.Progress.Part;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What pages are made of.
class PagesTest {

  @Test
  void aPathHoldsAnyName() {
    assertThat(PagePath.of("jobs", "a/b c;d?é*", "edit").with("next", "/x?y=1"))
        .hasToString("/jobs/a%2Fb%20c%3Bd%3F%C3%A9%2A/edit?next=%2Fx%3Fy%3D1");
    assertThat(PagePath.of()).hasToString("/");
    assertThat(PagePath.of("executions").with("all", false).with("job", "").with("after", null))
        .hasToString("/executions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/jobs/a%2Fb?x=1&y=%20", "/nodes"})
  void aPageOfOursIsALocalPath(String path) {
    assertThat(LocalPath.checked(path)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"//h", "/\\h", "http://h", "/a b", "/\n/h", "/é", "", "jobs", "/sign-in"})
  void whateverElseIsAskedForIsTheFirstPage(String path) {
    assertThat(LocalPath.checked(path)).isEqualTo("/");
  }

  @Test
  void aBarHasAPartForEachLifecycleAndEvenOneFailureIsSeen() {
    Progress progress = Progress.of(new Counts(0, 0, 0, 99_999, 1, 0, 0, 0));
    assertThat(progress.parts())
        .containsExactly(
            new Part(Lifecycle.Failed, "0.00%", "0.60%"),
            new Part(Lifecycle.Succeeded, "0.60%", "100.00%"));
    assertThat(progress.text()).isEqualTo("100000 of 100000 ended: 99999 succeeded, 1 failed");
  }

  @Test
  void anExecutionThatHasNotExpandedHasAnEmptyBar() {
    assertThat(Progress.of(Counts.NONE).parts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"name: is taken, name, is taken", "other sentence, name, other sentence"})
  void aRefusalIsSaidBesideItsField(String text, String field, String sentence) {
    Refusal refusal = Refusal.of(new EdjException(ErrorCode.INVALID_FIELD, field, text));
    assertThat(refusal.at(field)).isEqualTo(sentence);
    assertThat(refusal.at("another")).isNull();
  }
}
