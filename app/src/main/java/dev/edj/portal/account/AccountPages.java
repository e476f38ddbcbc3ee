package dev.edj.portal.account;

import dev.edj.access.Account;
import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.MadeToken;
import dev.edj.access.Permission;
import dev.edj.access.Role;
import dev.edj.access.Token;
import dev.edj.access.Tokens;
import dev.edj.access.Users;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/// Who one is here, one's password, and one's tokens.
@Controller
final class AccountPages {

  private final Users users;
  private final Tokens tokens;

  AccountPages(Users users, Tokens tokens) {
    this.users = users;
    this.tokens = tokens;
  }

  @GetMapping({"/account", "/account/password", "/account/tokens"})
  @Allowed(Permission.OWN)
  ModelAndView account(@AuthenticationPrincipal Caller caller) {
    return page(caller, TokenForm.EMPTY);
  }

  /// Every session of the password before ends, this one too.
  @PostMapping("/account/password")
  @Allowed(Permission.OWN)
  Object changePassword(
      @AuthenticationPrincipal Caller caller, PasswordForm form, HttpServletRequest request) {
    try {
      users.changePassword(caller, form.before(), form.checked(), request.getRemoteAddr());
      return SeeOther.path("/sign-in").saying("Your password is changed; sign in with it.");
    } catch (EdjException e) {
      return refused(page(caller, TokenForm.EMPTY), e);
    }
  }

  /// The answer is the one place where the token's secret is ever shown.
  @PostMapping("/account/tokens")
  @Allowed(Permission.OWN)
  ModelAndView createToken(@AuthenticationPrincipal Caller caller, TokenForm form) {
    MadeToken made;
    try {
      made = tokens.create(caller, form.newToken(null));
    } catch (EdjException e) {
      return refused(page(caller, form), e);
    }
    ModelAndView page = page(caller, TokenForm.EMPTY);
    page.addObject("made", made);
    page.setStatus(HttpStatus.CREATED);
    return page;
  }

  @GetMapping("/account/tokens/{id}/revoke")
  @Allowed(Permission.OWN)
  ModelAndView askToRevoke(@AuthenticationPrincipal Caller caller, @PathVariable long id) {
    Token token = tokens.found(caller, id);
    return new ModelAndView(
        "ask",
        "ask",
        new Ask(
            "Revoke token %s?".formatted(token.name()),
            "Whatever uses it is refused from now on.",
            PagePath.of("account", "tokens", id, "revoke"),
            "Revoke it",
            PagePath.of("account")));
  }

  @PostMapping("/account/tokens/{id}/revoke")
  @Allowed(Permission.OWN)
  SeeOther revoke(@AuthenticationPrincipal Caller caller, @PathVariable long id) {
    tokens.revoke(caller, id);
    return SeeOther.page("account").saying("The token is revoked.");
  }

  private ModelAndView page(Caller caller, TokenForm form) {
    ModelAndView page = new ModelAndView("account");
    page.addObject("account", Account.of(caller));
    page.addObject("tokens", own(caller));
    page.addObject("roles", rolesOf(caller));
    page.addObject("form", form);
    // Under the name that Spring itself keeps what was sent, nothing of the password.
    page.addObject("passwordForm", PasswordForm.EMPTY);
    return page;
  }

  /// An administrator may see those of others, on another page.
  private List<Token> own(Caller caller) {
    return caller instanceof Caller.Local ? List.of() : tokens.list(caller, caller.name());
  }

  private static List<Role> rolesOf(Caller caller) {
    return Arrays.stream(Role.values())
        .filter(role -> caller.role().filter(own -> own.includes(role)).isPresent())
        .toList();
  }

  static ModelAndView refused(ModelAndView page, EdjException e) {
    page.addObject("refusal", Refusal.of(e));
    page.setStatus(HttpStatus.valueOf(e.category().httpStatus()));
    return page;
  }
}
