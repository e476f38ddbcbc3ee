package dev.edj.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CronExpressionTest {

  private static final int EXPRESSIONS = 400;

  private final Random random = new Random(11);

  @Test
  void theNextTimeIsTheFirstThatMatches() {
    for (int i = 0; i < EXPRESSIONS; i++) {
      String text =
          String.join(" ", part(0, 59), part(0, 23), part(1, 31), part(1, 12), part(0, 7));
      LocalDateTime after =
          LocalDate.of(1900 + random.nextInt(400), 1 + random.nextInt(12), 1).atTime(23, 59);
      for (int j = 0; j < 3; j++) {
        LocalDateTime next = CronExpression.parse(text).next(after).orElseThrow();
        assertThat(Optional.of(next)).as("%s after %s", text, after).isEqualTo(slowly(text, after));
        after = next;
      }
    }
  }

  @Test
  void anExpressionIsWrittenInOneWay() {
    assertThat(CronExpression.parse(" 0  22 * jan mon-fri ")).hasToString("0 22 * JAN MON-FRI");
    assertThat(CronExpression.parse("0 22 * * MON"))
        .isEqualTo(CronExpression.parse("0 22 * * mon"));
    assertThat(CronExpression.parse("0 22 * * 1")).isNotEqualTo(CronExpression.parse("0 22 * * 2"));
  }

  @Test
  void onlyWhatLeavesNoHourOutIsOfEveryHour() {
    assertThat(List.of("5 * * * *", "0 5 */1 * * *", "5 0-23 1 * MON"))
        .allMatch(text -> CronExpression.parse(text).everyHour());
    assertThat(List.of("* 5 * * *", "* * 5 * * *", "5 0-22 * * *", "5 */2 * * *"))
        .noneMatch(text -> CronExpression.parse(text).everyHour());
  }

  @Test
  void sundayIsBothZeroAndSeven() {
    LocalDateTime saturday = LocalDateTime.parse("2026-01-31T12:00");
    for (String day : List.of("0", "7", "SUN", "0,7", "7-7")) {
      assertThat(CronExpression.parse("0 0 * * " + day).next(saturday))
          .contains(LocalDateTime.parse("2026-02-01T00:00"));
    }
    assertThat(CronExpression.parse("0 0 * * 5-7").next(saturday))
        .contains(LocalDateTime.parse("2026-02-01T00:00"));
  }

  @Test
  void noSecondIsPassedOverFromTheMiddleOfAnother() {
    assertThat(
            CronExpression.parse("* * * * * *")
                .next(LocalDateTime.parse("2026-01-31T23:59:59.999")))
        .contains(LocalDateTime.parse("2026-02-01T00:00"));
  }

  private String part(int lowest, int highest) {
    int one = lowest + random.nextInt(highest - lowest + 1);
    int other = lowest + random.nextInt(highest - lowest + 1);
    String range = Math.min(one, other) + "-" + Math.max(one, other);
    return switch (random.nextInt(7)) {
      case 0 -> String.valueOf(Math.min(28, one));
      case 1 -> one == other ? "*" : range;
      case 2 -> one == other ? "*" : range + "/" + (1 + random.nextInt(5));
      case 3 -> Math.min(28, one) + "," + other;
      case 4 -> "*/" + (1 + random.nextInt((highest - lowest) / 2));
      default -> "*";
    };
  }

  private static Optional<LocalDateTime> slowly(String text, LocalDateTime after) {
    CronFields fields = CronFields.of(text);
    return Stream.iterate(after.toLocalDate(), day -> day.plusDays(1))
        .limit(366 * 9L)
        .filter(day -> fields.matchDate(day))
        .flatMap(day -> Stream.iterate(day.atStartOfDay(), time -> time.plusMinutes(1)).limit(1440))
        .filter(time -> time.isAfter(after) && fields.match(time))
        .findFirst();
  }
}
