package dev.edj.portal.account;

import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.Grant;
import dev.edj.access.MadeToken;
import dev.edj.access.Permission;
import dev.edj.access.Role;
import dev.edj.access.Tokens;
import dev.edj.access.User;
import dev.edj.access.UserChange;
import dev.edj.access.Users;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.NameQuery;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.SeeOther;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Users: who they are, what they may do, and the tokens by which programs come in as them.
@Controller
final class UserPages {

  private static final String NOUN = "users";

  private final Users users;
  private final Tokens tokens;

  UserPages(Users users, Tokens tokens) {
    this.users = users;
    this.tokens = tokens;
  }

  @GetMapping("/users")
  @Allowed(Permission.ADMINISTER)
  ModelAndView list(@ModelAttribute("query") NameQuery query) {
    return new ModelAndView(
        "users", "users", query.rows(PagePath.of(NOUN), users::list, User::name));
  }

  @GetMapping("/users/{name}")
  @Allowed(Permission.ADMINISTER)
  ModelAndView user(@PathVariable String name, @AuthenticationPrincipal Caller caller) {
    return page(name, caller, TokenForm.EMPTY);
  }

  @PostMapping("/users/{name}/enable")
  @Allowed(Permission.ADMINISTER)
  Object enable(@PathVariable String name, @AuthenticationPrincipal Caller caller) {
    return changed(
        name,
        caller,
        () -> {
          users.update(name, new UserChange(null, true));
          return "%s is enabled.".formatted(name);
        });
  }

  @PostMapping("/users/{name}/disable")
  @Allowed(Permission.ADMINISTER)
  Object disable(@PathVariable String name, @AuthenticationPrincipal Caller caller) {
    return changed(
        name,
        caller,
        () -> {
          users.update(name, new UserChange(null, false));
          return "%s is disabled, and signed out everywhere.".formatted(name);
        });
  }

  @PostMapping("/users/{name}/grants")
  @Allowed(Permission.ADMINISTER)
  Object grant(
      @PathVariable String name,
      @RequestParam(defaultValue = "") String granted,
      @RequestParam(defaultValue = "") String collection,
      @AuthenticationPrincipal Caller caller) {
    try {
      Grant grant = new Grant(role("granted", granted), Typed.stripped(collection));
      users.grant(name, grant);
      return SeeOther.page(NOUN, name)
          .saying("%s has the role %s, and has to sign in again.".formatted(name, grant));
    } catch (EdjException e) {
      ModelAndView page = page(name, caller, TokenForm.EMPTY);
      page.addObject("granted", granted);
      page.addObject("collection", collection);
      return AccountPages.refused(page, e);
    }
  }

  /// Takes a role from a user.
  ///
  /// @param collection where it is taken away; empty for wherever they have it
  @PostMapping("/users/{name}/grants/{role}/revoke")
  @Allowed(Permission.ADMINISTER)
  Object revoke(
      @PathVariable String name,
      @PathVariable String role,
      @RequestParam(defaultValue = "") String collection,
      @AuthenticationPrincipal Caller caller) {
    return changed(
        name,
        caller,
        () -> {
          Grant revoked = new Grant(role("role", role), Typed.stripped(collection));
          users.revoke(name, revoked.role(), revoked.collection());
          return "%s has the role %s no more, and has to sign in again.".formatted(name, revoked);
        });
  }

  private static Role role(String field, String typed) {
    Role role = new Typed(field, typed).oneOf(Role.class);
    if (role == null) {
      throw EdjException.invalid(field, "choose one");
    }
    return role;
  }

  /// The answer is the one place where the token's secret is ever shown.
  @PostMapping("/users/{name}/tokens")
  @Allowed(Permission.ADMINISTER)
  ModelAndView createToken(
      @PathVariable("name") String user, TokenForm form, @AuthenticationPrincipal Caller caller) {
    MadeToken made;
    try {
      made = tokens.create(caller, form.newToken(user));
    } catch (EdjException e) {
      return AccountPages.refused(page(user, caller, form), e);
    }
    ModelAndView page = page(user, caller, TokenForm.EMPTY);
    page.addObject("made", made);
    page.setStatus(HttpStatus.CREATED);
    return page;
  }

  @GetMapping("/users/{name}/delete")
  @Allowed(Permission.ADMINISTER)
  ModelAndView askToDelete(@PathVariable String name) {
    return new ModelAndView(
        "ask",
        "ask",
        new Ask(
            "Delete user %s?".formatted(users.named(name).name()),
            "They are signed out everywhere, and programs with their tokens are refused from now on."
                + " What they did stays under their name.",
            PagePath.of(NOUN, name, "delete"),
            "Delete them",
            PagePath.of(NOUN, name)));
  }

  @PostMapping("/users/{name}/delete")
  @Allowed(Permission.ADMINISTER)
  Object delete(@PathVariable String name, @AuthenticationPrincipal Caller caller) {
    try {
      users.delete(name);
      return SeeOther.page(NOUN).saying("User %s is deleted.".formatted(name));
    } catch (EdjException e) {
      return AccountPages.refused(page(name, caller, TokenForm.EMPTY), e);
    }
  }

  private Object changed(String name, Caller caller, Supplier<String> change) {
    try {
      return SeeOther.page(NOUN, name).saying(change.get());
    } catch (EdjException e) {
      return AccountPages.refused(page(name, caller, TokenForm.EMPTY), e);
    }
  }

  private ModelAndView page(String name, Caller caller, TokenForm form) {
    User user = users.named(name);
    ModelAndView page = new ModelAndView("user");
    page.addObject("user", user);
    page.addObject("failures", users.signInFailures(user.name()).orElse(null));
    page.addObject("tokens", tokens.list(caller, user.name()));
    page.addObject("roles", notYet(user));
    page.addObject("tokenRoles", Role.values());
    page.addObject("form", form);
    return page;
  }

  /// Roles that they do not have everywhere.
  private static List<Role> notYet(User user) {
    return Arrays.stream(Role.values())
        .filter(role -> !user.grants().contains(new Grant(role)))
        .toList();
  }
}
