package dev.edj.engine.rows;

import static dev.edj.engine.rows.RowSpoolTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-22 13:05:00+00, 2026-11-22 13:05:00+00:00",
    "2026-11-22 13:05:00.25+00, 2026-11-22 13:05:00.25+00:00",
    "2026-11-22 00:05:00+01, 2026-11-21 23:05:00+00:00",
    "2026-11-22 13:05:00.123456+05:30, 2026-11-22 07:35:00.123456+00:00",
    "1880-01-01 00:19:32+00:19:32, 1880-01-01 00:00:00+00:00",
    "2026-12-31 23:30:00-01, 2027-01-01 00:30:00+00:00",
    "9999-12-31 23:30:00-01, 9999-12-31 23:30:00-01:00",
    "0001-01-01 00:00:00+01, 0001-01-01 00:00:00+01:00",
    "0044-03-15 12:00:00+00 BC, 0044-03-15 12:00:00+00 BC",
    "10000-01-01 00:00:00+01, 10000-01-01 00:00:00+01",
    "infinity, infinity",
  })
  void postgreSqlsMomentsAreToldInUtc(String server, String text) {
    assertThat(new String(Moments.inUtc(bytes(server)), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "13:05:00.1234567, 13:05:00.123456",
    "13:05:00.9999999, 13:05:00.999999",
    "13:05:00.1000001, 13:05:00.1",
    "13:05:00.0000001, 13:05:00",
    "13:05:00.12, 13:05:00.12",
    "2026-11-22 13:05:00.1234567+01:00, 2026-11-22 13:05:00.123456+01:00",
    "2026-11-22 13:05:00+01:00, 2026-11-22 13:05:00+01:00",
  })
  void fractionsAreCutAndNotRounded(String text, String cut) {
    assertThat(new String(Moments.cut(bytes(text), 6), StandardCharsets.UTF_8)).isEqualTo(cut);
  }

  @Test
  void whatTheDriversHandOutIsWrittenWithoutNeedlessZeros() {
    assertThat(Moments.text(LocalDateTime.parse("0001-01-01T00:00:00")))
        .isEqualTo("0001-01-01 00:00:00");
    assertThat(Moments.text(LocalDateTime.parse("9999-12-31T23:59:59.9999999")))
        .isEqualTo("9999-12-31 23:59:59.9999999");
    assertThat(Moments.text(OffsetDateTime.parse("2026-11-22T03:05:00.25-03:30")))
        .isEqualTo("2026-11-22 03:05:00.25-03:30");
    assertThat(Moments.text(OffsetDateTime.parse("2026-11-22T03:05:00Z")))
        .isEqualTo("2026-11-22 03:05:00+00:00");
  }

  @Test
  void onlyDatesOfTheCalendarThatAllHaveAreInIt() {
    for (String date :
        new String[] {"2026-11-22", "0001-01-01 00:00:00", "9999-12-31 00:00:00+00:00"}) {
      assertThat(Moments.isInCalendar(bytes(date))).as(date).isTrue();
    }
    for (String date :
        new String[] {
          "0000-00-00",
          "2026-00-10 00:00:00",
          "infinity",
          "10000-01-01",
          "0044-03-15 BC",
          "2026-02-30",
          ""
        }) {
      assertThat(Moments.isInCalendar(bytes(date))).as(date).isFalse();
    }
  }

  @Test
  void onlyTimesBefore24AreTimesOfDay() {
    assertThat(Moments.isTimeOfDay(bytes("23:59:59.9"))).isTrue();
    for (String time : new String[] {"24:00:00", "-01:00:00", "838:59:59"}) {
      assertThat(Moments.isTimeOfDay(bytes(time))).as(time).isFalse();
    }
  }
}
