package dev.edj.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a span stands: in which trace, and which one it is.
///
/// @param traceId 32 hexadecimal digits
/// @param spanId 16 hexadecimal digits
public record SpanContext(String traceId, String spanId) {

  /// The header by which whoever asks says where they stand (W3C Trace Context).
  public static final String HEADER = "traceparent";

  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");
  private static final Pattern ZEROS = Pattern.compile("0+");

  /// Of an execution as a whole: its id without the dashes, whose last half is random.
  public static SpanContext ofExecution(UUID id) {
    HexFormat hex = HexFormat.of();
    String last = hex.toHexDigits(id.getLeastSignificantBits());
    return new SpanContext(hex.toHexDigits(id.getMostSignificantBits()) + last, last);
  }

  /// Another one of the same trace.
  public SpanContext another() {
    return new SpanContext(
        traceId,
        HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)));
  }

  /// What the header says; empty when it says nothing that can be read, which is no reason to
  /// refuse a request.
  public static Optional<SpanContext> parse(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    Matcher matcher = TRACEPARENT.matcher(header.strip());
    return matcher.matches()
            && !ZEROS.matcher(matcher.group(1)).matches()
            && !ZEROS.matcher(matcher.group(2)).matches()
        ? Optional.of(new SpanContext(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }
}
