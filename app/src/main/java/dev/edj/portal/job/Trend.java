package dev.edj.portal.job;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.edj.execution.LatestRun;
import dev.edj.execution.Lifecycle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// How the last runs of a job ended and how long they took, as small bars, the oldest first.
///
/// @param text the same in words
record Trend(String text, List<Bar> bars) {

  /// So many runs are shown.
  static final int RUNS = 12;

  private static final double WIDTH = 6;
  private static final double GAP = 2;
  private static final double LOWEST = 0.25;
  private static final double HEIGHT = 22;

  /// A run, in a drawing 94 wide and 22 high.
  record Bar(Lifecycle lifecycle, String x, String y, String height) {}

  /// @param latest newest first
  static Trend of(List<LatestRun> latest) {
    List<LatestRun> runs = latest.reversed();
    long longest = runs.stream().mapToLong(Trend::milliseconds).max().orElse(0);
    List<Bar> bars = new ArrayList<>();
    double x = (RUNS - runs.size()) * (WIDTH + GAP);
    for (LatestRun run : runs) {
      double share = longest == 0 ? 1 : (double) milliseconds(run) / longest;
      double height = HEIGHT * (LOWEST + (1 - LOWEST) * share);
      bars.add(new Bar(run.lifecycle(), number(x), number(HEIGHT - height), number(height)));
      x += WIDTH + GAP;
    }
    return new Trend(text(runs), bars);
  }

  private static long milliseconds(LatestRun run) {
    Duration took = run.took();
    return took == null ? 0 : took.toMillis();
  }

  private static String text(List<LatestRun> runs) {
    Map<Lifecycle, Long> counts =
        runs.stream().collect(groupingBy(LatestRun::lifecycle, TreeMap::new, counting()));
    String ends =
        counts.entrySet().stream()
            .map(entry -> "%d %s".formatted(entry.getValue(), entry.getKey()))
            .collect(joining(", "));
    return "Last %s: %s".formatted(runs.size() == 1 ? "run" : runs.size() + " runs", ends);
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
