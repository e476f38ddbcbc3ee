package dev.edj.portal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.execution.ErrorPlace;
import dev.edj.portal.execution.ScriptListing.Line;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScriptListingTest {

  private static final String SCRIPT =
      """
      SELECT 1
      GO
      -- the second
      SELECT 2,
        1/0
      GO
      SELECT 3
      """;

  @Test
  void theFailedLineAndItsBatchAreMarked() {
    ScriptListing listing = ScriptListing.of(SCRIPT, "db1", new ErrorPlace(2, 5));

    assertThat(listing.lines())
        .filteredOn(Line::failed)
        .extracting(Line::number)
        .containsExactly(5);
    assertThat(listing.lines())
        .filteredOn(Line::ofFailedBatch)
        .extracting(Line::number)
        .containsExactly(3, 4, 5);
    assertThat(listing.isCut()).isFalse();
  }

  @Test
  void aScriptThatDidNotFailHasNoMarks() {
    ScriptListing listing = ScriptListing.of(SCRIPT, "db1", null);

    assertThat(listing.lines()).hasSize(7).noneMatch(Line::failed).noneMatch(Line::ofFailedBatch);
  }

  @Test
  void ofALongScriptTheLinesAroundTheErrorAreShown() {
    String script =
        IntStream.rangeClosed(1, 10_000)
            .mapToObj(number -> "SELECT " + number)
            .collect(Collectors.joining("\n"));

    ScriptListing listing = ScriptListing.of(script, "postgresql://a", new ErrorPlace(1, 9_990));
    assertThat(listing.isCut()).isTrue();
    assertThat(listing.lines().getLast().number()).isEqualTo(10_000);
    assertThat(listing.lines()).hasSize(2_000).anyMatch(Line::failed);

    ScriptListing unfailed = ScriptListing.of(script, "postgresql://a", null);
    assertThat(unfailed.lines().getFirst().number()).isEqualTo(1);
    assertThat(unfailed.total()).isEqualTo(10_000);
  }

  @Test
  void aPlaceThatTheScriptDoesNotHaveMarksNothing() {
    ScriptListing listing =
        ScriptListing.of("SELECT 'open", "postgresql://a", new ErrorPlace(7, 99));
    assertThat(listing.lines()).hasSize(1).noneMatch(Line::failed);
    assertThat(ScriptListing.of("", "postgresql://a", null).lines()).isEmpty();
  }
}
