package dev.edj.cli;

import dev.edj.problem.EdjException;
import dev.edj.settings.PrivateFile;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The tokens that `edj sign-in` keeps: a file for each service's address, which only its person
/// can read, in `.edj/signed-in` of their home directory.
record SignedIn(Terminal terminal) {

  Optional<String> token(URI service) {
    PrivateFile file = file(service);
    try {
      return Optional.of(file.read().strip()).filter(text -> !text.isEmpty());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (EdjException e) {
      throw new CommandException(
          ExitCode.NOT_ALLOWED,
          "others can read the token in %1$s; run 'edj sign-out' and sign in again, or: chmod 600 '%1$s'"
              .formatted(file.path()),
          e);
    } catch (IOException e) {
      throw failed(file, "read", e);
    }
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
        "%s cannot be %s: %s".formatted(file.path(), what, e.getClass().getSimpleName()),
        e);
  }
}
