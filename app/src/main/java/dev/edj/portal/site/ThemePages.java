package dev.edj.portal.site;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Lets a person choose between light and dark.
@Controller
final class ThemePages {

  private static final Duration LIFE = Duration.ofDays(365);

  @PostMapping("/theme")
  @Allowed(Permission.ANYONE)
  SeeOther choose(
      @RequestParam String theme,
      @RequestParam(required = false) @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    Theme chosen = Theme.named(theme);
    if (chosen == Theme.AUTO) {
      PortalCookie.THEME.remove(request, response);
    } else {
      PortalCookie.THEME.write(request, response, chosen.text(), LIFE);
    }
    return SeeOther.path(LocalPath.checked(next));
  }
}
