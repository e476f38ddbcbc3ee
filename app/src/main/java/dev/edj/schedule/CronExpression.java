package dev.edj.schedule;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A cron expression of five fields, as on UNIX, or of six with the second first. When both the day
/// of the month and the day of the week are limited, either is enough.
///
/// The library reads it and finds the next time on a clock without daylight saving, and nothing
/// else: its own rule for daylight saving is not ours.
public final class CronExpression {

  private static final String FIELD = "cron";
  private static final List<String> NAMES =
      List.of("second", "minute", "hour", "day of the month", "month", "day of the week");
  private static final int HOUR = NAMES.indexOf("hour");
  private static final Set<String> EVERY_HOUR = Set.of("*", "*/1", "0-23", "0-23/1");
  private static final int LONGEST = 200;

  /// Narrower than the library, which also reads what no cron does: `/5`, or `|` between two.
  private static final Pattern LIST = list("(?:[0-9]{1,2}|[A-Z]{3})");

  private final String text;
  private final boolean everyHour;
  private final ExecutionTime times;

  private CronExpression(String text, boolean everyHour, ExecutionTime times) {
    this.text = text;
    this.everyHour = everyHour;
    this.times = times;
  }

  /// An [EdjException] that names the part that is wrong when it is no cron expression.
  public static CronExpression parse(String text) {
    if (text.length() > LONGEST) {
      throw EdjException.invalid(FIELD, "has more than %d characters".formatted(LONGEST));
    }
    String normal = String.join(" ", text.strip().toUpperCase(Locale.ROOT).split("\\s+", -1));
    List<String> fields = fields(normal);
    for (int i = 0; i < fields.size(); i++) {
      if (!LIST.matcher(fields.get(i)).matches()) {
        throw EdjException.invalid(
            FIELD,
            "'%s' is not a %s; write *, 5, 1-5, */10, 1,15 or MON-FRI"
                .formatted(fields.get(i), NAMES.get(i)));
      }
    }
    return new CronExpression(normal, EVERY_HOUR.contains(fields.get(HOUR)), times(fields));
  }

  /// Whether it leaves no hour of its days out.
  boolean everyHour() {
    return everyHour;
  }

  /// The first time after `after`; empty when there is none within any span of years.
  Optional<LocalDateTime> next(LocalDateTime after) {
    ZonedDateTime second = after.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneOffset.UTC);
    return times.nextExecution(second).map(ZonedDateTime::toLocalDateTime);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronExpression expression && expression.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static List<String> fields(String text) {
    List<String> fields = List.of(text.split(" ", -1));
    if (fields.size() == NAMES.size()) {
      return fields;
    }
    if (fields.size() == NAMES.size() - 1) {
      return List.of(("0 " + text).split(" ", -1));
    }
    throw EdjException.invalid(
        FIELD,
        "'%s' has %s; an expression has five fields: minute, hour, day of the month, month, day of"
                .formatted(text, text.isEmpty() ? "none" : String.valueOf(fields.size()))
            + " the week; or six, with the second first");
  }

  private static ExecutionTime times(List<String> fields) {
    try {
      return ExecutionTime.forCron(new CronParser(definition()).parse(String.join(" ", fields)));
    } catch (IllegalArgumentException e) {
      throw new EdjException(ErrorCode.INVALID_FIELD, FIELD, FIELD + ": " + e.getMessage(), e);
    }
  }

  private static CronDefinition definition() {
    return CronDefinitionBuilder.defineCron()
        .withSeconds()
        .withStrictRange()
        .and()
        .withMinutes()
        .withStrictRange()
        .and()
        .withHours()
        .withStrictRange()
        .and()
        .withDayOfMonth()
        .withStrictRange()
        .and()
        .withMonth()
        .withStrictRange()
        .and()
        .withDayOfWeek()
        .withValidRange(0, 7)
        .withMondayDoWValue(1)
        .withIntMapping(7, 0)
        .withStrictRange()
        .and()
        .instance();
  }

  private static Pattern list(String value) {
    String part = "(?:\\*|" + value + "(?:-" + value + ")?)(?:/[0-9]{1,2})?";
    return Pattern.compile(part + "(?:," + part + ")*");
  }
}
