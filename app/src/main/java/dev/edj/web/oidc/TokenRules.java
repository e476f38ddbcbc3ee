package dev.edj.web.oidc;

import dev.edj.settings.OidcSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/// What a token whose signature is good has to say. The sentence about one that does not is for
/// whoever shows it.
///
/// @param audience for whom it has to be made out
record TokenRules(OidcSettings settings, String audience, InstantSource clock)
    implements OAuth2TokenValidator<Jwt> {

  /// As far as clocks may differ.
  private static final Duration SKEW = Duration.ofSeconds(60);

  @Override
  public OAuth2TokenValidatorResult validate(Jwt token) {
    return fault(token)
        .map(fault ->
            OAuth2TokenValidatorResult.failure(
                new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, fault, null)))
        .orElseGet(OAuth2TokenValidatorResult::success);
  }

  private Optional<String> fault(Jwt token) {
    String issuer = token.getClaimAsString("iss");
    List<String> madeOutFor = token.getAudience();
    Instant now = clock.instant();
    Instant end = token.getExpiresAt();
    Instant begin = token.getNotBefore();
    if (!settings.issuer().toString().equals(issuer)) {
      return Optional.of("its issuer is '%s'".formatted(issuer));
    }
    if (madeOutFor == null || !madeOutFor.contains(audience)) {
      return Optional.of(
          "it is made out for %s, not for '%s'"
              .formatted(madeOutFor == null ? "nobody" : madeOutFor, audience));
    }
    if (end == null) {
      return Optional.of("it does not say until when it is good");
    }
    if (end.plus(SKEW).isBefore(now)) {
      return Optional.of("it expired at %s".formatted(end));
    }
    if (begin != null && begin.minus(SKEW).isAfter(now)) {
      return Optional.of("it is good from %s on".formatted(begin));
    }
    return Optional.empty();
  }
}
