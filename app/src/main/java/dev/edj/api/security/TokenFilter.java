package dev.edj.api.security;

import dev.edj.access.Caller;
import dev.edj.access.Callers;
import dev.edj.problem.EdjException;
import dev.edj.security.LocalToken;
import dev.edj.web.FailureProblems;
import dev.edj.web.ProblemWriter;
import dev.edj.web.SignedInCaller;
import dev.edj.web.oidc.ProviderTokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// Knows whose token it is. Whoever comes without one, or with one that is not good, stays
/// anonymous and is refused where that is not enough.
final class TokenFilter extends OncePerRequestFilter {

  private static final String SCHEME = "Bearer ";

  /// Why the token that came was not taken, for whoever answers that one is needed.
  static final String REFUSAL = TokenFilter.class.getName() + ".refusal";

  private final LocalToken token;
  private final Supplier<Callers> callers;
  private final @Nullable ProviderTokens provider;
  private final ProblemWriter problems;

  /// @param callers asked for when they are needed: Spring starts before the control database has
  /// @param provider null for none
  TokenFilter(
      LocalToken token,
      Supplier<Callers> callers,
      @Nullable ProviderTokens provider,
      ProblemWriter problems) {
    this.token = token;
    this.callers = callers;
    this.provider = provider;
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
        caller = caller(header.substring(SCHEME.length()).strip(), request);
      } catch (RuntimeException e) {
        // No exception handler looks after filters.
        problems.write(response, FailureProblems.of(e));
        return;
      }
      caller.ifPresent(SignedInCaller::enter);
    }
    chain.doFilter(request, response);
  }

  /// The local token is known without the control database, and both it and users' tokens without
  /// the provider.
  private Optional<Caller> caller(String presented, HttpServletRequest request) {
    if (token.matches(presented)) {
      return Optional.of(Caller.local());
    }
    return provider != null && ProviderTokens.isForm(presented)
        ? vouched(provider, presented, request)
        : callers.get().bearer(presented);
  }

  private Optional<Caller> vouched(
      ProviderTokens provider, String presented, HttpServletRequest request) {
    try {
      return Optional.of(callers.get().admitted(provider.caller(presented)));
    } catch (EdjException e) {
      request.setAttribute(REFUSAL, e);
      return Optional.empty();
    }
  }
}
