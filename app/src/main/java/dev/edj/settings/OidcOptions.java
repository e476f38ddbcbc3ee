package dev.edj.settings;

import dev.edj.problem.EdjException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `edj serve` about an OpenID provider.
final class OidcOptions {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

  @Option(
      names = "--oidc-issuer",
      paramLabel = "<url>",
      description =
          "An OpenID provider whose users may come in, by the URL that its tokens name as their"
              + " issuer (none).")
  private @Nullable String issuer;

  @Option(
      names = "--oidc-client-id",
      paramLabel = "<id>",
      description = "What the service is called there.")
  private @Nullable String clientId;

  @Option(
      names = "--oidc-client-secret-file",
      paramLabel = "<file>",
      description = {
        "A file with the service's secret there, if it has one.",
        "Or give the secret itself in EDJ_OIDC_CLIENT_SECRET."
      })
  private @Nullable String clientSecretFile;

  @Option(
      names = "--oidc-label",
      paramLabel = "<name>",
      description = "What the provider is called on the portal's sign-in page (its host).")
  private @Nullable String label;

  @Option(
      names = "--oidc-audience",
      paramLabel = "<name>",
      description = "For whom a token has to be made out (the client id).")
  private @Nullable String audience;

  @Option(
      names = "--oidc-roles-claim",
      paramLabel = "<claim>",
      description =
          "Where a token says what somebody is; dots lead into it: realm_access.roles (roles).")
  private @Nullable String rolesClaim;

  @Option(
      names = "--oidc-name-claim",
      paramLabel = "<claim>",
      description =
          "Where a token says their name (preferred_username, email or sub, the first that is"
              + " there).")
  private @Nullable String nameClaim;

  @Option(
      names = "--oidc-role",
      paramLabel = "<value=role>",
      description = {
        "Who has that value in the claim of roles has that role here: db-team=author; repeatable.",
        "EDJ_OIDC_ROLE takes them with commas between them."
      })
  private @Nullable List<String> roles;

  /// Empty when there is no provider.
  Optional<OidcSettings> settings(Given given) {
    Optional<URI> where = given.find("oidc-issuer", issuer, OidcOptions::issuer);
    Optional<String> id = given.find("oidc-client-id", clientId, OidcOptions::required);
    Optional<String> forWhom = given.find("oidc-audience", audience, OidcOptions::required);
    Optional<String> rolesAt = given.find("oidc-roles-claim", rolesClaim, OidcOptions::required);
    Optional<String> nameAt = given.find("oidc-name-claim", nameClaim, OidcOptions::required);
    Optional<List<String>> mapping = mapping(given);
    Optional<String> secret =
        given
            .find("oidc-client-secret-file", clientSecretFile, OidcOptions::secret)
            .or(() -> given.find("oidc-client-secret", null, OidcOptions::required));
    Optional<String> called = given.find("oidc-label", label, OidcOptions::required);
    if (where.isEmpty()) {
      requireNothing(id, secret, called, forWhom, rolesAt, nameAt, mapping);
      return Optional.empty();
    }
    String client = id.orElseThrow(() -> missing("--oidc-client-id", "the service's id there"));
    return Optional.of(
        new OidcSettings(
            where.get(),
            client,
            secret.orElse(null),
            called.orElse(where.get().getHost()),
            forWhom.orElse(client),
            rolesAt.orElse(OidcSettings.DEFAULT_ROLES_CLAIM),
            nameAt.orElse(null),
            mapping.orElseThrow(() ->
                missing(
                    "--oidc-role", "who may do what, such as db-team=author; else nobody may"))));
  }

  /// What a provider calls a group may have commas in it, so that an option is one of them, whole.
  private Optional<List<String>> mapping(Given given) {
    Function<String, List<String>> parts =
        text -> Stream.of(text.split(roles == null ? "," : "\n")).map(String::strip).toList();
    return given.findAll("oidc-role", roles, "\n", parts);
  }

  private static void requireNothing(Optional<?>... others) {
    if (Stream.of(others).anyMatch(Optional::isPresent)) {
      throw missing("--oidc-issuer", "the provider that the other options are about");
    }
  }

  private static EdjException missing(String option, String what) {
    return EdjException.invalid(option, "is needed for sign-in with OpenID Connect: " + what);
  }

  private static String required(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text.strip();
  }

  private static String secret(String file) {
    try {
      return required(Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "'%s' cannot be read: %s".formatted(file, e.getClass().getSimpleName()), e);
    }
  }

  /// Compared with what tokens say letter by letter, so it stays as it is written.
  private static URI issuer(String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("'%s' is no URL".formatted(text), e);
    }
    String host = uri.getHost();
    if (host == null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "'%s' is not an issuer such as https://login.example.com/realms/main".formatted(text));
    }
    if (!uri.getScheme().equals("https")
        && !(uri.getScheme().equals("http") && LOOPBACK.matcher(host).matches())) {
      throw new IllegalArgumentException(
          "'%s' is not reached by https; only a provider on this machine may be asked without"
              .formatted(text));
    }
    return uri;
  }
}
