package dev.edj.portal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.execution.ErrorGroup;
import dev.edj.execution.ErrorGroup.Member;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ErrorsViewTest {

  private static final UUID RUN = new UUID(0, 1);
  private static final UUID CHILD = new UUID(0, 2);

  @Test
  void aGroupLeadsToItsDatabasesByItsMessage() {
    ErrorsView view = ErrorsView.of(RUN, List.of(group("no … in\n  line 2", 42)));
    ErrorGroup group = view.groups().getFirst();

    assertThat(view.count(group)).isEqualTo("42 databases");
    assertThat(view.places(group)).isEqualTo("a/x and 41 more");
    assertThat(view.path(group))
        .hasToString("/executions/" + RUN + "?error=no%20%2A%20in%2Aline%202");
  }

  @Test
  void oneDatabaseIsLedToDirectly() {
    ErrorsView view = ErrorsView.of(RUN, List.of(group("no", 1)));
    assertThat(view.count(view.groups().getFirst())).isEqualTo("x");
    assertThat(view.path(view.groups().getFirst())).hasToString("/executions/" + CHILD);
  }

  @Test
  void ofVeryManyMessagesTheMostFrequentAreShown() {
    ErrorsView view =
        ErrorsView.of(
            RUN, IntStream.range(0, 50).mapToObj(i -> group("message " + i, 50 - i)).toList());
    assertThat(view.groups()).hasSize(20);
    assertThat(view.others()).isEqualTo(30);
  }

  private static ErrorGroup group(String message, int size) {
    return new ErrorGroup(message, size, List.of(new Member(CHILD, "a", "x")));
  }
}
