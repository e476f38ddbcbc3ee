package dev.edj.portal.site;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.web.ApiPaths;
import dev.edj.web.FailureProblems;
import dev.edj.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.NoHandlerFoundException;

/// Answers whatever fails on the way to a page with a page that says so, or where a part of a page
/// was asked for with the sentence alone.
public final class ErrorPages implements HandlerExceptionResolver, Ordered {

  private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);

  private final Fragments fragments;
  private final Allowances allowances;

  ErrorPages(Fragments fragments, Allowances allowances) {
    this.fragments = fragments;
    this.allowances = allowances;
  }

  /// Before those who answer programs.
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception failure) {
    if (ApiPaths.include(request)) {
      return null;
    }
    try {
      write(request, response, failure);
    } catch (IOException e) {
      log.debug("the browser did not wait for its answer", e);
    }
    return new ModelAndView();
  }

  public void write(HttpServletRequest request, HttpServletResponse response, Exception failure)
      throws IOException {
    if (failure instanceof AsyncRequestNotUsableException || response.isCommitted()) {
      log.debug("the browser did not wait for its answer", failure);
      return;
    }
    write(request, response, problem(failure));
  }

  public void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    Map<String, Object> variables =
        Map.of(
            "site", Site.of(request, response), "may", allowances.of(request), "problem", problem);
    byte[] page =
        (isPart(request)
                ? fragments.render("fragments", "toast", variables)
                : fragments.page("error", variables))
            .getBytes(StandardCharsets.UTF_8);
    response.resetBuffer();
    if (isPart(request)) {
      response.setHeader("HX-Retarget", "#toasts");
      response.setHeader("HX-Reswap", "beforeend");
    }
    response.setStatus(problem.status());
    response.setContentType(MediaType.TEXT_HTML_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setContentLength(page.length);
    response.getOutputStream().write(page);
  }

  private static boolean isPart(HttpServletRequest request) {
    return request.getHeader("HX-Request") != null;
  }

  private static Problem problem(Exception failure) {
    return switch (failure) {
      case NoHandlerFoundException _ -> noPage();
      case MethodArgumentTypeMismatchException e ->
          e.getParameter().hasParameterAnnotation(PathVariable.class)
              ? noPage()
              : invalid(e.getName(), "cannot be '%s'".formatted(e.getValue()));
      case MissingServletRequestParameterException e ->
          invalid(e.getParameterName(), "must be given");
      case InvalidParameterException _ ->
          invalid("query", "cannot be read: it is malformed, or the form is too large");
      case HttpRequestMethodNotSupportedException e ->
          Problem.of(
              HttpStatus.METHOD_NOT_ALLOWED,
              ErrorCode.METHOD_NOT_ALLOWED,
              null,
              "%s is not possible here".formatted(e.getMethod()));
      case BindException e -> {
        FieldError wrong = e.getFieldError();
        yield invalid(wrong == null ? "query" : wrong.getField(), "cannot be read");
      }
      default -> FailureProblems.of(failure);
    };
  }

  private static Problem noPage() {
    return Problem.of(
        HttpStatus.NOT_FOUND, ErrorCode.NOT_FOUND, null, "There is no page at this address.");
  }

  private static Problem invalid(String field, String reason) {
    return Problem.of(EdjException.invalid(field, reason));
  }
}
