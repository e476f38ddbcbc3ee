package dev.edj.cli;

import dev.edj.schedule.NewScheduleRule;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A schedule's rule as options of the command line.
final class ScheduleOptions {

  private static final String ONCE = "Once";
  private static final String NOTHING = "";

  @Option(
      names = "--every",
      paramLabel = "INTERVAL",
      description = "15m, 1h, 2d, 1w, '3 months' or ISO 8601 (PT15M, P1M), from the start on.")
  private @Nullable String every;

  @Option(
      names = "--interval-type",
      paramLabel = "UNIT",
      description = "Once (at --start), Minutes, Hours, Days, Weeks or Months.")
  private @Nullable String intervalType;

  @Option(
      names = "--interval-count",
      paramLabel = "NUMBER",
      description = "How many of --interval-type (default: 1).")
  private @Nullable Integer intervalCount;

  @Option(
      names = "--cron",
      paramLabel = "EXPRESSION",
      description = "Five fields as of UNIX cron, or six with the second first: '0 22 * * 1-5'.")
  private @Nullable String cron;

  @Option(
      names = {"--weekdays", "--days"},
      paramLabel = "DAYS",
      description = "mon-fri, weekdays, weekends or mon,thu; with --time.")
  private @Nullable String days;

  @Option(
      names = {"--time", "--times"},
      paramLabel = "TIME",
      split = ",",
      description = "At this time of the days, such as 22:00; repeatable.")
  private @Nullable List<String> times;

  @Option(
      names = {"--at", "--one-time"},
      paramLabel = "TIME",
      description = "One time only: 2026-01-31T22:00, in the zone, or with an offset.")
  private @Nullable String at;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The time zone, such as Europe/Brussels (default: UTC).")
  private @Nullable String zone;

  @Option(
      names = "--window",
      paramLabel = "FROM-TO",
      description = "Only between these times of the day: 01:00-07:00.")
  private @Nullable String window;

  @Option(names = "--no-window", description = "The whole day.")
  private boolean wholeDay;

  @Option(
      names = {"--start", "--start-time"},
      paramLabel = "TIME",
      description = "Nothing before it; intervals count from it (default: now).")
  private @Nullable String start;

  @Option(
      names = {"--end", "--end-time"},
      paramLabel = "TIME",
      description = "Nothing after it (default: never).")
  private @Nullable String end;

  @Option(names = "--no-end", description = "Without an end.")
  private boolean endless;

  NewScheduleRule rule() {
    if (at != null && (start != null || every != null || intervalType != null)) {
      throw CommandException.badInput("--at does not go with --start, --every or --interval-type");
    }
    if (every != null && intervalType != null) {
      throw CommandException.badInput("--every and --interval-type do not go together");
    }
    if ((wholeDay && window != null) || (endless && end != null)) {
      throw CommandException.badInput("a limit cannot be given and taken away at once");
    }
    return new NewScheduleRule(
        interval(),
        intervalCount,
        at == null ? start : at,
        endless ? NOTHING : end,
        cron,
        days,
        times == null ? null : String.join(",", times),
        zone,
        edge(0),
        edge(1));
  }

  private @Nullable String interval() {
    if (at != null) {
      return ONCE;
    }
    return every == null ? intervalType : words(every);
  }

  /// `1h` as the API has it. Months are written out, because `m` is minutes.
  private static String words(String every) {
    String lower = every.strip().toLowerCase(Locale.ROOT);
    if (!lower.matches("[0-9]+\\s*[mhdw]")) {
      return every;
    }
    String number = lower.substring(0, lower.length() - 1).strip();
    return number
        + switch (lower.charAt(lower.length() - 1)) {
          case 'm' -> " minutes";
          case 'h' -> " hours";
          case 'd' -> " days";
          default -> " weeks";
        };
  }

  private @Nullable String edge(int index) {
    if (wholeDay) {
      return NOTHING;
    }
    if (window == null) {
      return null;
    }
    String[] edges = window.split("-", -1);
    if (edges.length != 2) {
      throw CommandException.badInput("--window: '%s' is not as 01:00-07:00".formatted(window));
    }
    return edges[index].strip();
  }
}
