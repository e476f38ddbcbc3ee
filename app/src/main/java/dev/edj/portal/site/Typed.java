package dev.edj.portal.site;

import dev.edj.problem.EdjException;
import dev.edj.text.Durations;
import dev.edj.text.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was typed into a field of a form. What cannot be read is an [EdjException] that names the
/// field.
///
/// @param field the name of the form's field
public record Typed(String field, @Nullable String typed) {

  private static final Instant FIRST_YEAR = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant END_OF_YEARS = Instant.parse("+10000-01-01T00:00:00Z");

  /// Null when nothing was typed.
  public @Nullable String text() {
    return stripped(typed);
  }

  /// The same of a field of which nothing can be refused.
  public static @Nullable String stripped(@Nullable String typed) {
    return typed == null || typed.isBlank() ? null : typed.strip();
  }

  /// What has to be there.
  ///
  /// @param reason what to say when nothing was typed
  public String required(String reason) {
    String text = text();
    if (text == null) {
      throw EdjException.invalid(field, reason);
    }
    return text;
  }

  public @Nullable Integer wholeNumber() {
    String text = text();
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw EdjException.invalid(field, "'%s' is not a whole number".formatted(text));
    }
  }

  public @Nullable Double number() {
    String text = text();
    try {
      return text == null ? null : Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw EdjException.invalid(field, "'%s' is not a number".formatted(text));
    }
  }

  public @Nullable Duration duration() {
    String text = text();
    try {
      return text == null ? null : Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw EdjException.invalid(field, String.valueOf(e.getMessage()));
    }
  }

  /// As the command line reads times: also what was so long ago.
  public @Nullable Instant time(Clock clock) {
    String text = text();
    Instant time;
    try {
      time = text == null ? null : Times.parse(text, clock);
    } catch (IllegalArgumentException e) {
      throw EdjException.invalid(field, String.valueOf(e.getMessage()));
    }
    if (time != null && (time.isBefore(FIRST_YEAR) || !time.isBefore(END_OF_YEARS))) {
      throw EdjException.invalid(field, "must be in the years 0001 to 9999");
    }
    return time;
  }

  /// What stands between commas or line ends.
  public List<String> list() {
    return typed == null
        ? List.of()
        : Arrays.stream(typed.split("[,\n]"))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList();
  }

  /// `name=value`, one on each line.
  public Map<String, @Nullable String> pairs() {
    Map<String, @Nullable String> pairs = new LinkedHashMap<>();
    for (String line : lines(typed).lines().filter(text -> !text.isBlank()).toList()) {
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw EdjException.invalid(
            field, "'%s' is not a name and a value such as region=eu".formatted(line.strip()));
      }
      String name = line.substring(0, equals).strip();
      if (pairs.put(name, line.substring(equals + 1)) != null) {
        throw EdjException.invalid(field, "'%s' stands there twice".formatted(name));
      }
    }
    return pairs;
  }

  public <E extends Enum<E>> @Nullable E oneOf(Class<E> type) {
    String text = text();
    return text == null
        ? null
        : Arrays.stream(type.getEnumConstants())
            .filter(value -> value.name().equals(text))
            .findFirst()
            .orElseThrow(() -> EdjException.invalid(field, "'%s' is none".formatted(text)));
  }

  /// Those that are not blank; for what may hold commas, as names of databases do.
  public static List<String> eachLine(@Nullable String typed) {
    return typed == null
        ? List.of()
        : typed.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /// A text of several lines, whose ends browsers send as CR LF; empty when nothing was typed.
  public static String lines(@Nullable String typed) {
    return typed == null ? "" : typed.replace("\r\n", "\n");
  }
}
