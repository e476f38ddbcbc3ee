package dev.edj.api.http;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.web.FailureProblems;
import dev.edj.web.Problem;
import java.io.CharConversionException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingPathVariableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;

/// Turns every exception of a route into a problem; the portal answers its own with pages.
@RestControllerAdvice
class ProblemHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

  @ExceptionHandler
  ResponseEntity<Problem> edj(EdjException e) {
    return answer(FailureProblems.of(e));
  }

  @ExceptionHandler
  ResponseEntity<Problem> body(HttpMessageNotReadableException e) {
    return answer(Problem.of(BodyProblems.of(e.getCause())));
  }

  /// The client has gone, or it waits for an answer to what it did not send to the end.
  @ExceptionHandler
  ResponseEntity<Problem> cutOff(ClientAbortException e) {
    log.debug("a body was not sent to its end", e);
    return answer(
        Problem.of(
            new EdjException(
                ErrorCode.INVALID_BODY, null, "the body ends before its announced length")));
  }

  @ExceptionHandler
  ResponseEntity<Problem> blank(MissingPathVariableException e) {
    return invalid(
        e.getVariableName(), "must be " + noun(e.getParameter().getNestedParameterType()));
  }

  @ExceptionHandler
  ResponseEntity<Problem> missing(MissingServletRequestParameterException e) {
    return invalid(e.getParameterName(), "must be given");
  }

  @ExceptionHandler
  ResponseEntity<Problem> parameter(MethodArgumentTypeMismatchException e) {
    return invalid(e.getName(), "must be " + noun(typeOfOne(e.getParameter())));
  }

  /// Tomcat could not read the parameters; where it could not decode one, it says so by a cause.
  @ExceptionHandler
  ResponseEntity<Problem> query(InvalidParameterException e) {
    return invalid(
        "query",
        e.getCause() instanceof CharConversionException
            ? "must be well-formed percent-encoding of UTF-8; write a % itself as %25"
            : "has a value without a name, or too many parameters");
  }

  @ExceptionHandler
  ResponseEntity<Problem> path(NoHandlerFoundException e) {
    return answer(
        Problem.of(
            HttpStatus.NOT_FOUND,
            ErrorCode.NOT_FOUND,
            null,
            "there is no route %s %s; /openapi.json names all"
                .formatted(e.getHttpMethod(), e.getRequestURL())));
  }

  @ExceptionHandler
  ResponseEntity<Problem> method(HttpRequestMethodNotSupportedException e) {
    Set<HttpMethod> supported = e.getSupportedHttpMethods();
    HttpHeaders headers = new HttpHeaders();
    headers.setAllow(supported == null ? Set.of() : supported);
    return answer(
        Problem.of(
            HttpStatus.METHOD_NOT_ALLOWED,
            ErrorCode.METHOD_NOT_ALLOWED,
            null,
            "%s is not possible here; %s is"
                .formatted(e.getMethod(), headers.getFirst(HttpHeaders.ALLOW))),
        headers);
  }

  @ExceptionHandler
  ResponseEntity<Problem> mediaType(HttpMediaTypeNotSupportedException e) {
    return answer(
        Problem.of(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            "Content-Type",
            "the body must be application/json"));
  }

  @ExceptionHandler
  ResponseEntity<Problem> accept(HttpMediaTypeNotAcceptableException e) {
    String possible =
        e.getSupportedMediaTypes().stream()
            .map(MediaType::toString)
            .collect(Collectors.joining(" or "));
    return answer(
        Problem.of(
            HttpStatus.NOT_ACCEPTABLE,
            ErrorCode.NOT_ACCEPTABLE,
            "Accept",
            "the answer can only be " + possible));
  }

  /// The client has gone: nobody reads an answer.
  @ExceptionHandler
  void gone(AsyncRequestNotUsableException e) {
    log.debug("the client did not wait for its answer", e);
  }

  @ExceptionHandler
  ResponseEntity<Problem> anything(Exception e) {
    return answer(FailureProblems.of(e));
  }

  private static ResponseEntity<Problem> invalid(String field, String reason) {
    return answer(Problem.of(EdjException.invalid(field, reason)));
  }

  private static ResponseEntity<Problem> answer(Problem problem) {
    return answer(problem, HttpHeaders.EMPTY);
  }

  private static ResponseEntity<Problem> answer(Problem problem, HttpHeaders headers) {
    return ResponseEntity.status(problem.status())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  /// Where a parameter may be repeated, the type of each of its values.
  private static Class<?> typeOfOne(MethodParameter parameter) {
    return Collection.class.isAssignableFrom(parameter.getParameterType())
        ? parameter.nested().getNestedParameterType()
        : parameter.nestedIfOptional().getNestedParameterType();
  }

  private static String noun(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(Object::toString)
              .collect(Collectors.joining(", "));
    }
    if (type == UUID.class) {
      return "a UUID";
    }
    if (type == Instant.class) {
      return "a time such as 2026-01-31T12:00:00Z";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    return "a whole number";
  }
}
