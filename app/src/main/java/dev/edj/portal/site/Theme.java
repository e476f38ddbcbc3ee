package dev.edj.portal.site;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/// Light or dark.
public enum Theme {
  /// As the person's system has it.
  AUTO,
  LIGHT,
  DARK;

  /// As the cookie, the form and the style sheet write it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Theme of(HttpServletRequest request) {
    return PortalCookie.THEME.read(request).map(Theme::named).orElse(AUTO);
  }

  static Theme named(String text) {
    for (Theme theme : values()) {
      if (theme.text().equals(text)) {
        return theme;
      }
    }
    return AUTO;
  }
}
