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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A program that a declarative file names for a secret. It is told no others of ours, runs in the
/// directory of the file, and complains on the same terminal as we do.
///
/// @param patience how long it may take, with all that it starts
record SecretProgram(List<String> command, Place place, Duration patience) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LONGEST = 100_000;
  private static final String FIELD = "command";

  private interface Talk {

    String with(Process process) throws IOException;
  }

  SecretProgram(List<String> command, Place place) {
    this(command, place, PATIENCE);
  }

  /// What it prints; it may ask somebody for that.
  String printed() {
    return run(
        new ProcessBuilder(command).redirectInput(Redirect.INHERIT),
        process -> {
          try (InputStream out = process.getInputStream()) {
            return new String(out.readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
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
    long deadline = System.nanoTime() + patience.toNanos();
    Process process = started(SecretVariables.removeFrom(program));
    FutureTask<String> talking = new FutureTask<>(() -> talk.with(process));
    Thread.ofVirtual().name("edj-secret-program").start(talking);
    try {
      String said = talking.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (said.length() > LONGEST) {
        throw failure("prints more than %,d characters".formatted(LONGEST));
      }
      if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw late();
      }
      if (process.exitValue() != 0) {
        throw failure("ended with exit code %d".formatted(process.exitValue()));
      }
      return said;
    } catch (TimeoutException e) {
      throw late();
    } catch (ExecutionException e) {
      throw failure("ended too early");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
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

  /// It, or something that it left behind and that keeps its output open.
  private EdjException late() {
    return failure("did not end within %d s".formatted(patience.toSeconds()));
  }

  private EdjException failure(String trouble) {
    return EdjException.invalid(FIELD, "'%s' %s".formatted(command.getFirst(), trouble));
  }
}
