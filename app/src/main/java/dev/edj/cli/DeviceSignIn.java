package dev.edj.cli;

import dev.edj.access.Account;
import dev.edj.access.SignInProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Signing in with an OpenID provider where there is no browser: it is shown where to go and which
/// code to enter there, on whatever machine, and asked meanwhile whether that was done (RFC 8628).
final class DeviceSignIn {

  private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
  private static final Duration SLOWER = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

  private final Session session;
  private final URI service;
  private final List<String> scopes;
  private final ProviderClient http = new ProviderClient();

  /// @param scopes what to ask the provider for; none for what the service says
  DeviceSignIn(Session session, URI service, List<String> scopes) {
    this.session = session;
    this.service = service;
    this.scopes = List.copyOf(scopes);
  }

  /// A person who was signed in, and what is to be kept of it.
  record Done(Account account, KeptToken kept) {}

  Done run() {
    SignInProvider provider =
        new ApiClient(new ServiceAddress(service, null))
            .get(SignInProvider.class, ApiPath.of("sign-in", "provider"))
            .value();
    JsonNode metadata = http.metadata(provider.issuer());
    if (!metadata.has("device_authorization_endpoint")) {
      throw refused(provider, "it does not offer to sign in with a code");
    }
    URI tokens = ProviderClient.endpoint(metadata, provider.issuer(), "token_endpoint");
    JsonNode begun =
        begin(
            provider,
            ProviderClient.endpoint(metadata, provider.issuer(), "device_authorization_endpoint"));
    show(provider, begun);
    return taken(provider, tokens, await(provider, tokens, begun));
  }

  private JsonNode begin(SignInProvider provider, URI endpoint) {
    List<String> asked = scopes.isEmpty() ? provider.scopes() : scopes;
    ProviderClient.Reply reply =
        http.post(
            endpoint, Map.of("client_id", provider.clientId(), "scope", String.join(" ", asked)));
    if (reply.error() != null) {
      throw refused(
          provider,
          switch (reply.error()) {
            case "invalid_client", "unauthorized_client" ->
                "its client '%s' may not sign in with a code: it has to be a public client with the device grant"
                    .formatted(provider.clientId());
            case "invalid_scope" ->
                "it does not give all of %s; choose others with --scope".formatted(asked);
            default -> printable(reply.error());
          });
    }
    return reply.json();
  }

  private void show(SignInProvider provider, JsonNode begun) {
    String page = printable(begun.path("verification_uri").asString(""));
    String code = printable(begun.path("user_code").asString(""));
    if (page.isEmpty() || code.isEmpty()) {
      throw refused(provider, "it says neither where to go nor what to enter there");
    }
    session
        .output()
        .note("Open %s in a browser, on any machine, and enter the code %s".formatted(page, code));
    JsonNode complete = begun.path("verification_uri_complete");
    if (complete.isString()) {
      session.output().note("or open " + printable(complete.asString()));
    }
  }

  /// Asks until somebody has said yes or no, or the code is no longer good.
  private ProviderTokens await(SignInProvider provider, URI endpoint, JsonNode begun) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", GRANT);
    form.put("device_code", begun.path("device_code").asString(""));
    form.put("client_id", provider.clientId());
    Duration interval = least(seconds(begun.path("interval"), USUAL_INTERVAL), LONGEST_INTERVAL);
    Instant end = now().plus(least(seconds(begun.path("expires_in"), LONGEST_WAIT), LONGEST_WAIT));
    while (now().isBefore(end)) {
      Patience.pause(interval);
      ProviderClient.Reply reply = http.post(endpoint, form);
      switch (reply.error()) {
        case null -> {
          return new ProviderTokens(reply.json());
        }
        case "authorization_pending" -> {
          // Nobody has said anything yet.
        }
        case "slow_down" -> interval = least(interval.plus(SLOWER), LONGEST_INTERVAL);
        case "access_denied" -> throw refused(provider, "somebody said no there");
        case "expired_token" -> throw tooLate(provider);
        default -> throw refused(provider, printable(reply.error()));
      }
    }
    throw tooLate(provider);
  }

  /// Keeps the token that the service takes.
  private Done taken(SignInProvider provider, URI endpoint, ProviderTokens given) {
    CommandException last = refused(provider, "it gives no token");
    for (String kind : ProviderTokens.KINDS) {
      String token = given.token(kind);
      if (token != null) {
        try {
          Account account =
              new ApiClient(new ServiceAddress(service, token))
                  .get(Account.class, ApiPath.of("account"))
                  .value();
          return new Done(
              account,
              new KeptToken(
                  token,
                  kind,
                  given.expiry(token, now()),
                  given.refreshToken(),
                  endpoint,
                  provider.clientId()));
        } catch (CommandException e) {
          if (e.exitCode() != ExitCode.NOT_ALLOWED) {
            throw e;
          }
          last = e;
        }
      }
    }
    throw last;
  }

  private Instant now() {
    return session.terminal().clock().instant();
  }

  private static Duration seconds(JsonNode number, Duration usual) {
    return number.isNumber() && number.asLong() > 0
        ? Duration.ofSeconds(Math.min(number.asLong(), Integer.MAX_VALUE))
        : usual;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// What a provider says stands on somebody's terminal.
  private static String printable(@Nullable String text) {
    return text == null ? "" : text.replaceAll("\\p{Cntrl}", "");
  }

  private static CommandException tooLate(SignInProvider provider) {
    return refused(provider, "nobody entered the code in time; begin anew");
  }

  private static CommandException refused(SignInProvider provider, String reason) {
    return new CommandException(
        ExitCode.NOT_ALLOWED,
        "%s does not sign you in: %s".formatted(printable(provider.label()), reason));
  }
}
