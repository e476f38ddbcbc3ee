package dev.edj.portal.schedule;

import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The time zones that a page can be asked for.
final class TimeZones {

  private TimeZones() {}

  /// UTC when nothing was typed.
  static ZoneId named(String field, @Nullable String typed) {
    String text = Typed.stripped(typed);
    if (text == null || text.equalsIgnoreCase("UTC")) {
      return ZoneOffset.UTC;
    }
    return ZoneId.getAvailableZoneIds().stream()
        .filter(id -> id.equalsIgnoreCase(text))
        .findFirst()
        .map(ZoneId::of)
        .orElseThrow(() ->
            EdjException.invalid(
                field,
                "'%s' is not a time zone; write UTC or a name such as Europe/Brussels"
                    .formatted(text)));
  }

  static String text(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  /// Those that are places, to choose from.
  static List<String> places() {
    return ZoneId.getAvailableZoneIds().stream()
        .filter(id ->
            id.matches(
                "(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*"))
        .sorted()
        .toList();
  }
}
