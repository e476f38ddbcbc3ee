package dev.edj.portal.site;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/// Gives every page what the layout needs.
final class SiteInterceptor implements HandlerInterceptor {

  private final Allowances allowances;

  SiteInterceptor(Allowances allowances) {
    this.allowances = allowances;
  }

  @Override
  public void postHandle(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable ModelAndView page) {
    if (page != null && page.isReference()) {
      page.addObject("site", Site.of(request, response));
      page.addObject("may", allowances.of(request));
    }
  }
}
