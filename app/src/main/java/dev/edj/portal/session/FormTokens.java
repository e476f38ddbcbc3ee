package dev.edj.portal.session;

import dev.edj.portal.site.PortalCookie;
import dev.edj.security.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/// The tokens without which nothing is changed (CSRF). Each follows from the secret of the session,
/// so that there is nothing to keep, and nobody can bring a pair of their own that fits.
///
/// Before somebody has signed in it follows from a secret of the visit.
final class FormTokens implements CsrfTokenRepository {

  static final String PARAMETER = "_csrf";

  private static final String HEADER = "X-CSRF-TOKEN";
  private static final String NEW_VISIT = FormTokens.class.getName() + ".visit";

  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    Secret visit = Secret.random();
    request.setAttribute(NEW_VISIT, visit);
    return token(visit);
  }

  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
    if (token != null && request.getAttribute(NEW_VISIT) instanceof Secret visit) {
      PortalCookie.VISIT.write(request, response, visit.text());
    }
  }

  @Override
  public @Nullable CsrfToken loadToken(HttpServletRequest request) {
    return secret(request).map(FormTokens::token).orElse(null);
  }

  private static Optional<Secret> secret(HttpServletRequest request) {
    return PortalCookie.SESSION
        .read(request)
        .or(() -> PortalCookie.VISIT.read(request))
        .map(Secret::new);
  }

  private static CsrfToken token(Secret secret) {
    return new DefaultCsrfToken(HEADER, PARAMETER, secret.derived("form"));
  }
}
