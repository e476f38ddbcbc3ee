package dev.edj.portal.site;

import dev.edj.execution.Counts;
import dev.edj.execution.Lifecycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How far an execution is, as a bar with a part for each lifecycle; what is missing of it has not
/// begun.
///
/// @param text the same in words
public record Progress(String text, List<Part> parts) {

  /// A part of the bar.
  ///
  /// @param start where it begins, in percent of the bar
  /// @param width its share of the bar
  public record Part(Lifecycle lifecycle, String start, String width) {}

  /// One failure of 100,000 is still to be seen.
  private static final double NARROWEST_PERCENT = 0.6;

  static Progress of(Counts counts) {
    Bar bar = new Bar(Math.max(1, counts.total()));
    bar.add(Lifecycle.Failed, counts.failed());
    bar.add(Lifecycle.TimedOut, counts.timedOut());
    bar.add(Lifecycle.Canceled, counts.canceled());
    bar.add(Lifecycle.Skipped, counts.skipped());
    bar.add(Lifecycle.Succeeded, counts.succeeded());
    bar.add(Lifecycle.InProgress, counts.inProgress());
    bar.add(Lifecycle.WaitingForRetry, counts.waitingForRetry());
    return new Progress(counts.text(), bar.parts);
  }

  /// Built by one thread.
  private static final class Bar {

    private final List<Part> parts = new ArrayList<>();
    private final int total;
    private double end;

    Bar(int total) {
      this.total = total;
    }

    void add(Lifecycle lifecycle, int count) {
      if (count > 0) {
        double width = Math.max(NARROWEST_PERCENT, 100.0 * count / total);
        parts.add(new Part(lifecycle, percent(end), percent(width)));
        end += width;
      }
    }

    private static String percent(double number) {
      return String.format(Locale.ROOT, "%.2f%%", number);
    }
  }
}
