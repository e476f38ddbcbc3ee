package dev.edj.portal.session;

import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.Permission;
import dev.edj.portal.site.LocalPath;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.security.LocalToken;
import dev.edj.web.SignedInCaller;
import dev.edj.web.oidc.ProviderSignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
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
  private final Entrance entrance;
  private final LocalToken token;
  private final ObjectProvider<ProviderSignIn> provider;

  SignInPages(
      Tickets tickets,
      Entrance entrance,
      LocalToken token,
      ObjectProvider<ProviderSignIn> provider) {
    this.tickets = tickets;
    this.entrance = entrance;
    this.token = token;
    this.provider = provider;
  }

  @GetMapping("/sign-in")
  @Allowed(Permission.ANYONE)
  ModelAndView signIn(
      @RequestParam(required = false) @Nullable String ticket,
      @RequestParam(required = false) @Nullable String next,
      @RequestParam(required = false) @Nullable String left,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (ticket == null) {
      return request.getUserPrincipal() == null
          ? form(next, null).addObject("left", left != null)
          : new ModelAndView(SeeOther.path(LocalPath.checked(next)));
    }
    Caller caller;
    try {
      caller = tickets.use(ticket);
    } catch (EdjException e) {
      return form(next, e.text());
    }
    return entrance.enter(caller, next, request, response);
  }

  @PostMapping("/sign-in")
  @Allowed(Permission.ANYONE)
  ModelAndView signInWithToken(
      @RequestParam(name = "token") String presented,
      @RequestParam(required = false) @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    return token.matches(presented.strip())
        ? entrance.enter(Caller.local(), next, request, response)
        : form(next, "This is not the token of this service.");
  }

  @PostMapping("/sign-out")
  @Allowed(Permission.ANYONE)
  SeeOther signOut(HttpServletRequest request, HttpServletResponse response) {
    boolean vouched = SignedInCaller.find().filter(Caller.Vouched.class::isInstance).isPresent();
    entrance.leave(request, response);
    return SeeOther.path(vouched ? "/sign-in?left=provider" : "/sign-in")
        .saying("You are signed out.");
  }

  private ModelAndView form(@Nullable String next, @Nullable String refusal) {
    String path = LocalPath.checked(next);
    ModelAndView page =
        new ModelAndView("sign-in", Map.of("next", path, "deep", !path.equals(LocalPath.HOME)));
    provider.ifAvailable(there -> page.addObject("provider", there.label()));
    if (refusal != null) {
      page.addObject("refusal", refusal);
      page.setStatus(HttpStatus.UNAUTHORIZED);
    }
    return page;
  }
}
