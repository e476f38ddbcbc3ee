package dev.edj.doctor;

import dev.edj.credential.ShownCertificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What is to be said of how long a certificate is still good.
///
/// @param check the name of the finding
/// @param whose certificate, for the beginning of a sentence
/// @param advice what brings another one
public record Expiry(String check, String whose, String advice) {

  public Finding of(ShownCertificate certificate, Instant now) {
    Instant end = certificate.notAfter();
    if (certificate.isExpired(now)) {
      return Finding.error(check, "%s expired %s".formatted(whose, moment(end)), advice);
    }
    String message =
        "%s is good until %s, %s from now".formatted(whose, moment(end), span(now, end));
    return certificate.expiresSoon(now)
        ? Finding.warning(check, message, advice)
        : Finding.ok(check, message);
  }

  private static String moment(Instant time) {
    return time.truncatedTo(ChronoUnit.MINUTES).toString();
  }

  private static String span(Instant now, Instant end) {
    Duration left = Duration.between(now, end);
    return left.toDays() > 1 ? left.toDays() + " days" : left.toHours() + " hours";
  }
}
