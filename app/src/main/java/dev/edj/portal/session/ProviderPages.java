package dev.edj.portal.session;

import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.Callers;
import dev.edj.access.Permission;
import dev.edj.portal.site.LocalPath;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.PortalCookie;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.secrecy.Sensitive;
import dev.edj.security.Secret;
import dev.edj.web.oidc.ProviderSignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// Signing in with an OpenID provider: there, and back.
@Controller
final class ProviderPages {

  static final String PATH = "/sign-in/provider";
  private static final String BACK = PATH + "/back";

  /// However long a password is looked for.
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /// Roles are those of the sign-in, so it is not to last for long.
  private static final Duration LONGEST = Duration.ofHours(12);

  private final Entrance entrance;
  private final Callers callers;
  private final ObjectProvider<ProviderSignIn> provider;

  ProviderPages(Entrance entrance, Callers callers, ObjectProvider<ProviderSignIn> provider) {
    this.entrance = entrance;
    this.callers = callers;
    this.provider = provider;
  }

  @GetMapping(PATH)
  @Allowed(Permission.ANYONE)
  ModelAndView go(
      @RequestParam(required = false) @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    try {
      Secret secret = Secret.random();
      URI there = provider().begin(secret, address(request, BACK));
      PortalCookie.PROVIDER.write(
          request, response, new Departure(secret, LocalPath.checked(next)).text(), PATIENCE);
      return new ModelAndView(SeeOther.path(there.toString()));
    } catch (EdjException e) {
      return again(e);
    }
  }

  /// The answer is good once, in the browser that asked for it.
  @GetMapping(BACK)
  @Allowed(Permission.ANYONE)
  ModelAndView come(
      @Sensitive @RequestParam(required = false) @Nullable String code,
      @Sensitive @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String error,
      HttpServletRequest request,
      HttpServletResponse response) {
    try {
      Departure departure =
          PortalCookie.PROVIDER
              .read(request)
              .map(Departure::parse)
              .orElseThrow(() -> refused("This sign-in took too long, or began elsewhere."));
      PortalCookie.PROVIDER.remove(request, response);
      if (error != null || code == null || state == null) {
        throw refused("%s did not let you in.".formatted(provider().label()));
      }
      Caller.Vouched somebody =
          provider().finish(departure.secret(), state, code, address(request, BACK));
      if (somebody.role().isEmpty()) {
        throw refused(
            "%s knows you as %s, but none of what it says of you is a role here."
                .formatted(provider().label(), somebody.name()));
      }
      return entrance.enter(
          callers.remember(somebody, LONGEST), departure.next(), request, response);
    } catch (EdjException e) {
      return again(e);
    }
  }

  @GetMapping(PATH + "/sign-out")
  @Allowed(Permission.ANYONE)
  ModelAndView leave(HttpServletRequest request) {
    try {
      return provider()
          .end(address(request, "/sign-in"))
          .map(there -> new ModelAndView(SeeOther.path(there.toString())))
          .orElseThrow(
              () -> refused("%s says nowhere how to sign out.".formatted(provider().label())));
    } catch (EdjException e) {
      return again(e);
    }
  }

  private ProviderSignIn provider() {
    ProviderSignIn there = provider.getIfAvailable();
    if (there == null) {
      throw refused("No OpenID provider is set up here.");
    }
    return there;
  }

  private static ModelAndView again(EdjException e) {
    return new ModelAndView(SeeOther.path(PagePath.of("sign-in").toString()).saying(e.text()));
  }

  private static EdjException refused(String sentence) {
    return new EdjException(ErrorCode.UNAUTHORIZED, null, sentence);
  }

  /// As the browser has it; the provider compares it with those that it knows.
  private static URI address(HttpServletRequest request, String path) {
    return ServletUriComponentsBuilder.fromContextPath(request).replacePath(path).build().toUri();
  }

  /// What a browser keeps while somebody is at the provider's.
  ///
  /// @param next the page that they want
  private record Departure(Secret secret, String next) {

    String text() {
      return secret.text()
          + "."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(next.getBytes(StandardCharsets.UTF_8));
    }

    static Departure parse(String text) {
      int cut = text.indexOf('.');
      try {
        return new Departure(
            new Secret(text.substring(0, Math.max(cut, 0))),
            new String(
                Base64.getUrlDecoder().decode(text.substring(cut + 1)), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw refused("This sign-in did not begin here.");
      }
    }
  }
}
