package dev.edj.trace;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that was done, and how long it took.
///
/// @param parentId the span of which it is a part; null for none
/// @param attributes texts and numbers, by names of OpenTelemetry's conventions or with `edj.`
///   before
/// @param failure why it did not succeed, in a word; null when it did
/// @param link a span of another trace that has to do with it
public record Span(
    SpanContext context,
    @Nullable String parentId,
    String name,
    Kind kind,
    Instant start,
    Instant end,
    Map<String, Object> attributes,
    @Nullable String failure,
    @Nullable SpanContext link) {

  public Span {
    attributes = Map.copyOf(attributes);
  }

  /// What it is to others.
  public enum Kind {
    /// Work within the service.
    INTERNAL(1),
    /// An answer to a request.
    SERVER(2),
    /// A request to another server, such as a database.
    CLIENT(3);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /// In the protocol.
    int number() {
      return number;
    }
  }
}
