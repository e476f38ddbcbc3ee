package dev.edj.cli;

import dev.edj.files.source.Place;
import dev.edj.problem.EdjException;
import dev.edj.secrecy.SecretVariables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that a declarative file names for a secret. It is told no others of ours, runs in the
/// directory of the file, complains on the same terminal as we do, and is given a minute.
record SecretProgram(List<String> command, Place place) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LONGEST = 100_000;
  private static final String FIELD = "command";

  private interface Talk {

    String with(Process process) throws IOException;
  }

  /// What it prints; it may ask somebody for that.
  String printed() {
    return run(
        new ProcessBuilder(command).redirectInput(Redirect.INHERIT),
        process -> {
          try (InputStream out = process.getInputStream()) {
            return new String(out.readNBytes(LONGEST), StandardCharsets.UTF_8);
          }
        });
  }

  /// Has it read a secret. What it prints is nobody's business: it may be the secret.
  void tell(String secret) {
    run(
        new ProcessBuilder(command).redirectOutput(Redirect.DISCARD),
        process -> {
          try (OutputStream in = process.getOutputStream()) {
            in.write(secret.getBytes(StandardCharsets.UTF_8));
          }
          return "";
        });
  }

  private String run(ProcessBuilder program, Talk talk) {
    Process process = started(SecretVariables.removeFrom(program));
    Thread watch = Thread.ofVirtual().start(() -> endLate(process));
    try {
      String said = talk.with(process);
      int status = process.waitFor();
      if (status != 0) {
        throw EdjException.invalid(
            FIELD, "'%s' ended with exit code %d".formatted(command.getFirst(), status));
      }
      return said;
    } catch (IOException e) {
      throw EdjException.invalid(FIELD, "'%s' ended too early".formatted(command.getFirst()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
    } finally {
      watch.interrupt();
      process.destroyForcibly();
    }
  }

  private Process started(ProcessBuilder program) {
    Path directory = place.file().toAbsolutePath().getParent();
    if (directory != null) {
      program.directory(directory.toFile());
    }
    try {
      return program.redirectError(Redirect.INHERIT).start();
    } catch (IOException e) {
      throw EdjException.invalid(FIELD, "cannot run '%s'".formatted(command.getFirst()));
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
