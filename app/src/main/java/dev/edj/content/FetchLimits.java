package dev.edj.content;

import java.time.Duration;

/// How long a fetch may take.
///
/// @param connecting to one host
/// @param silence between two parts of an answer
/// @param whole with all redirects
public record FetchLimits(Duration connecting, Duration silence, Duration whole) {

  public static final FetchLimits USUAL =
      new FetchLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(2));
}
