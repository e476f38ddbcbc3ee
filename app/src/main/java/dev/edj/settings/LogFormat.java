package dev.edj.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the lines of a process's log look like.
public enum LogFormat {
  /// For people.
  TEXT,
  /// For programs: an object in each line.
  JSON;

  static LogFormat parse(String text) {
    return Arrays.stream(values())
        .filter(format -> format.text().equals(text.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is not one of %s"
                    .formatted(
                        text,
                        Arrays.stream(values())
                            .map(LogFormat::text)
                            .collect(Collectors.joining(", ")))));
  }

  /// As the option has it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
