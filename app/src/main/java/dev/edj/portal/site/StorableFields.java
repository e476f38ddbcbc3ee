package dev.edj.portal.site;

import dev.edj.problem.NameSearch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Refuses what no text of the control database can hold, in whichever field it is sent: nobody
/// types it, and no form has to look for it.
final class StorableFields implements HandlerInterceptor {

  private static final String PORTAL = "dev.edj.portal.";

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method
        && method.getBeanType().getName().startsWith(PORTAL)) {
      request
          .getParameterMap()
          .forEach((name, values) -> {
            for (String value : values) {
              NameSearch.requireStorable(name, value);
            }
          });
    }
    return true;
  }
}
