package dev.edj.cli;

import org.jspecify.annotations.Nullable;

/// An error as the API tells it (RFC 9457).
///
/// @param code one of [dev.edj.problem.ErrorCode], or a newer service's
/// @param field of the request, where the trouble is in one
record Problem(
    int status,
    @Nullable String title,
    @Nullable String detail,
    @Nullable String code,
    @Nullable String field) {

  CommandException toException() {
    String text =
        detail != null ? detail : title != null ? title : "the service answered " + status;
    return new CommandException(ExitCode.ofHttpStatus(status), text);
  }
}
