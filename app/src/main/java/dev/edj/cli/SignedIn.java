package dev.edj.cli;

import static java.util.Objects.requireNonNullElse;

import dev.edj.problem.EdjException;
import dev.edj.settings.PrivateFile;
import dev.edj.text.FileFault;
import dev.edj.text.ShellWord;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The tokens that `edj sign-in` keeps: a file for each service's address, which only its person
/// can read, in `.edj/signed-in` of their home directory. A token of the service is there as it is,
/// one of an OpenID provider as a [KeptToken].
record SignedIn(Terminal terminal) {

  /// What to show to the service now; a provider's token that is about to expire is followed by
  /// another, if the provider gives one.
  Optional<String> token(URI service) {
    return text(service)
        .map(text -> isOfProvider(text) ? current(service, read(service, text)) : text);
  }

  /// Whether it is a provider's token, which nobody here can revoke.
  boolean isOfProvider(URI service) {
    return text(service).filter(SignedIn::isOfProvider).isPresent();
  }

  private static boolean isOfProvider(String text) {
    return text.startsWith("{");
  }

  private String current(URI service, KeptToken kept) {
    Instant now = terminal.clock().instant();
    return kept.isGood(now) ? kept.token() : followed(service, kept, now);
  }

  private String followed(URI service, KeptToken kept, Instant now) {
    String refreshToken = kept.refreshToken();
    if (refreshToken == null) {
      throw ended(service, null);
    }
    ProviderClient.Reply reply =
        new ProviderClient()
            .post(
                kept.endpoint(),
                Map.of(
                    "grant_type",
                    "refresh_token",
                    "refresh_token",
                    refreshToken,
                    "client_id",
                    kept.clientId()));
    ProviderTokens given = new ProviderTokens(reply.json());
    String token = reply.error() == null ? given.token(kept.kind()) : null;
    if (token == null) {
      return followedByAnother(service, kept, now).orElseThrow(() -> ended(service, reply.error()));
    }
    keep(
        service,
        new KeptToken(
            token,
            kept.kind(),
            given.expiry(token, now),
            requireNonNullElse(given.refreshToken(), refreshToken),
            kept.endpoint(),
            kept.clientId()));
    return token;
  }

  /// A refresh token may work once: another command of the same person was faster.
  private Optional<String> followedByAnother(URI service, KeptToken kept, Instant now) {
    return text(service)
        .filter(SignedIn::isOfProvider)
        .map(text -> read(service, text))
        .filter(newer -> !newer.equals(kept) && newer.isGood(now))
        .map(KeptToken::token);
  }

  private static CommandException ended(URI service, @Nullable String reason) {
    return new CommandException(
        ExitCode.NOT_ALLOWED,
        "your sign-in with the OpenID provider has ended%s; run: edj sign-in --oidc --url %s"
            .formatted(
                reason == null ? "" : " (%s)".formatted(reason.replaceAll("\\p{Cntrl}", "")),
                ShellWord.of(service.toString())));
  }

  private KeptToken read(URI service, String text) {
    try {
      return Json.mapper().readValue(text, KeptToken.class);
    } catch (JacksonException e) {
      throw new CommandException(
          ExitCode.NOT_ALLOWED,
          "%s cannot be read; run 'edj sign-out' and sign in again".formatted(file(service).path()),
          e);
    }
  }

  private Optional<String> text(URI service) {
    PrivateFile file = file(service);
    try {
      return Optional.of(file.read().strip()).filter(text -> !text.isEmpty());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (EdjException e) {
      throw new CommandException(
          ExitCode.NOT_ALLOWED,
          "others can read the token in %s; run 'edj sign-out' and sign in again, or: chmod 600 %s"
              .formatted(file.path(), ShellWord.of(file.path().toString())),
          e);
    } catch (IOException e) {
      throw failed(file, "read", e);
    }
  }

  void keep(URI service, KeptToken token) {
    keep(service, Json.mapper().writeValueAsString(token));
  }

  void keep(URI service, String token) {
    PrivateFile file = file(service);
    try {
      file.write(token + "\n");
    } catch (IOException e) {
      throw failed(file, "written", e);
    }
  }

  void forget(URI service) {
    PrivateFile file = file(service);
    try {
      Files.deleteIfExists(file.path());
    } catch (IOException e) {
      throw failed(file, "deleted", e);
    }
  }

  /// The same for every way of writing an address.
  private PrivateFile file(URI service) {
    String address = service.toString().toLowerCase(Locale.ROOT);
    Path directory = terminal.home().resolve(".edj").resolve("signed-in");
    return new PrivateFile(directory.resolve(URLEncoder.encode(address, StandardCharsets.UTF_8)));
  }

  private static CommandException failed(PrivateFile file, String what, IOException e) {
    return new CommandException(
        ExitCode.UNAVAILABLE,
        "%s cannot be %s: %s".formatted(file.path(), what, FileFault.reason(e)),
        e);
  }
}
