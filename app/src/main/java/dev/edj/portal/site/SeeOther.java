package dev.edj.portal.site;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.View;

/// What a form is answered with when it was done: the browser goes to another page, so that a
/// reload sends nothing again.
///
/// @param notice what that page says first; null for nothing
public record SeeOther(String path, @Nullable String notice) implements View {

  private static final int LONGEST_NOTICE = 500;
  private static final Duration NOTICE_LIFE = Duration.ofMinutes(1);

  public static SeeOther page(Object... segments) {
    return path(PagePath.of(segments).toString());
  }

  public static SeeOther path(String path) {
    return new SeeOther(path, null);
  }

  public SeeOther saying(String sentence) {
    return new SeeOther(path, sentence);
  }

  @Override
  public void render(
      @Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response) {
    if (notice != null) {
      PortalCookie.NOTICE.write(request, response, encoded(notice), NOTICE_LIFE);
    }
    if (request.getHeader("HX-Request") != null) {
      response.setHeader("HX-Redirect", path);
      response.setStatus(HttpStatus.OK.value());
    } else {
      response.setHeader(HttpHeaders.LOCATION, path);
      response.setStatus(HttpStatus.SEE_OTHER.value());
    }
  }

  /// What the page before had to say, once.
  static @Nullable String takeNotice(HttpServletRequest request, HttpServletResponse response) {
    String encoded = PortalCookie.NOTICE.read(request).orElse(null);
    if (encoded == null) {
      return null;
    }
    PortalCookie.NOTICE.remove(request, response);
    try {
      return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String encoded(String notice) {
    String cut = notice.substring(0, Math.min(LONGEST_NOTICE, notice.length()));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(cut.getBytes(StandardCharsets.UTF_8));
  }
}
