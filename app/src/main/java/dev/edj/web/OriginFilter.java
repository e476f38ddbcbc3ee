package dev.edj.web;

import dev.edj.access.Caller;
import dev.edj.audit.Actor;
import dev.edj.audit.Origin;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Has the audit log know whose request it is, and from where. Stands behind whatever finds out who
/// that is.
public final class OriginFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Actor actor = SignedInCaller.find().map(Caller::actor).orElse(Actor.ANONYMOUS);
    try {
      new Origin(actor, request.getRemoteAddr())
          .call(() -> {
            chain.doFilter(request, response);
            return null;
          });
    } catch (ServletException | IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }
}
