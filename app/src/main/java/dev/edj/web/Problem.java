package dev.edj.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What every error answers, as RFC 9457 has it.
///
/// @param title of the status
/// @param detail a sentence for people
/// @param code for programs
/// @param field the field, parameter or path variable that the trouble is in
/// @param id under which the service's log has the cause; only of internal errors
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "An error, as RFC 9457 has it.")
public record Problem(
    String title,
    int status,
    String detail,
    ErrorCode code,
    @Nullable String field,
    @Nullable String id) {

  public static Problem of(EdjException e) {
    return of(HttpStatus.valueOf(e.category().httpStatus()), e.code(), e.field(), e.text());
  }

  public static Problem of(
      HttpStatus status, ErrorCode code, @Nullable String field, String detail) {
    return new Problem(status.getReasonPhrase(), status.value(), detail, code, field, null);
  }

  static Problem internal(String id) {
    return new Problem(
        HttpStatus.INTERNAL_SERVER_ERROR.getReasonPhrase(),
        HttpStatus.INTERNAL_SERVER_ERROR.value(),
        "EDJ failed in a way it should not; the service's log has the cause under the id " + id,
        ErrorCode.INTERNAL,
        null,
        id);
  }
}
