package dev.edj.settings;

import dev.edj.problem.EdjException;
import dev.edj.settings.SmtpSettings.Encryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `edj serve` about the mail server that notices are sent by.
final class SmtpOptions {

  private static final Pattern SERVER =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

  private static final int LAST_PORT = 65_535;

  @Option(
      names = "--smtp-server",
      paramLabel = "<host[:port]>",
      description = "The mail server that notices are sent by (no e-mail).")
  private @Nullable String server;

  @Option(
      names = "--smtp-encryption",
      paramLabel = "<way>",
      description =
          "How connections to it are encrypted, with its certificate checked: starttls, which is"
              + " insisted on; tls from the first byte; none (starttls).")
  private @Nullable String encryption;

  @Option(
      names = "--smtp-from",
      paramLabel = "<address>",
      description = "The address that notices are sent from, edj@example.com.")
  private @Nullable String from;

  @Option(
      names = "--smtp-user",
      paramLabel = "<name>",
      description = "The login at the mail server (no login).")
  private @Nullable String user;

  @Option(
      names = "--smtp-password-file",
      paramLabel = "<file>",
      description = {
        "A file with the password of that login.",
        "Or give the password itself in EDJ_SMTP_PASSWORD."
      })
  private @Nullable String passwordFile;

  @Option(
      names = "--smtp-password-command",
      paramLabel = "<command>",
      description = "A command that prints the password of that login, each time it is needed.")
  private @Nullable String passwordCommand;

  /// Empty when there is no mail server.
  Optional<SmtpSettings> settings(Given given) {
    Optional<Matcher> where = given.find("smtp-server", server, SmtpOptions::server);
    Optional<Encryption> how = given.find("smtp-encryption", encryption, SmtpOptions::encryption);
    Optional<String> sender = given.find("smtp-from", from, SmtpOptions::address);
    Optional<String> login = given.find("smtp-user", user, SmtpOptions::required);
    SmtpPassword password = password(given);
    boolean withPassword = !password.equals(SmtpPassword.NONE);
    if (where.isEmpty()) {
      if (withPassword || Stream.of(how, sender, login).anyMatch(Optional::isPresent)) {
        throw missing("--smtp-server", "the mail server that the other options are about");
      }
      return Optional.empty();
    }
    if (login.isPresent() != withPassword) {
      throw missing(
          login.isPresent() ? "--smtp-password-file" : "--smtp-user", "a login has a password");
    }
    Encryption chosen = how.orElse(Encryption.STARTTLS);
    if (withPassword && chosen == Encryption.NONE) {
      throw EdjException.invalid(
          "--smtp-encryption", "without encryption, the password would be sent in the clear");
    }
    String port = where.get().group(2);
    return Optional.of(
        new SmtpSettings(
            where.get().group(1),
            port == null ? chosen.usualPort() : Integer.parseInt(port),
            chosen,
            login.orElse(null),
            password,
            sender.orElseThrow(() -> missing("--smtp-from", "the address to send from"))));
  }

  private SmtpPassword password(Given given) {
    Optional<String> text =
        given
            .find("smtp-password-file", passwordFile, SmtpOptions::secret)
            .or(() -> given.find("smtp-password", null, Function.identity()));
    Optional<String> command =
        given.find("smtp-password-command", passwordCommand, SmtpOptions::required);
    if (text.isPresent() && command.isPresent()) {
      throw EdjException.invalid(
          "--smtp-password-command",
          "is one of two ways to the password: leave it out, or --smtp-password-file and"
              + " EDJ_SMTP_PASSWORD");
    }
    return new SmtpPassword(text.orElse(null), command.orElse(null));
  }

  private static EdjException missing(String option, String what) {
    return EdjException.invalid(option, "is needed for e-mail: " + what);
  }

  private static Matcher server(String text) {
    Matcher server = SERVER.matcher(text.strip());
    if (!server.matches() || (server.group(2) != null && !isPort(server.group(2)))) {
      throw new IllegalArgumentException(
          "'%s' is not a server such as smtp.example.com or smtp.example.com:2525".formatted(text));
    }
    return server;
  }

  private static boolean isPort(String digits) {
    int port = Integer.parseInt(digits);
    return port >= 1 && port <= LAST_PORT;
  }

  private static Encryption encryption(String text) {
    return Arrays.stream(Encryption.values())
        .filter(one -> one.name().equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is none of %s"
                    .formatted(
                        text,
                        Arrays.stream(Encryption.values())
                            .map(one -> one.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ")))));
  }

  private static String address(String text) {
    if (!text.strip().matches("[!-~&&[^@<>,;]]+@[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "'%s' is not an address such as edj@example.com".formatted(text));
    }
    return text.strip();
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
}
