package dev.edj.api.http;

import dev.edj.problem.EdjException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/// Refuses query parameters that the route does not know, that are empty, or that are given twice
/// where one is meant: a misspelt filter must not list everything. Forms of the portal send fields
/// that are empty.
final class StrictQuery implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getQueryString() != null
        && handler instanceof HandlerMethod method
        && isOurs(method)) {
      request.getParameterMap(); // throws when the query cannot be decoded
      Map<String, Boolean> known = repeatableByName(method);
      UriComponentsBuilder.newInstance()
          .query(request.getQueryString())
          .build()
          .getQueryParams()
          .forEach((name, values) ->
              check(known, UriUtils.decode(name, StandardCharsets.UTF_8), values));
    }
    return true;
  }

  private static boolean isOurs(HandlerMethod method) {
    return method.getBeanType().getPackageName().startsWith("dev.edj.api");
  }

  private static void check(Map<String, Boolean> known, String name, List<String> values) {
    Boolean repeatable = known.get(name);
    if (repeatable == null) {
      throw EdjException.invalid(
          name,
          known.isEmpty()
              ? "there is no such parameter; this route has none"
              : "there is no such parameter; there are " + String.join(", ", known.keySet()));
    }
    if (values.size() > 1 && !repeatable) {
      throw EdjException.invalid(name, "is given more than once");
    }
    for (String value : values) {
      if (value == null || UriUtils.decode(value, StandardCharsets.UTF_8).isBlank()) {
        throw EdjException.invalid(name, "is empty; leave it out instead");
      }
      if (value.contains("%00")) {
        throw EdjException.invalid(name, "must not hold the character U+0000");
      }
    }
  }

  private static Map<String, Boolean> repeatableByName(HandlerMethod method) {
    Map<String, Boolean> known = new TreeMap<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      if (parameter.hasParameterAnnotation(RequestParam.class)) {
        known.put(
            String.valueOf(parameter.getParameter().getName()),
            Collection.class.isAssignableFrom(parameter.getParameterType()));
      }
    }
    return known;
  }
}
