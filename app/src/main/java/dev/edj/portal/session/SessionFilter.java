package dev.edj.portal.session;

import dev.edj.access.Caller;
import dev.edj.portal.site.Assets;
import dev.edj.portal.site.PortalCookie;
import dev.edj.security.Secret;
import dev.edj.web.SignedInCaller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.web.filter.OncePerRequestFilter;

/// Knows who comes with a session. Whoever comes without one, or with one that has ended, stays
/// anonymous.
final class SessionFilter extends OncePerRequestFilter {

  private final Supplier<Sessions> sessions;

  /// @param sessions asked for when they are needed: Spring starts before the control database has
  SessionFilter(Supplier<Sessions> sessions) {
    this.sessions = sessions;
  }

  /// Assets are the same for everybody.
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getRequestURI().startsWith(Assets.PATH);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    caller(request).ifPresent(SignedInCaller::enter);
    chain.doFilter(request, response);
  }

  /// Whether the session that a request came with goes on. What a page asks for by itself is no use
  /// of the session.
  boolean isSignedIn(HttpServletRequest request) {
    return PortalCookie.SESSION
        .read(request)
        .flatMap(text -> sessions.get().caller(new Secret(text)))
        .isPresent();
  }

  private Optional<Caller> caller(HttpServletRequest request) {
    return PortalCookie.SESSION
        .read(request)
        .map(Secret::new)
        .flatMap(secret ->
            isByItself(request) ? sessions.get().caller(secret) : sessions.get().use(secret));
  }

  /// Live pages read again by a stream, or say that nobody asked for it.
  private static boolean isByItself(HttpServletRequest request) {
    return request.getRequestURI().endsWith("/events")
        || request.getHeader("EDJ-By-Itself") != null;
  }
}
