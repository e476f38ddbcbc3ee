package dev.edj.portal.session;

import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.Permission;
import dev.edj.portal.site.LocalPath;
import dev.edj.portal.site.PortalCookie;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.security.LocalToken;
import dev.edj.security.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Signing in by a ticket or by the token, and signing out.
@Controller
final class SignInPages {

  private final Tickets tickets;
  private final Sessions sessions;
  private final LocalToken token;

  SignInPages(Tickets tickets, Sessions sessions, LocalToken token) {
    this.tickets = tickets;
    this.sessions = sessions;
    this.token = token;
  }

  @GetMapping("/sign-in")
  @Allowed(Permission.ANYONE)
  ModelAndView signIn(
      @RequestParam(required = false) @Nullable String ticket,
      @RequestParam(required = false) @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (ticket == null) {
      return request.getUserPrincipal() == null
          ? form(next, null)
          : new ModelAndView(SeeOther.path(LocalPath.checked(next)));
    }
    Caller caller;
    try {
      caller = tickets.use(ticket);
    } catch (EdjException e) {
      return form(next, e.text());
    }
    return enter(caller, next, request, response);
  }

  @PostMapping("/sign-in")
  @Allowed(Permission.ANYONE)
  ModelAndView signInWithToken(
      @RequestParam(name = "token") String presented,
      @RequestParam(required = false) @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    return token.matches(presented.strip())
        ? enter(Caller.local(), next, request, response)
        : form(next, "This is not the token of this service.");
  }

  @PostMapping("/sign-out")
  @Allowed(Permission.ANYONE)
  SeeOther signOut(HttpServletRequest request, HttpServletResponse response) {
    endSession(request);
    PortalCookie.SESSION.remove(request, response);
    return SeeOther.path("/sign-in").saying("You are signed out.");
  }

  /// A session of before does not go on under another user, nor is its secret used again.
  private ModelAndView enter(
      Caller caller,
      @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    endSession(request);
    PortalCookie.SESSION.write(request, response, sessions.begin(caller).text());
    PortalCookie.VISIT.remove(request, response);
    return new ModelAndView(SeeOther.path(LocalPath.checked(next)));
  }

  private void endSession(HttpServletRequest request) {
    PortalCookie.SESSION.read(request).map(Secret::new).ifPresent(sessions::end);
  }

  private static ModelAndView form(@Nullable String next, @Nullable String refusal) {
    String path = LocalPath.checked(next);
    ModelAndView page =
        new ModelAndView("sign-in", Map.of("next", path, "deep", !path.equals(LocalPath.HOME)));
    if (refusal != null) {
      page.addObject("refusal", refusal);
      page.setStatus(HttpStatus.UNAUTHORIZED);
    }
    return page;
  }
}
