package dev.edj.schedule;

import dev.edj.problem.EdjException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/// Reads time zones: the names of the IANA time zone database, in whatever case. Some of these are
/// no places but old abbreviations or fixed offsets (`CET`, `Etc/GMT+5`); all others of that kind,
/// such as CEST or +02:00, are refused.
final class Zones {

  private Zones() {}

  static ZoneId named(String field, String text) {
    String name = text.strip();
    if (name.equalsIgnoreCase("UTC") || name.equalsIgnoreCase("Z")) {
      return ZoneOffset.UTC;
    }
    return ZoneId.getAvailableZoneIds().stream()
        .filter(id -> id.equalsIgnoreCase(name))
        .findFirst()
        .map(ZoneId::of)
        .orElseThrow(() ->
            EdjException.invalid(
                field, "'%s' is not a time zone; write %s".formatted(text, suggestion(name))));
  }

  static String text(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  private static String suggestion(String name) {
    String city = "/" + name.toLowerCase(Locale.ROOT).replace(' ', '_');
    return ZoneId.getAvailableZoneIds().stream()
        .filter(id -> id.toLowerCase(Locale.ROOT).endsWith(city))
        .sorted()
        .findFirst()
        .orElse("UTC, Europe/Brussels or another name of the IANA time zone database");
  }
}
