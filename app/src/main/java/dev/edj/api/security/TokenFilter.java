package dev.edj.api.security;

import dev.edj.access.Caller;
import dev.edj.access.Callers;
import dev.edj.security.LocalToken;
import dev.edj.web.FailureProblems;
import dev.edj.web.ProblemWriter;
import dev.edj.web.SignedInCaller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// Knows whose token it is. Whoever comes without one, or with one that is not good, stays
/// anonymous and is refused where that is not enough.
final class TokenFilter extends OncePerRequestFilter {

  private static final String SCHEME = "Bearer ";

  private final LocalToken token;
  private final Supplier<Callers> callers;
  private final ProblemWriter problems;

  /// @param callers asked for when they are needed: Spring starts before the control database has
  TokenFilter(LocalToken token, Supplier<Callers> callers, ProblemWriter problems) {
    this.token = token;
    this.callers = callers;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      Optional<Caller> caller;
      try {
        caller = caller(header.substring(SCHEME.length()).strip());
      } catch (RuntimeException e) {
        // No exception handler looks after filters.
        problems.write(response, FailureProblems.of(e));
        return;
      }
      caller.ifPresent(SignedInCaller::enter);
    }
    chain.doFilter(request, response);
  }

  /// The local token is known without the control database.
  private Optional<Caller> caller(String presented) {
    return token.matches(presented) ? Optional.of(Caller.local()) : callers.get().bearer(presented);
  }
}
