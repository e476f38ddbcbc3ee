package dev.edj.cli;

import dev.edj.execution.Counts;
import dev.edj.execution.JobExecution;
import dev.edj.text.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// How far executions are: on a terminal one line that is drawn anew, elsewhere a line whenever
/// something has changed. Used by one thread.
final class ProgressBar {

  private static final int BAR_WIDTH = 20;
  private static final int LINE_WIDTH = 79;
  private static final String TO_LINE_START = "\r\u001b[K";
  private static final String AFTER = ", after: ";
  private static final int MOST_TOLD = 10;

  private final Terminal terminal;
  private final Clock clock;
  private final Instant begin;
  private int endedAtBegin = -1;
  private String lastLine = "";
  private Set<String> lastReasons = Set.of();
  private final Set<String> told = new HashSet<>();

  ProgressBar(Terminal terminal) {
    this.terminal = terminal;
    this.clock = terminal.clock();
    this.begin = clock.instant();
  }

  void show(List<JobExecution> executions) {
    Counts sum = sum(executions);
    if (endedAtBegin < 0) {
      endedAtBegin = sum.ended();
    }
    tellWhatLasts(executions);
    String state = sum.total() == 0 ? lifecycles(executions) : sum.text();
    if (terminal.errIsTerminal()) {
      draw(sum, state);
    } else if (!state.equals(lastLine)) {
      lastLine = state;
      terminal.err().println(Times.format(clock.instant()) + "  " + state);
    }
  }

  /// Why nothing happens, in a line of its own, once for each reason that is still there when it is
  /// looked at again: whoever waits for a wrong password to become right should know it.
  private void tellWhatLasts(List<JobExecution> executions) {
    Map<String, String> causes = new LinkedHashMap<>();
    for (JobExecution execution : executions) {
      String cause = execution.lifecycle().ended() ? null : ExecutionViews.cause(execution);
      if (cause != null) {
        causes.put(cause.substring(Math.max(0, cause.indexOf(AFTER))), cause + remedy(execution));
      }
    }
    causes.forEach((reason, cause) -> {
      if (lastReasons.contains(reason) && told.size() < MOST_TOLD && told.add(reason)) {
        clear();
        terminal.err().println("Waits: " + TextWidth.oneLine(cause));
      }
    });
    lastReasons = Set.copyOf(causes.keySet());
  }

  private static String remedy(JobExecution execution) {
    return String.valueOf(execution.waitingCause()).startsWith("approval")
        ? " (edj execution approve %s)".formatted(execution.id())
        : "";
  }

  /// Takes the drawn line away, so that something else can be written.
  void clear() {
    if (terminal.errIsTerminal()) {
      terminal.err().print(TO_LINE_START);
      terminal.err().flush();
    }
  }

  private void draw(Counts sum, String state) {
    Duration elapsed = Duration.between(begin, clock.instant());
    String line = bar(sum) + " " + elapsed(elapsed) + rate(sum, elapsed) + "  " + state;
    terminal.err().print(TO_LINE_START + TextWidth.cut(line, LINE_WIDTH));
    terminal.err().flush();
  }

  static String bar(Counts counts) {
    int total = Math.max(1, counts.total());
    int full = (int) ((long) BAR_WIDTH * counts.ended() / total);
    return "[" + "#".repeat(full) + "-".repeat(BAR_WIDTH - full) + "]";
  }

  static String elapsed(Duration elapsed) {
    String minutes = "%d:%02d".formatted(elapsed.toMinutesPart(), elapsed.toSecondsPart());
    return elapsed.toHours() == 0
        ? minutes
        : "%d:%02d:%02d"
            .formatted(elapsed.toHours(), elapsed.toMinutesPart(), elapsed.toSecondsPart());
  }

  private String rate(Counts sum, Duration elapsed) {
    int ended = sum.ended() - endedAtBegin;
    return ended <= 0 || elapsed.toMillis() < 1_000
        ? ""
        : String.format(Locale.ROOT, " %.1f/s", ended * 1_000.0 / elapsed.toMillis());
  }

  private static String lifecycles(List<JobExecution> executions) {
    return String.join(
        ", ",
        executions.stream().map(execution -> execution.lifecycle().name()).distinct().toList());
  }

  private static Counts sum(List<JobExecution> executions) {
    return executions.stream()
        .map(JobExecution::children)
        .filter(Objects::nonNull)
        .reduce(Counts.NONE, ProgressBar::sum);
  }

  private static Counts sum(Counts a, Counts b) {
    return new Counts(
        a.created() + b.created(),
        a.inProgress() + b.inProgress(),
        a.waitingForRetry() + b.waitingForRetry(),
        a.succeeded() + b.succeeded(),
        a.failed() + b.failed(),
        a.timedOut() + b.timedOut(),
        a.canceled() + b.canceled(),
        a.skipped() + b.skipped());
  }
}
