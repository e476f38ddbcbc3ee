package dev.edj.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// The paths that programs use, with the token in each request. All others are the portal's.
public final class ApiPaths {

  private static final RequestMatcher MATCHER =
      new OrRequestMatcher(
          pattern("/api/**"),
          pattern("/actuator/**"),
          pattern("/openapi.json/**"),
          pattern("/openapi.json.yaml"));

  private ApiPaths() {}

  public static boolean include(HttpServletRequest request) {
    return MATCHER.matches(request);
  }

  private static RequestMatcher pattern(String pattern) {
    return PathPatternRequestMatcher.withDefaults().matcher(pattern);
  }
}
