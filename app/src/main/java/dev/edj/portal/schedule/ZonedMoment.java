package dev.edj.portal.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A point in time as the clocks of a zone show it, for showing it beside UTC.
public record ZonedMoment(Instant at, ZoneId zone) {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd", Locale.ENGLISH);
  private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /// `Sun 2026-03-29`
  public String day() {
    return DAY.format(local());
  }

  /// `22:00`, or with its seconds when it has some.
  public String time() {
    return time(local());
  }

  /// The same in UTC: `20:00Z`.
  public String utc() {
    return time(at.atZone(ZoneOffset.UTC)) + "Z";
  }

  /// `+02:00`, which daylight saving changes.
  public String offset() {
    ZoneOffset offset = zone.getRules().getOffset(at);
    return offset.equals(ZoneOffset.UTC) ? "UTC" : offset.getId();
  }

  /// Whether its zone is another than UTC.
  public boolean isElsewhere() {
    return !zone.normalized().equals(ZoneOffset.UTC);
  }

  private ZonedDateTime local() {
    return at.atZone(zone);
  }

  private static String time(ZonedDateTime time) {
    return (time.getSecond() == 0 ? SHORT : LONG).format(time);
  }
}
