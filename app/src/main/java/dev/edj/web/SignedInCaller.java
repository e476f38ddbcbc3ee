package dev.edj.web;

import dev.edj.access.Caller;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/// Who this request is from, as Spring Security keeps it while the request is answered.
public final class SignedInCaller {

  private SignedInCaller() {}

  public static void enter(Caller caller) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(caller, null, List.of()));
    SecurityContextHolder.setContext(context);
  }

  /// Empty for a stranger.
  public static Optional<Caller> find() {
    Authentication known = SecurityContextHolder.getContext().getAuthentication();
    return known != null && known.getPrincipal() instanceof Caller caller
        ? Optional.of(caller)
        : Optional.empty();
  }
}
