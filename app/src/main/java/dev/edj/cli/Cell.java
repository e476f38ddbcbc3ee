package dev.edj.cli;

import dev.edj.execution.Lifecycle;
import dev.edj.text.Durations;
import dev.edj.text.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One value as people read it.
record Cell(String text, Style style, boolean isNumber) {

  /// The usual form of a value: times in UTC, durations short, lists with commas, null as nothing.
  static Cell of(@Nullable Object value) {
    return switch (value) {
      case null -> plain("");
      case Cell cell -> cell;
      case Lifecycle lifecycle -> new Cell(lifecycle.name(), Style.of(lifecycle), false);
      case Instant time -> plain(Times.format(time));
      case Duration duration -> plain(Durations.format(duration));
      case Boolean yes -> plain(yes ? "yes" : "no");
      case Number number -> new Cell(number.toString(), Style.PLAIN, true);
      case Collection<?> many ->
          plain(many.stream().map(String::valueOf).collect(Collectors.joining(", ")));
      default -> plain(value.toString());
    };
  }

  /// A value that may be missing, with what its absence means.
  static Cell of(@Nullable Object value, String absent) {
    return value == null ? new Cell(absent, Style.FAINT, false) : of(value);
  }

  private static Cell plain(String text) {
    return new Cell(TextWidth.withoutControls(text), Style.PLAIN, false);
  }

  /// The text on one line and no wider than `columns`, for tables.
  Cell cut(int columns) {
    return new Cell(TextWidth.cut(TextWidth.oneLine(text), columns), style, isNumber);
  }
}
