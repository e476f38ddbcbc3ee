package dev.edj.portal.session;

import dev.edj.access.Caller;
import dev.edj.access.Permission;
import dev.edj.portal.site.LocalPath;
import dev.edj.portal.site.PortalCookie;
import dev.edj.portal.site.SeeOther;
import dev.edj.security.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.ModelAndView;

/// Begins and ends sessions, whatever somebody showed to be let in.
final class Entrance {

  private final Sessions sessions;

  Entrance(Sessions sessions) {
    this.sessions = sessions;
  }

  /// A session of before does not go on under another user, nor is its secret used again.
  ModelAndView enter(
      Caller caller,
      @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    endSession(request);
    PortalCookie.SESSION.write(request, response, sessions.begin(caller).text());
    PortalCookie.VISIT.remove(request, response);
    // Who has no role yet may see their account and nothing else.
    String path = caller.may(Permission.READ) ? LocalPath.checked(next) : "/account";
    return new ModelAndView(SeeOther.path(path));
  }

  void leave(HttpServletRequest request, HttpServletResponse response) {
    endSession(request);
    PortalCookie.SESSION.remove(request, response);
  }

  private void endSession(HttpServletRequest request) {
    PortalCookie.SESSION.read(request).map(Secret::new).ifPresent(sessions::end);
  }
}
