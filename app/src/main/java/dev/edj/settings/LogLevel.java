package dev.edj.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How much a process writes into its log.
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  static LogLevel parse(String text) {
    return Arrays.stream(values())
        .filter(level -> level.text().equals(text.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is not one of %s"
                    .formatted(
                        text,
                        Arrays.stream(values())
                            .map(LogLevel::text)
                            .collect(Collectors.joining(", ")))));
  }

  /// As the option has it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
