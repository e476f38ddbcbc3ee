package dev.edj.portal.site;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers with a page what fails beside the controllers: in filters, and while a template is
/// rendered.
public final class FailureFilter extends OncePerRequestFilter {

  private final ErrorPages errors;

  public FailureFilter(ErrorPages errors) {
    this.errors = errors;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException e) {
      errors.write(request, response, e.getRootCause() instanceof Exception cause ? cause : e);
    } catch (RuntimeException e) {
      errors.write(request, response, e);
    }
  }
}
