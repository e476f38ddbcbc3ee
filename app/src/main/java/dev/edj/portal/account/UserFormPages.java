package dev.edj.portal.account;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.access.Role;
import dev.edj.access.User;
import dev.edj.access.UserChange;
import dev.edj.access.Users;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/// The forms by which users are made, called something else, and given another password.
@Controller
final class UserFormPages {

  private static final String NOUN = "users";

  private final Users users;

  UserFormPages(Users users) {
    this.users = users;
  }

  @GetMapping("/new/user")
  @Allowed(Permission.ADMINISTER)
  ModelAndView blank() {
    return form(UserForm.EMPTY, null);
  }

  @PostMapping("/new/user")
  @Allowed(Permission.ADMINISTER)
  Object create(UserForm form) {
    try {
      User created = users.create(form.newUser());
      return SeeOther.page(NOUN, created.name())
          .saying("User %s is created.".formatted(created.name()));
    } catch (EdjException e) {
      return AccountPages.refused(form(form, null), e);
    }
  }

  @GetMapping("/users/{name}/edit")
  @Allowed(Permission.ADMINISTER)
  ModelAndView edit(@PathVariable String name) {
    User user = users.named(name);
    return form(UserForm.of(user), user);
  }

  @PostMapping("/users/{user}/edit")
  @Allowed(Permission.ADMINISTER)
  Object update(@PathVariable String user, UserForm form) {
    User before = users.named(user);
    try {
      users.update(user, new UserChange(form.displayed(), null));
      return SeeOther.page(NOUN, user).saying("Saved.");
    } catch (EdjException e) {
      return AccountPages.refused(form(form, before), e);
    }
  }

  private static ModelAndView form(UserForm form, @Nullable User edited) {
    ModelAndView page = new ModelAndView("user-form");
    page.addObject("form", form.withoutPassword());
    // Under the name that Spring itself keeps what was sent, nothing of the password.
    page.addObject("userForm", form.withoutPassword());
    page.addObject("edited", edited);
    page.addObject("title", edited == null ? "New user" : "Edit " + edited.name());
    page.addObject("roles", Role.values());
    return page;
  }

  @GetMapping("/users/{name}/password")
  @Allowed(Permission.ADMINISTER)
  ModelAndView password(@PathVariable String name) {
    return passwordForm(users.named(name));
  }

  @PostMapping("/users/{name}/password")
  @Allowed(Permission.ADMINISTER)
  Object setPassword(@PathVariable String name, PasswordForm form) {
    User user = users.named(name);
    try {
      users.setPassword(name, form.checked());
      return SeeOther.page(NOUN, name)
          .saying("The password of %s is set; they are signed out.".formatted(user.name()));
    } catch (EdjException e) {
      return AccountPages.refused(passwordForm(user), e);
    }
  }

  private static ModelAndView passwordForm(User user) {
    ModelAndView page = new ModelAndView("user-password", "user", user);
    page.addObject("passwordForm", PasswordForm.EMPTY);
    return page;
  }
}
