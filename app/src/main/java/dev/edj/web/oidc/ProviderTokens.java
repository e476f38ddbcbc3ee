package dev.edj.web.oidc;

import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import dev.edj.access.Caller;
import dev.edj.access.RoleMapping;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/// Who comes with a token that the provider signed.
public final class ProviderTokens {

  private final Provider provider;
  private final InstantSource clock;
  private final RoleMapping roles;

  public ProviderTokens(Provider provider, InstantSource clock) {
    this.provider = provider;
    this.clock = clock;
    this.roles = RoleMapping.parse(provider.settings().roles());
  }

  /// Whether it looks like one; nothing is checked.
  public static boolean isForm(String presented) {
    return presented.startsWith("ey") && presented.chars().filter(c -> c == '.').count() >= 2;
  }

  /// Whose it is, and what they may do.
  ///
  /// @throws EdjException that says why it is not good, or that the provider cannot be asked
  public Caller.Vouched caller(String presented) {
    requireIssuer(presented);
    return vouched(checked(presented, provider.settings().audience()));
  }

  /// Who has signed in with the provider, by the token that says so.
  ///
  /// @param nonce that the token has to hold: it was asked for by this browser, and for this
  ///   sign-in
  Caller.Vouched signedIn(String idToken, String nonce) {
    String client = provider.settings().clientId();
    Jwt token = checked(idToken, client);
    if (!nonce.equals(token.getClaimAsString("nonce"))) {
      throw refused("it is of another sign-in", null);
    }
    String party = token.getClaimAsString("azp");
    if (party != null && !party.equals(client)) {
      throw refused("it was made for '%s'".formatted(party), null);
    }
    return vouched(token);
  }

  private Caller.Vouched vouched(Jwt token) {
    Claims claims = new Claims(token.getClaims());
    String name =
        claims
            .name(provider.settings())
            .orElseThrow(() -> refused("it does not say who it is of", null));
    try {
      return Caller.vouched(name, claims.roles(provider.settings()), roles);
    } catch (EdjException e) {
      throw refused("its " + e.text(), e);
    }
  }

  /// Before anybody is asked for keys: what is not of the provider makes nobody go there.
  private void requireIssuer(String presented) {
    try {
      JWTClaimsSet claims = JWTParser.parse(presented).getJWTClaimsSet();
      if (claims == null || !provider.settings().issuer().toString().equals(claims.getIssuer())) {
        throw refused("its issuer is another", null);
      }
    } catch (ParseException e) {
      throw refused("it is none", e);
    }
  }

  private Jwt checked(String presented, String audience) {
    try {
      return provider
          .decoder(new TokenRules(provider.settings(), audience, clock))
          .decode(presented);
    } catch (JwtValidationException e) {
      throw refused(String.valueOf(e.getErrors().iterator().next().getDescription()), e);
    } catch (BadJwtException e) {
      throw refused("it is malformed, or no key of the provider has signed it", e);
    } catch (JwtException e) {
      throw isAskedTooOften(e)
          ? refused(
              "its key is not known, and the provider was asked for its keys a moment ago; try again",
              e)
          : provider.unavailable(e);
    }
  }

  private static boolean isAskedTooOften(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(RateLimitReachedException.class::isInstance);
  }

  private static EdjException refused(String fault, @Nullable Exception cause) {
    return new EdjException(
        ErrorCode.UNAUTHORIZED, null, "the token is not taken: " + fault, cause);
  }
}
