package dev.edj.portal.credential;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.credential.Credential;
import dev.edj.credential.CredentialUses;
import dev.edj.credential.Credentials;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.NameQuery;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.KeyRotations;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/// Credentials: who logs in, and where the login may be sent to; never its secrets.
@Controller
final class CredentialPages {

  private final Credentials credentials;
  private final EncryptionKeys keys;
  private final KeyRotations rotations;

  CredentialPages(Credentials credentials, EncryptionKeys keys, KeyRotations rotations) {
    this.credentials = credentials;
    this.keys = keys;
    this.rotations = rotations;
  }

  record CredentialLine(Credential credential, CredentialUses uses) {}

  @GetMapping("/credentials")
  @Allowed(Permission.READ)
  ModelAndView list(@ModelAttribute("query") NameQuery query) {
    Map<String, CredentialUses> uses = credentials.uses();
    return new ModelAndView(
        "credentials",
        "credentials",
        query
            .rows(PagePath.of("credentials"), credentials::list, Credential::name)
            .map(credential ->
                new CredentialLine(
                    credential, uses.getOrDefault(credential.name(), CredentialUses.NONE))));
  }

  @GetMapping("/encryption-keys")
  @Allowed(Permission.READ)
  ModelAndView keys() {
    ModelAndView page = new ModelAndView("keys", "keys", keys.list());
    page.addObject("rotation", rotations.newest().orElse(null));
    return page;
  }

  @GetMapping("/encryption-keys/rotate")
  @Allowed(Permission.ADMINISTER)
  ModelAndView askToRotate() {
    return new ModelAndView(
        "ask",
        "ask",
        new Ask(
            "Rotate the key?",
            "A new key takes the place of the present one while jobs go on: what is kept is encrypted"
                + " with it, once every node that decrypts has it.",
            PagePath.of("encryption-keys", "rotate"),
            "Rotate it",
            PagePath.of("encryption-keys")));
  }

  @PostMapping("/encryption-keys/rotate")
  @Allowed(Permission.ADMINISTER)
  Object rotate() {
    rotations.request();
    return SeeOther.page("encryption-keys").saying("A new key takes the place of the present.");
  }

  @GetMapping("/new/credential")
  @Allowed(Permission.ADMINISTER)
  ModelAndView blank() {
    return form(CredentialForm.EMPTY, null, null);
  }

  @PostMapping("/new/credential")
  @Allowed(Permission.ADMINISTER)
  Object create(CredentialForm form) {
    try {
      Credential created = CredentialForm.FIELDS.of(() -> credentials.create(form.newCredential()));
      return SeeOther.page("credentials", created.name())
          .saying("Credential %s is created.".formatted(created.name()));
    } catch (EdjException e) {
      return form(form, null, e);
    }
  }

  @GetMapping("/credentials/{name}")
  @Allowed(Permission.READ)
  ModelAndView credential(@PathVariable String name) {
    return page(name, null);
  }

  @GetMapping("/credentials/{name}/edit")
  @Allowed(Permission.ADMINISTER)
  ModelAndView edit(@PathVariable String name) {
    Credential credential = credentials.named(name);
    return form(CredentialForm.of(credential), credential, null);
  }

  @PostMapping("/credentials/{credential}/edit")
  @Allowed(Permission.ADMINISTER)
  Object update(@PathVariable String credential, CredentialForm form) {
    Credential before = credentials.named(credential);
    try {
      CredentialForm.FIELDS.of(() -> credentials.update(credential, form.change()));
      return SeeOther.page("credentials", credential)
          .saying(form.change().password() == null ? "Saved." : "Saved, with the new password.");
    } catch (EdjException e) {
      return form(form, before, e);
    }
  }

  @GetMapping("/credentials/{name}/delete")
  @Allowed(Permission.ADMINISTER)
  ModelAndView askToDelete(@PathVariable String name) {
    credentials.named(name);
    return new ModelAndView(
        "ask",
        "ask",
        new Ask(
            "Delete credential %s?".formatted(name),
            "The login on the servers stays. It is refused while a job or a target uses it.",
            PagePath.of("credentials", name, "delete"),
            "Delete it",
            PagePath.of("credentials", name)));
  }

  @PostMapping("/credentials/{name}/delete")
  @Allowed(Permission.ADMINISTER)
  Object delete(@PathVariable String name) {
    try {
      credentials.delete(name);
      return SeeOther.page("credentials").saying("Credential %s is deleted.".formatted(name));
    } catch (EdjException e) {
      return page(name, e);
    }
  }

  private ModelAndView page(String name, @Nullable EdjException refused) {
    ModelAndView page = new ModelAndView("credential");
    page.addObject("credential", credentials.named(name));
    page.addObject("users", credentials.users(name));
    page.addObject("now", Instant.now());
    return refused(page, refused);
  }

  /// The model holds the form without its secrets, whatever the page shows of it.
  private static ModelAndView form(
      CredentialForm form, @Nullable Credential credential, @Nullable EdjException refused) {
    ModelAndView page = new ModelAndView("credential-form");
    // Under the name that Spring itself keeps what was sent.
    page.addObject("credentialForm", form.withoutSecrets());
    page.addObject("form", form.withoutSecrets());
    page.addObject("credential", credential);
    page.addObject("title", credential == null ? "New credential" : "Change " + credential.name());
    return refused(page, refused);
  }

  private static ModelAndView refused(ModelAndView page, @Nullable EdjException refused) {
    if (refused != null) {
      page.addObject("refusal", Refusal.of(refused));
      page.setStatus(HttpStatus.valueOf(refused.category().httpStatus()));
    }
    return page;
  }
}
