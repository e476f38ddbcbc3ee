package dev.edj.portal.difference;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What differs is shown with a little around it.
class TextDifferenceTest {

  @Test
  void theSameTextHasNoDifference() {
    TextDifference none = TextDifference.of("a\nb", "a\nb");
    assertThat(none.lines()).isEmpty();
    assertThat(none.sentence()).isEqualTo("No difference.");
  }

  @Test
  void aChangedLineIsRemovedAndAdded() {
    assertThat(drawn("a\nb\nc", "a\nB\nc"))
        .isEqualTo(
            """
            1 1 SAME a
            2 - REMOVED b
            - 2 ADDED B
            3 3 SAME c
            """);
  }

  @Test
  void whatIsFarFromADifferenceIsLeftOut() {
    String before = numbers(1, 20);
    assertThat(drawn(before, before.replace("10\n", "ten\n")))
        .isEqualTo(
            """
            - - LEFT_OUT 6 lines are the same
            7 7 SAME 7
            8 8 SAME 8
            9 9 SAME 9
            10 - REMOVED 10
            - 10 ADDED ten
            11 11 SAME 11
            12 12 SAME 12
            13 13 SAME 13
            - - LEFT_OUT 7 lines are the same
            """);
  }

  @Test
  void betweenTwoDifferencesBothHaveTheirSurroundings() {
    String before = numbers(1, 20);
    String after = before.replace("2\n3\n", "two\n3\n").replace("18\n", "eighteen\n");
    assertThat(drawn(before, after))
        .contains("- - LEFT_OUT 9 lines are the same")
        .contains("5 5 SAME 5\n- - LEFT_OUT")
        .contains("lines are the same\n15 15 SAME 15\n");
  }

  @Test
  void aSingleLineIsNotLeftOut() {
    String before = numbers(1, 9);
    assertThat(drawn(before, before.replace("1\n2", "one\n2").replace("9\n", "nine\n")))
        .doesNotContain("LEFT_OUT");
  }

  @Test
  void whatWouldTakeTooLongIsNotCompared() {
    TextDifference difference = TextDifference.of("a\n".repeat(20_001), "b");
    assertThat(difference.tooLong()).isTrue();
    assertThat(difference.sentence()).contains("too long");
  }

  @Test
  void itIsCounted() {
    assertThat(TextDifference.of("a\nb", "a\nc\nd").sentence())
        .isEqualTo("2 lines added, 1 removed.");
  }

  private static String drawn(String before, String after) {
    return TextDifference.of(before, after).lines().stream()
        .map(line ->
            "%s %s %s %s\n"
                .formatted(
                    line.before() == null ? "-" : line.before(),
                    line.after() == null ? "-" : line.after(),
                    line.kind(),
                    line.text()))
        .collect(joining());
  }

  private static String numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(n -> n + "\n").collect(joining());
  }
}
