package dev.edj.portal.session;

import dev.edj.portal.site.ErrorPages;
import dev.edj.problem.ErrorCode;
import dev.edj.web.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Takes no large form of somebody who is not signed in. It stands before whatever reads a form's
/// fields: the server makes room for all that a form says it has before the first byte comes.
final class StrangersFormFilter extends OncePerRequestFilter {

  private static final long LARGEST_BYTES = 64 << 10;

  private final ErrorPages errors;

  StrangersFormFilter(ErrorPages errors) {
    this.errors = errors;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (SecurityContextHolder.getContext().getAuthentication() == null && mayBeLarge(request)) {
      errors.write(
          request,
          response,
          Problem.of(
              HttpStatus.CONTENT_TOO_LARGE,
              ErrorCode.TOO_LARGE,
              null,
              "This is more than anybody may send who is not signed in."));
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean mayBeLarge(HttpServletRequest request) {
    return request.getContentLengthLong() > LARGEST_BYTES
        || request.getHeader("Transfer-Encoding") != null;
  }
}
