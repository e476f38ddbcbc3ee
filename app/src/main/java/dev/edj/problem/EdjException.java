package dev.edj.problem;

import org.jspecify.annotations.Nullable;

/// A request that cannot be honoured. The message says what was tried on what and what to do; a
/// target's failure is never one of these but data of its execution.
public final class EdjException extends RuntimeException {

  private final ErrorCode code;
  private final @Nullable String field;

  public EdjException(ErrorCode code, @Nullable String field, String message) {
    this(code, field, message, null);
  }

  public EdjException(
      ErrorCode code, @Nullable String field, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.field = field;
  }

  public static EdjException invalid(String field, String reason) {
    return new EdjException(ErrorCode.INVALID_FIELD, field, field + ": " + reason);
  }

  public static EdjException notFound(String noun, String name) {
    return new EdjException(
        ErrorCode.NOT_FOUND, null, "%s '%s' does not exist".formatted(noun, name));
  }

  public static EdjException alreadyExists(String noun, String name) {
    return new EdjException(
        ErrorCode.ALREADY_EXISTS,
        "name",
        "%s '%s' exists already; nothing was changed".formatted(noun, name));
  }

  public static EdjException inUse(String noun, String name, String users) {
    return new EdjException(
        ErrorCode.IN_USE,
        null,
        "%s '%s' is used by %s; nothing was changed".formatted(noun, name, users));
  }

  public ErrorCode code() {
    return code;
  }

  public Category category() {
    return code.category();
  }

  /// The request's field the trouble is in, where it is in one.
  public @Nullable String field() {
    return field;
  }

  public String text() {
    return String.valueOf(getMessage());
  }
}
