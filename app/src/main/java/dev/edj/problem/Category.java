package dev.edj.problem;

/// What kind of trouble it is, from which HTTP status and exit code follow.
public enum Category {
  BAD_INPUT(400),
  UNAUTHORIZED(401),
  FORBIDDEN(403),
  NOT_FOUND(404),
  CONFLICT(409),
  TOO_LARGE(413),
  TOO_MANY(429),
  UNAVAILABLE(503),
  INTERNAL(500);

  private final int httpStatus;

  Category(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  public int httpStatus() {
    return httpStatus;
  }
}
