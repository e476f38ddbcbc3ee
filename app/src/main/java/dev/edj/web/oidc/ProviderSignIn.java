package dev.edj.web.oidc;

import dev.edj.access.Caller;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.security.Secret;
import dev.edj.settings.OidcSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Has people sign in with the provider, in a browser: the authorization code flow of OpenID
/// Connect, with PKCE.
///
/// All that has to be known again when they come back follows from one secret, which their browser
/// keeps meanwhile. So any node may answer, and what somebody else began fits to nothing.
public final class ProviderSignIn {

  private static final Logger log = LoggerFactory.getLogger(ProviderSignIn.class);

  private static final String SCOPES = "openid profile email";

  private final Provider provider;
  private final ProviderTokens tokens;

  public ProviderSignIn(Provider provider, ProviderTokens tokens) {
    this.provider = provider;
    this.tokens = tokens;
  }

  /// What people call the provider.
  public String label() {
    return provider.settings().label();
  }

  /// Where to go to sign in.
  ///
  /// @param secret of this sign-in, and of no other
  /// @param back where the provider sends them with its answer
  public URI begin(Secret secret, URI back) {
    URI authorization = provider.metadata().authorization();
    if (authorization == null) {
      throw provider.unavailable(new IOException("it publishes no authorization_endpoint"));
    }
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", provider.settings().clientId());
    query.put("redirect_uri", back.toString());
    query.put("scope", SCOPES);
    query.put("state", state(secret));
    query.put("nonce", nonce(secret));
    query.put("code_challenge", new Secret(verifier(secret)).challenge());
    query.put("code_challenge_method", "S256");
    return with(authorization, query);
  }

  /// Who came back.
  ///
  /// @param secret as given to `begin`
  /// @param state that came back with them
  /// @param code that is exchanged for what the provider says of them
  /// @param back as given to `begin`
  public Caller.Vouched finish(Secret secret, String state, String code, URI back) {
    if (!MessageDigest.isEqual(
        state(secret).getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8))) {
      throw refused("This answer of %s belongs to another sign-in; begin anew.", null);
    }
    return tokens.signedIn(exchanged(code, verifier(secret), back), nonce(secret));
  }

  /// Where to sign out of the provider itself.
  ///
  /// @param back where the provider leads from there
  public Optional<URI> end(URI back) {
    return Optional.ofNullable(provider.metadata().endSession())
        .map(there ->
            with(
                there,
                Map.of(
                    "client_id",
                    provider.settings().clientId(),
                    "post_logout_redirect_uri",
                    back.toString())));
  }

  private String exchanged(String code, String verifier, URI back) {
    ProviderMetadata metadata = provider.metadata();
    URI where = metadata.token();
    if (where == null) {
      throw provider.unavailable(new IOException("it publishes no token_endpoint"));
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", back.toString());
    form.put("code_verifier", verifier);
    String authorization = identify(metadata, form);
    try {
      HttpResponse<byte[]> answer = provider.http().post(where, form, authorization);
      JsonNode json = JsonMapper.shared().readTree(answer.body());
      if (answer.statusCode() != 200) {
        log.warn(
            "{} does not exchange a code: status {}, {}",
            provider.settings().issuer(),
            answer.statusCode(),
            json.path("error").asString("no reason"));
        throw refused("%s takes its own answer back; sign in again.", null);
      }
      return json.path("id_token").asString("");
    } catch (IOException e) {
      throw provider.unavailable(e);
    } catch (JacksonException e) {
      throw provider.unavailable(new IOException("its tokens are no JSON", e));
    }
  }

  /// How the service shows that it is itself: by a header, by the form, or not at all.
  private @Nullable String identify(ProviderMetadata metadata, Map<String, String> form) {
    OidcSettings settings = provider.settings();
    String secret = settings.clientSecret();
    if (secret != null && !metadata.secretInForm()) {
      // RFC 6749, section 2.3.1
      String pair = ProviderHttp.encoded(settings.clientId()) + ":" + ProviderHttp.encoded(secret);
      return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
    form.put("client_id", settings.clientId());
    if (secret != null) {
      form.put("client_secret", secret);
    }
    return null;
  }

  private static URI with(URI address, Map<String, String> query) {
    String sign = address.getRawQuery() == null ? "?" : "&";
    return URI.create(address + sign + ProviderHttp.encoded(query));
  }

  private static String state(Secret secret) {
    return secret.derived("state");
  }

  private static String nonce(Secret secret) {
    return secret.derived("nonce");
  }

  private static String verifier(Secret secret) {
    return secret.derived("verifier");
  }

  private EdjException refused(String sentence, @Nullable Exception cause) {
    return new EdjException(ErrorCode.UNAUTHORIZED, null, sentence.formatted(label()), cause);
  }
}
