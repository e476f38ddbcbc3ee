package dev.edj.cli;

import dev.edj.files.declaration.SecretSource;
import dev.edj.files.kind.Secrets;
import dev.edj.files.source.Place;
import dev.edj.files.source.WholeFile;
import dev.edj.problem.EdjException;
import dev.edj.secrecy.SecretVariables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Reads the secrets that files name, each once. What a secret is stands in no message. Used by one
/// thread.
final class SecretReader implements Secrets {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LONGEST = 100_000;
  private static final String COMMAND = "command";

  private final Terminal terminal;
  private final Map<Asked, String> read = new HashMap<>();

  SecretReader(Terminal terminal) {
    this.terminal = terminal;
  }

  private record Asked(SecretSource source, Path file) {}

  @Override
  public String read(SecretSource source, Place place) {
    Asked asked = new Asked(source, place.file());
    String secret = read.get(asked);
    if (secret == null) {
      secret = found(source, place).replaceFirst("\r?\n\\z", "");
      if (secret.isEmpty()) {
        throw EdjException.invalid("secret", source + " is empty");
      }
      read.put(asked, secret);
    }
    return secret;
  }

  private String found(SecretSource source, Place place) {
    if (source.environment() != null) {
      String value = terminal.variable(source.environment());
      if (value == null) {
        throw EdjException.invalid("environment", "%s is not set".formatted(source));
      }
      return value;
    }
    if (source.file() != null) {
      return new String(
          WholeFile.bytes(place.relative(source.file()), "file"), StandardCharsets.UTF_8);
    }
    return printed(source.command() == null ? List.of() : source.command(), place);
  }

  /// It is told no secrets of ours, speaks to the same terminal as we do, and is given a minute.
  private static String printed(List<String> command, Place place) {
    ProcessBuilder program = SecretVariables.removeFrom(new ProcessBuilder(command));
    program.redirectError(ProcessBuilder.Redirect.INHERIT);
    program.redirectInput(ProcessBuilder.Redirect.INHERIT);
    Path directory = place.file().toAbsolutePath().getParent();
    if (directory != null) {
      program.directory(directory.toFile());
    }
    Process process;
    try {
      process = program.start();
    } catch (IOException e) {
      throw EdjException.invalid(COMMAND, "cannot run '%s'".formatted(command.getFirst()));
    }
    Thread watch = Thread.ofVirtual().start(() -> endLate(process));
    try (InputStream out = process.getInputStream()) {
      String printed = new String(out.readNBytes(LONGEST), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw EdjException.invalid(
            COMMAND, "'%s' ended with exit code %d".formatted(command.getFirst(), status));
      }
      return printed;
    } catch (IOException e) {
      throw EdjException.invalid(COMMAND, "'%s' cannot be read".formatted(command.getFirst()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
    } finally {
      watch.interrupt();
      process.destroyForcibly();
    }
  }

  private static void endLate(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      // It has ended by itself.
      Thread.currentThread().interrupt();
    }
  }
}
