package dev.edj.portal.site;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/// A cookie of the portal, which no script can read.
///
/// A browser sends a host's cookies to all of its ports, so their names tell one service on this
/// machine from another, by the port that the browser asked for. They are sent along when somebody
/// follows a link from elsewhere (`Lax`), because people send each other links to executions.
public enum PortalCookie {
  /// The secret of the session.
  SESSION("session"),
  /// A secret of a browser that nobody has signed in with yet.
  VISIT("visit"),
  /// What is to be known again when somebody comes back from an OpenID provider.
  PROVIDER("provider"),
  /// Light or dark, if somebody chose.
  THEME("theme"),
  /// What the next page says first.
  NOTICE("notice");

  private final String noun;

  PortalCookie(String noun) {
    this.noun = noun;
  }

  public Optional<String> read(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(name(request)))
            .map(Cookie::getValue)
            .filter(value -> !value.isEmpty())
            .findFirst();
  }

  /// Kept until the browser is closed.
  public void write(HttpServletRequest request, HttpServletResponse response, String value) {
    write(request, response, value, Duration.ofSeconds(-1));
  }

  public void write(
      HttpServletRequest request, HttpServletResponse response, String value, Duration life) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(name(request), value)
            .path("/")
            .httpOnly(true)
            .secure(isEncrypted(request))
            .sameSite("Lax")
            .maxAge(life)
            .build()
            .toString());
  }

  public void remove(HttpServletRequest request, HttpServletResponse response) {
    write(request, response, "", Duration.ZERO);
  }

  private String name(HttpServletRequest request) {
    return "edj-%s-%d".formatted(noun, request.getServerPort());
  }

  /// Who lies about it makes only a cookie of theirs stricter.
  private static boolean isEncrypted(HttpServletRequest request) {
    return request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
  }
}
