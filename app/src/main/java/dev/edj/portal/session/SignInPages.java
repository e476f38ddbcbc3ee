package dev.edj.portal.session;

import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.Permission;
import dev.edj.access.SignIns;
import dev.edj.portal.site.LocalPath;
import dev.edj.portal.site.PortalCookie;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.Category;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
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

/// Signing in by a ticket, a password or the token, and signing out.
@Controller
final class SignInPages {

  private final Tickets tickets;
  private final Sessions sessions;
  private final SignIns signIns;
  private final LocalToken token;

  SignInPages(Tickets tickets, Sessions sessions, SignIns signIns, LocalToken token) {
    this.tickets = tickets;
    this.sessions = sessions;
    this.signIns = signIns;
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
          ? form(next)
          : new ModelAndView(SeeOther.path(LocalPath.checked(next)));
    }
    Caller caller;
    try {
      caller = tickets.use(ticket);
    } catch (EdjException e) {
      return refused(form(next), e.text(), e.category());
    }
    return enter(caller, next, request, response);
  }

  @PostMapping("/sign-in")
  @Allowed(Permission.ANYONE)
  ModelAndView signIn(
      SignInForm form,
      @RequestParam(required = false) @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    try {
      return enter(caller(form, request.getRemoteAddr()), next, request, response);
    } catch (EdjException e) {
      return refused(form(next), e.text(), e.category());
    }
  }

  private Caller caller(SignInForm form, String address) {
    String presented = form.token();
    if (presented == null) {
      return signIns.person(form.signIn(), address);
    }
    if (!token.matches(presented.strip())) {
      throw new EdjException(
          ErrorCode.UNAUTHORIZED, "token", "This is not the token of this service.");
    }
    return Caller.local();
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
    // Who has no role yet may see their account and nothing else.
    String path = caller.may(Permission.READ) ? LocalPath.checked(next) : "/account";
    return new ModelAndView(SeeOther.path(path));
  }

  private void endSession(HttpServletRequest request) {
    PortalCookie.SESSION.read(request).map(Secret::new).ifPresent(sessions::end);
  }

  /// The model holds nothing of what was typed.
  private static ModelAndView form(@Nullable String next) {
    String path = LocalPath.checked(next);
    return new ModelAndView(
        "sign-in",
        Map.of("next", path, "deep", !path.equals(LocalPath.HOME), "signInForm", SignInForm.EMPTY));
  }

  private static ModelAndView refused(ModelAndView page, String refusal, Category category) {
    page.addObject("refusal", refusal);
    page.setStatus(HttpStatus.valueOf(category.httpStatus()));
    return page;
  }
}
