package dev.edj.cli;

import dev.edj.problem.Category;

/// What a script can tell from the exit code of `edj`.
enum ExitCode {
  DONE(0, "done"),
  NOT_SUCCEEDED(
      1,
      "the execution waited for ended, and did not succeed; the audit log is not intact; the doctor"
          + " found an error; the test of a notice was not taken; what was to be printed could not be"),
  BAD_INPUT(2, "bad usage or bad input; nothing was changed"),
  UNAVAILABLE(3, "the service, or a JDK to run on, cannot be reached or found"),
  NOT_FOUND(4, "what was named does not exist"),
  CONFLICT(5, "it exists already, is in use, or its state does not allow this"),
  WAIT_TIMED_OUT(6, "the wait timed out; the execution goes on"),
  NOT_ALLOWED(7, "the token is missing, wrong, or not enough for this"),
  FAULT(70, "a fault of EDJ itself"),
  INTERRUPTED(130, "Ctrl-C; a started execution goes on, but that of a query");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  int number() {
    return number;
  }

  String meaning() {
    return meaning;
  }

  static ExitCode of(Category category) {
    return switch (category) {
      case BAD_INPUT, TOO_LARGE -> BAD_INPUT;
      case UNAUTHORIZED, FORBIDDEN -> NOT_ALLOWED;
      case NOT_FOUND -> NOT_FOUND;
      case CONFLICT -> CONFLICT;
      case UNAVAILABLE, TOO_MANY -> UNAVAILABLE;
      case INTERNAL -> FAULT;
    };
  }

  static ExitCode ofHttpStatus(int status) {
    return switch (status) {
      case 401, 403 -> NOT_ALLOWED;
      case 404, 410 -> NOT_FOUND;
      case 409, 412, 428 -> CONFLICT;
      case 408, 429, 502, 503, 504 -> UNAVAILABLE;
      default -> status >= 400 && status < 500 ? BAD_INPUT : FAULT;
    };
  }
}
