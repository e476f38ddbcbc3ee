package dev.edj.portal.session;

import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.Permission;
import dev.edj.access.SignIns;
import dev.edj.portal.site.LocalPath;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.Category;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.secrecy.Sensitive;
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

/// Signing in by a ticket, a password or the token, and signing out.
@Controller
final class SignInPages {

  private final Tickets tickets;
  private final Entrance entrance;
  private final SignIns signIns;
  private final LocalToken token;
  private final ObjectProvider<ProviderSignIn> provider;

  SignInPages(
      Tickets tickets,
      Entrance entrance,
      SignIns signIns,
      LocalToken token,
      ObjectProvider<ProviderSignIn> provider) {
    this.tickets = tickets;
    this.entrance = entrance;
    this.signIns = signIns;
    this.token = token;
    this.provider = provider;
  }

  @GetMapping("/sign-in")
  @Allowed(Permission.ANYONE)
  ModelAndView signIn(
      @Sensitive @RequestParam(required = false) @Nullable String ticket,
      @RequestParam(required = false) @Nullable String next,
      @RequestParam(required = false) @Nullable String left,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (ticket == null) {
      return request.getUserPrincipal() == null
          ? form(next).addObject("left", left != null)
          : new ModelAndView(SeeOther.path(LocalPath.checked(next)));
    }
    Caller caller;
    try {
      caller = tickets.use(ticket);
    } catch (EdjException e) {
      return refused(form(next), e.text(), e.category());
    }
    return entrance.enter(caller, next, request, response);
  }

  @PostMapping("/sign-in")
  @Allowed(Permission.ANYONE)
  ModelAndView signIn(
      SignInForm form,
      @RequestParam(required = false) @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    try {
      return entrance.enter(caller(form, request.getRemoteAddr()), next, request, response);
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
    boolean vouched = SignedInCaller.find().filter(Caller.Vouched.class::isInstance).isPresent();
    entrance.leave(request, response);
    return SeeOther.path(vouched ? "/sign-in?left=provider" : "/sign-in")
        .saying("You are signed out.");
  }

  /// The model holds nothing of what was typed.
  private ModelAndView form(@Nullable String next) {
    String path = LocalPath.checked(next);
    ModelAndView page =
        new ModelAndView(
            "sign-in",
            Map.of(
                "next",
                path,
                "deep",
                !path.equals(LocalPath.HOME),
                "signInForm",
                SignInForm.EMPTY));
    provider.ifAvailable(there -> page.addObject("provider", there.label()));
    return page;
  }

  private static ModelAndView refused(ModelAndView page, String refusal, Category category) {
    page.addObject("refusal", refusal);
    page.setStatus(HttpStatus.valueOf(category.httpStatus()));
    return page;
  }
}
