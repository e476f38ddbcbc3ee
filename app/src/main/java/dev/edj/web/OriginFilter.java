package dev.edj.web;

import dev.edj.access.Caller;
import dev.edj.audit.Actor;
import dev.edj.audit.Origin;
import dev.edj.scope.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/// Has the audit log know whose request it is, and from where, and whatever it does be held to
/// where they may do it. Stands behind whatever finds out who that is.
public final class OriginFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Caller> caller = SignedInCaller.find();
    Actor actor = caller.map(Caller::actor).orElse(Actor.ANONYMOUS);
    Scope scope = caller.map(Caller::scope).orElse(Scope.NOBODY);
    try {
      new Origin(actor, request.getRemoteAddr())
          .call(() ->
              scope.call(() -> {
                chain.doFilter(request, response);
                return null;
              }));
    } catch (ServletException | IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }
}
