package dev.edj.web.oidc;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.settings.OidcSettings;
import java.io.IOException;
import java.net.MalformedURLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/// The OpenID provider of the settings, found when it is first needed.
public final class Provider implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Provider.class);

  /// Whoever may publish a public key has signed; a secret that both sides know shows nothing.
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /// Access tokens of RFC 9068 say what they are; others say that they are tokens, or nothing.
  private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES =
      new DefaultJOSEObjectTypeVerifier<>(
          JOSEObjectType.JWT,
          new JOSEObjectType("at+jwt"),
          new JOSEObjectType("application/at+jwt"),
          null);

  private static final Duration KEYS_ARE_GOOD = Duration.ofMinutes(15);
  private static final Duration KEYS_MAY_TAKE = Duration.ofSeconds(10);

  /// Tokens of keys that nobody knows make the provider be asked no more often.
  private static final Duration BETWEEN_KEYS = Duration.ofSeconds(5);

  private static final Duration KEYS_OUTLIVE_THE_PROVIDER = Duration.ofHours(1);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final OidcSettings settings;
  private final InstantSource clock;
  private final ProviderHttp http = new ProviderHttp();
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Found found;
  private Instant notBefore = Instant.MIN;

  private record Found(ProviderMetadata metadata, JWKSource<SecurityContext> keys) {}

  public Provider(OidcSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  OidcSettings settings() {
    return settings;
  }

  /// Checks signatures with the keys that the provider publishes.
  ///
  /// @throws EdjException when it publishes nothing at this moment
  JwtDecoder decoder(OAuth2TokenValidator<Jwt> rules) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, find().keys()));
    processor.setJWSTypeVerifier(TYPES);
    // The rules are checked afterwards.
    processor.setJWTClaimsSetVerifier((_, _) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(rules);
    return decoder;
  }

  /// What it publishes of itself.
  ///
  /// @throws EdjException when it publishes nothing at this moment
  ProviderMetadata metadata() {
    return find().metadata();
  }

  ProviderHttp http() {
    return http;
  }

  /// One asks, and the others who come meanwhile have its answer.
  private Found find() {
    Found known = found;
    if (known != null) {
      return known;
    }
    asking.lock();
    try {
      known = found;
      if (known == null) {
        known = ask();
        found = known;
      }
      return known;
    } finally {
      asking.unlock();
    }
  }

  private Found ask() {
    if (clock.instant().isBefore(notBefore)) {
      throw unavailable(null);
    }
    try {
      ProviderMetadata metadata =
          ProviderMetadata.read(http.fetch(ProviderMetadata.location(settings)), settings);
      log.info("the OpenID provider {} is there", settings.issuer());
      return new Found(metadata, keys(metadata));
    } catch (IOException e) {
      notBefore = clock.instant().plus(AFTER_FAILURE);
      throw unavailable(e);
    }
  }

  private JWKSource<SecurityContext> keys(ProviderMetadata metadata) throws MalformedURLException {
    return JWKSourceBuilder.create(metadata.keys().toURL(), http)
        .cache(KEYS_ARE_GOOD.toMillis(), KEYS_MAY_TAKE.toMillis())
        .rateLimited(BETWEEN_KEYS.toMillis())
        .outageTolerant(KEYS_OUTLIVE_THE_PROVIDER.toMillis())
        .build();
  }

  /// What is wrong with the provider is for the log; whoever asks can do nothing about it.
  EdjException unavailable(@Nullable Exception cause) {
    if (cause != null) {
      log.warn("the OpenID provider {} cannot be asked: {}", settings.issuer(), reason(cause));
    }
    return new EdjException(
        ErrorCode.PROVIDER_UNAVAILABLE,
        null,
        "the OpenID provider cannot be asked at this moment, so its tokens are not taken; try again"
            + " later, or come as a user of the service",
        cause);
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    http.close();
  }
}
