package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.execution.AttemptReport.LogPiece;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AttemptLogTest {

  @Test
  void piecesComeInOrderAndOnce() {
    AttemptLog log = new AttemptLog(100, UnaryOperator.identity());
    log.line("one");
    assertThat(log.take()).containsExactly(new LogPiece(0, "one\n"));
    assertThat(log.take()).isEmpty();
    log.line("two");
    assertThat(log.finish()).containsExactly(new LogPiece(1, "two\n"));
  }

  @Test
  void whatCouldNotBeSavedComesAgainFirst() {
    AttemptLog log = new AttemptLog(100, UnaryOperator.identity());
    log.line("one");
    List<LogPiece> unsaved = log.take();
    log.line("two");
    log.giveBack(unsaved);
    assertThat(log.finish()).containsExactly(new LogPiece(0, "one\n"), new LogPiece(1, "two\n"));
  }

  @Test
  void whatGoesOverTheLimitIsDroppedAndSaidSo() {
    AttemptLog log = new AttemptLog(10, UnaryOperator.identity());
    log.line("123456");
    log.line("abcdef");
    log.line("x".repeat(5_000));
    String text = log.finish().getFirst().text();
    assertThat(text)
        .startsWith("123456\nabc\n")
        .endsWith("[the log's limit of 10 characters was reached: 5,003 more were dropped]\n");
    assertThat(log.finish()).isEmpty();
  }
}
