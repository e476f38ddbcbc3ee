package dev.edj.portal.site;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;

/// What the layout needs of a request; templates know it as `site`.
///
/// @param user who is signed in; null for nobody
/// @param formToken what every form that changes something sends along
/// @param notice what the page before had to say
/// @param here the address of this page
public record Site(
    @Nullable String user,
    Theme theme,
    @Sensitive String formToken,
    @Nullable String notice,
    String here) {

  static Site of(HttpServletRequest request, HttpServletResponse response) {
    Principal user = request.getUserPrincipal();
    String query = request.getQueryString();
    return new Site(
        user == null ? null : user.getName(),
        Theme.of(request),
        request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
            ? token.getToken()
            : "",
        SeeOther.takeNotice(request, response),
        request.getRequestURI() + (query == null ? "" : "?" + query));
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
