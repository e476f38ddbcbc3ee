package dev.edj.cli;

import dev.edj.text.FileFault;
import dev.edj.text.ShellWord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Finds the service: `--url`, else `EDJ_URL`, else the `service.json` that a running service keeps
/// in its data directory.
///
/// The token is `EDJ_TOKEN`, else what `edj sign-in` kept for that address, else the data
/// directory's file `token`. That file belongs to the service of its directory: it is not shown to
/// any other, unless the person named the directory together with the other's URL.
///
/// @param url as given by `--url`
/// @param dataDirectory as given by `--data`
record ServiceFinder(Terminal terminal, @Nullable String url, @Nullable Path dataDirectory) {

  ServiceAddress find() {
    String given = given();
    Optional<URI> local = localService();
    URI address = address();
    boolean ownService = local.filter(own -> isSame(own, address)).isPresent();
    return new ServiceAddress(
        address, token(address, ownService || (given != null && directoryWasNamed())));
  }

  URI address() {
    String given = given();
    return given != null ? parsed(given) : localService().orElseThrow(() -> noService(directory()));
  }

  private @Nullable String given() {
    return url != null ? url : terminal.variable("EDJ_URL");
  }

  Path directory() {
    String variable = terminal.variable("EDJ_DATA");
    return dataDirectory != null
        ? dataDirectory
        : variable != null ? Path.of(variable) : terminal.home().resolve(".edj");
  }

  private boolean directoryWasNamed() {
    return dataDirectory != null || terminal.variable("EDJ_DATA") != null;
  }

  private Optional<URI> localService() {
    return read(directory().resolve("service.json")).map(this::urlIn);
  }

  private URI urlIn(String json) {
    try {
      JsonNode found = Json.mapper().readTree(json).path("url");
      return parsed(found.asString());
    } catch (JacksonException e) {
      throw new CommandException(
          ExitCode.UNAVAILABLE,
          "%s says no URL; delete it and start the service again"
              .formatted(directory().resolve("service.json")),
          e);
    }
  }

  private @Nullable String token(URI address, boolean fileMayBeShown) {
    String given = terminal.variable("EDJ_TOKEN");
    if (given != null) {
      return given;
    }
    Optional<String> signedIn = new SignedIn(terminal).token(address);
    if (signedIn.isPresent() || !fileMayBeShown) {
      return signedIn.orElse(null);
    }
    Path file = directory().resolve("token");
    Optional<String> token = read(file).map(String::strip).filter(text -> !text.isEmpty());
    if (token.isPresent() && isReadableByOthers(file)) {
      throw new CommandException(
          ExitCode.NOT_ALLOWED,
          "others can read the token in %s; run: chmod 600 %s"
              .formatted(file, ShellWord.of(file.toString())));
    }
    return token.orElse(null);
  }

  /// Whoever names a service need not be able to read what is here of another one.
  private Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (given() != null && !directoryWasNamed()) {
        return Optional.empty();
      }
      throw new CommandException(
          ExitCode.UNAVAILABLE, "cannot read %s: %s".formatted(file, FileFault.reason(e)), e);
    }
  }

  private static boolean isReadableByOthers(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ);
    } catch (UnsupportedOperationException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI parsed(String text) {
    try {
      URI url = URI.create(text.strip().replaceAll("/+$", ""));
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getQuery() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // The sentence below says it.
    }
    throw CommandException.badInput(
        "the service's URL must look like http://host:8740 or https://host");
  }

  private static boolean isSame(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getPort() == other.getPort()
        && (one.getHost().equalsIgnoreCase(other.getHost())
            || (isLoopback(one) && isLoopback(other)));
  }

  static boolean isLoopback(URI url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static CommandException noService(Path directory) {
    return new CommandException(
        ExitCode.UNAVAILABLE,
        "no service is running here: there is no %s. Start one with 'edj serve', or name one with --url or EDJ_URL."
            .formatted(directory.resolve("service.json")));
  }
}
