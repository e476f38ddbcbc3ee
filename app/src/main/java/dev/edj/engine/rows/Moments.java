package dev.edj.engine.rows;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Arrays;

/// Dates and times as the text that [ColumnType.Kind] describes.
final class Moments {

  private static final int DATE_LENGTH = "2026-11-22".length();
  private static final int TIMESTAMP_LENGTH = "2026-11-22 13:05:00".length();
  private static final String UTC = "+00:00";

  private Moments() {}

  static String text(LocalDate date) {
    return date.toString();
  }

  static String text(LocalTime time) {
    StringBuilder text = new StringBuilder(18);
    append(text, time);
    return text.toString();
  }

  static String text(LocalDateTime timestamp) {
    StringBuilder text = new StringBuilder(35).append(timestamp.toLocalDate()).append(' ');
    append(text, timestamp.toLocalTime());
    return text.toString();
  }

  static String text(OffsetDateTime timestamp) {
    String offset = timestamp.getOffset().getId();
    return text(timestamp.toLocalDateTime()) + (offset.equals("Z") ? UTC : offset);
  }

  private static void append(StringBuilder text, LocalTime time) {
    appendTwoDigits(text, time.getHour());
    appendTwoDigits(text.append(':'), time.getMinute());
    appendTwoDigits(text.append(':'), time.getSecond());
    int nanoseconds = time.get(ChronoField.NANO_OF_SECOND);
    if (nanoseconds > 0) {
      String digits = String.valueOf(1_000_000_000 + nanoseconds);
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      text.append('.').append(digits, 1, end);
    }
  }

  private static void appendTwoDigits(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /// A time or timestamp without zeros at the end of its seconds' fraction.
  static byte[] withoutTrailingZeros(byte[] text) {
    int point = indexOf(text, '.', 0, text.length);
    return point < 0
        ? text
        : withFraction(text, point, fractionEnd(text, point), Integer.MAX_VALUE);
  }

  /// A time or timestamp, with at most so many digits behind the point of its seconds: the rest is
  /// cut off, not rounded, because that could make it another day.
  static byte[] cut(byte[] text, int digits) {
    int point = indexOf(text, '.', 0, text.length);
    if (point < 0) {
      return text;
    }
    int end = fractionEnd(text, point);
    return end - point - 1 <= digits ? text : withFraction(text, point, end, digits);
  }

  /// Whether the seconds have more digits behind their point, zeros at the end not counted.
  static boolean isFiner(byte[] text, int digits) {
    byte[] exact = withoutTrailingZeros(text);
    return cut(exact, digits).length < exact.length;
  }

  private static byte[] withFraction(byte[] text, int point, int end, int digits) {
    int last = Math.min(end - point - 1, digits) + point;
    while (last > point && text[last] == '0') {
      last--;
    }
    int kept = last == point ? point : last + 1;
    if (kept == end) {
      return text;
    }
    byte[] shorter = Arrays.copyOf(text, kept + text.length - end);
    System.arraycopy(text, end, shorter, kept, text.length - end);
    return shorter;
  }

  private static int fractionEnd(byte[] text, int point) {
    int end = point + 1;
    while (end < text.length && isDigit(text[end])) {
      end++;
    }
    return end;
  }

  /// PostgreSQL keeps the moment, and shows it in the zone of the session; here it is UTC, so that
  /// the same moment is the same text. What is out of the calendar's usual years, or no moment
  /// (`infinity`), stays as it is.
  static byte[] inUtc(byte[] text) {
    int sign = offsetStart(text);
    if (sign < 0) {
      return text;
    }
    byte[] whole = text.length == sign + 3 ? withMinutes(text) : text;
    boolean isUtc =
        whole[sign + 1] == '0'
            && whole[sign + 2] == '0'
            && whole.length == sign + 6
            && whole[sign + 4] == '0'
            && whole[sign + 5] == '0';
    return isUtc ? whole : shifted(whole, sign);
  }

  private static byte[] withMinutes(byte[] text) {
    byte[] longer = Arrays.copyOf(text, text.length + 3);
    longer[text.length] = ':';
    longer[text.length + 1] = '0';
    longer[text.length + 2] = '0';
    return longer;
  }

  /// Where the offset begins, if the text is a timestamp with a year of four digits; otherwise -1.
  private static int offsetStart(byte[] text) {
    if (text.length <= TIMESTAMP_LENGTH || !isDigit(text[0]) || text[4] != '-') {
      return -1;
    }
    int last = text[text.length - 1];
    int end =
        text[TIMESTAMP_LENGTH] == '.' ? fractionEnd(text, TIMESTAMP_LENGTH) : TIMESTAMP_LENGTH;
    boolean signed = end < text.length && (text[end] == '+' || text[end] == '-');
    return signed && isDigit(last) ? end : -1;
  }

  private static byte[] shifted(byte[] text, int sign) {
    String words = new String(text, StandardCharsets.US_ASCII);
    try {
      LocalDateTime local = timestamp(words.substring(0, sign));
      LocalDateTime utc =
          local.minusSeconds(ZoneOffset.of(words.substring(sign)).getTotalSeconds());
      return utc.getYear() < 1 || utc.getYear() > 9999 ? text : ascii(text(utc) + UTC);
    } catch (DateTimeException e) {
      return text;
    }
  }

  /// Whether it is a date, or begins with one, in the years that all engines have; the texts of
  /// others are longer, or words, or are zeros where there is no such day.
  static boolean isInCalendar(byte[] text) {
    try {
      LocalDate date =
          LocalDate.parse(
              new String(text, 0, Math.min(text.length, DATE_LENGTH), StandardCharsets.US_ASCII));
      boolean ends = text.length == DATE_LENGTH || text[DATE_LENGTH] == ' ';
      return ends && date.getYear() > 0 && text[text.length - 1] != 'C'; // "BC"
    } catch (DateTimeException e) {
      return false;
    }
  }

  /// Whether it is a time before 24:00; MySQL also counts more hours, and negative ones.
  static boolean isTimeOfDay(byte[] text) {
    return text.length >= 8
        && text[2] == ':'
        && (text[0] < '2' || (text[0] == '2' && text[1] < '4'));
  }

  /// Reads `2026-11-22 13:05:00.25`.
  static LocalDateTime timestamp(String text) {
    return LocalDateTime.of(
        LocalDate.parse(text.substring(0, DATE_LENGTH)),
        LocalTime.parse(text.substring(DATE_LENGTH + 1)));
  }

  /// Reads `2026-11-22 13:05:00.25+01:00`.
  static OffsetDateTime timestampWithZone(String text) {
    int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
    if (sign < TIMESTAMP_LENGTH) {
      throw new DateTimeException("no offset");
    }
    return OffsetDateTime.of(
        timestamp(text.substring(0, sign)), ZoneOffset.of(text.substring(sign)));
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  static int indexOf(byte[] text, char character, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == character) {
        return i;
      }
    }
    return -1;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
