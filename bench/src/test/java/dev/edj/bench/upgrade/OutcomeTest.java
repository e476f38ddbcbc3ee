package dev.edj.bench.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.bench.upgrade.Outcome.Child;
import dev.edj.bench.upgrade.Outcome.Started;
import dev.edj.bench.upgrade.Outcome.Trace;
import dev.edj.bench.upgrade.Outcome.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Two executions in two databases, the second while an old and a new node were at work.
class OutcomeTest {

  private final Map<String, String> nodes =
      new LinkedHashMap<>(Map.of("old", "the version before", "new", "this version"));
  private final List<Child> children =
      new ArrayList<>(
          List.of(
              new Child("1", "a", "Succeeded", 1),
              new Child("1", "b", "Succeeded", 1),
              new Child("2", "a", "Succeeded", 1),
              new Child("2", "b", "Succeeded", 1)));
  private final List<Work> work =
      new ArrayList<>(List.of(new Work("1", "old"), new Work("2", "old"), new Work("2", "new")));
  private final List<Trace> traces =
      new ArrayList<>(
          List.of(
              new Trace("1", "a"), new Trace("1", "b"), new Trace("2", "a"), new Trace("2", "b")));

  @Test
  void whatRanOnceEverywhereIsGood() {
    assertThat(failures()).isEmpty();
  }

  @Test
  void aScriptThatRanTwiceOrNotAtAllIsSeen() {
    traces.add(new Trace("1", "b"));
    traces.remove(new Trace("2", "a"));
    assertThat(failures())
        .containsExactly(
            "short job, before: ran 2 times in b", "short job, both: ran 0 times in a");
  }

  @Test
  void whatNobodyStartedIsSeen() {
    traces.add(new Trace("3", "a"));
    assertThat(failures()).singleElement().asString().startsWith("nobody started what ran");
  }

  @Test
  void aChildThatFailedOrWasTriedAgainIsSeen() {
    children.set(0, new Child("1", "a", "Failed", 1));
    children.set(3, new Child("2", "b", "Succeeded", 2));
    assertThat(failures())
        .hasSize(2)
        .allSatisfy(failure -> assertThat(failure).contains("not ended by its first attempt"));
  }

  @Test
  void aChildThatIsMissingOrThereTwiceIsSeen() {
    children.remove(0);
    children.add(new Child("2", "b", "Succeeded", 1));
    assertThat(failures())
        .hasSize(2)
        .anySatisfy(failure -> assertThat(failure).contains("before: no child for a"))
        .anySatisfy(failure -> assertThat(failure).contains("both: a child too many"));
  }

  @Test
  void aNodeThatDidNothingIsSeen() {
    nodes.put("idle", "this version");
    assertThat(failures()).containsExactly("idle did none of the work");
  }

  @Test
  void versionsThatDidNotWorkAtTheSameTimeAreSeen() {
    work.remove(new Work("2", "old"));
    assertThat(failures())
        .containsExactly(
            "no node of the version before worked on what was started while both were there");
  }

  private List<String> failures() {
    return new Outcome(
            List.of("a", "b"),
            nodes,
            List.of(
                new Started("1", "short", "before", false),
                new Started("2", "short", "both", true)),
            children,
            work,
            traces)
        .failures();
  }
}
