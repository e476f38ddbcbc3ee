package dev.edj.problem;

/// The stable names of what can be wrong; programs match on these, people read the message.
public enum ErrorCode {
  INVALID_FIELD(Category.BAD_INPUT),
  INVALID_SCRIPT(Category.BAD_INPUT),
  INVALID_PACKAGE(Category.BAD_INPUT),
  INVALID_BODY(Category.BAD_INPUT),
  METHOD_NOT_ALLOWED(Category.BAD_INPUT),
  UNSUPPORTED_MEDIA_TYPE(Category.BAD_INPUT),
  NOT_ACCEPTABLE(Category.BAD_INPUT),
  TOO_LARGE(Category.TOO_LARGE),
  NOT_FOUND(Category.NOT_FOUND),
  NO_RESULTS(Category.NOT_FOUND),
  ALREADY_EXISTS(Category.CONFLICT),
  IN_USE(Category.CONFLICT),
  CHANGED_MEANWHILE(Category.CONFLICT),
  BUILT_IN(Category.CONFLICT),
  JOB_DISABLED(Category.CONFLICT),
  JOB_BEING_DELETED(Category.CONFLICT),
  NOT_ENDED(Category.CONFLICT),
  NOTHING_TO_DO(Category.CONFLICT),
  SERVER_NOT_ALLOWED(Category.CONFLICT),
  PASSWORD_REQUIRED(Category.BAD_INPUT),
  UNAUTHORIZED(Category.UNAUTHORIZED),
  FORBIDDEN(Category.FORBIDDEN),
  OUTSIDE_COLLECTIONS(Category.FORBIDDEN),
  LAST_ADMINISTRATOR(Category.CONFLICT),
  TOO_MANY_SIGN_INS(Category.TOO_MANY),
  TOO_MANY_REQUESTS(Category.TOO_MANY),
  CONTROL_DATABASE_UNAVAILABLE(Category.UNAVAILABLE),
  PROVIDER_UNAVAILABLE(Category.UNAVAILABLE),
  TARGET_UNREACHABLE(Category.CONFLICT),
  NODE_GONE(Category.CONFLICT),
  SETUP(Category.UNAVAILABLE),
  TOKEN_UNAVAILABLE(Category.UNAVAILABLE),
  STOPPING(Category.UNAVAILABLE),
  BUSY(Category.UNAVAILABLE),
  INTERNAL(Category.INTERNAL);

  private final Category category;

  ErrorCode(Category category) {
    this.category = category;
  }

  public Category category() {
    return category;
  }
}
