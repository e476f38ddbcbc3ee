package dev.edj.cli;

import dev.edj.files.source.Place;
import dev.edj.problem.EdjException;
import dev.edj.secrecy.SecretVariables;
import dev.edj.security.TimedProgram;
import dev.edj.security.TimedProgram.Ended;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A program that a declarative file names for a secret. It is told none of the secrets of EDJ,
/// runs in the directory of the file, and complains on the same terminal as we do.
///
/// @param patience how long it may take; it may ask somebody
record SecretProgram(List<String> command, Place place, Duration patience) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String FIELD = "command";

  SecretProgram(List<String> command, Place place) {
    this(command, place, PATIENCE);
  }

  /// What it prints.
  String printed() {
    return run(new ProcessBuilder(command).redirectInput(Redirect.INHERIT), "");
  }

  /// Has it read a secret. What it prints is nobody's business: it may be the secret.
  void tell(String secret) {
    run(new ProcessBuilder(command).redirectOutput(Redirect.DISCARD), secret);
  }

  private String run(ProcessBuilder program, String told) {
    SecretVariables.removeFrom(program).redirectError(Redirect.INHERIT);
    Path directory = place.file().toAbsolutePath().getParent();
    if (directory != null) {
      program.directory(directory.toFile());
    }
    try {
      Ended ended = TimedProgram.run(program, told, patience);
      if (ended.exitCode() != 0) {
        throw failed("'%s' ended with exit code %d".formatted(name(), ended.exitCode()));
      }
      return ended.output();
    } catch (TimedProgram.Failure e) {
      throw failed("'%s' %s".formatted(name(), e.trouble()));
    } catch (IOException e) {
      throw failed("cannot run '%s'".formatted(name()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
    }
  }

  private String name() {
    return command.getFirst();
  }

  private static EdjException failed(String reason) {
    return EdjException.invalid(FIELD, reason);
  }
}
