package dev.edj.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.credential.ShownCertificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExpiryTest {

  private static final Instant END = Instant.parse("2026-12-24T18:30:15Z");
  private static final Expiry EXPIRY = new Expiry("check", "the certificate of x", "another one");
  private static final ShownCertificate CERTIFICATE =
      new ShownCertificate("CN=x", "CN=authority", END, "00");

  @Test
  void moreThanAMonthIsInOrder() {
    Finding finding = before(Duration.ofDays(31));

    assertThat(finding.condition()).isEqualTo(Condition.OK);
    assertThat(finding.message())
        .isEqualTo("the certificate of x is good until 2026-12-24T18:30:00Z, 31 days from now");
    assertThat(finding.advice()).isNull();
  }

  @Test
  void lessThanAMonthIsAWarning() {
    assertThat(before(Duration.ofDays(30).minusSeconds(1)))
        .isEqualTo(
            Finding.warning(
                "check",
                "the certificate of x is good until 2026-12-24T18:30:00Z, 29 days from now",
                "another one"));
    assertThat(before(Duration.ofHours(5)).message()).endsWith("5 hours from now");
  }

  @Test
  void oneThatExpiredIsAnError() {
    assertThat(before(Duration.ofSeconds(-1)))
        .isEqualTo(
            Finding.error(
                "check", "the certificate of x expired 2026-12-24T18:30:00Z", "another one"));
  }

  private static Finding before(Duration left) {
    return EXPIRY.of(CERTIFICATE, END.minus(left));
  }
}
