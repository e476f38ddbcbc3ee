package dev.edj.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorPlaceTest {

  @Test
  void aMessageNamesItsBatchAndItsLine() {
    assertThat(ErrorPlace.find("error 8134, severity 16, batch 2, line 17: Divide by zero"))
        .contains(new ErrorPlace(2, 17));
    assertThat(ErrorPlace.find("batch 1, line 3: no")).contains(new ErrorPlace(1, 3));
    assertThat(ErrorPlace.find("first\nSQLSTATE 22012, " + new ErrorPlace(4, 5).text() + ": no"))
        .contains(new ErrorPlace(4, 5));
  }

  @Test
  void otherMessagesNameNone() {
    assertThat(ErrorPlace.find("error 18456: login failed, see batch 2, line 3: there")).isEmpty();
    assertThat(ErrorPlace.find("")).isEmpty();
  }
}
