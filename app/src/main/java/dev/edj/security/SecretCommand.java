package dev.edj.security;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.secrecy.SecretVariables;
import dev.edj.security.TimedProgram.Ended;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks a command, which only the service's own configuration can name, for a secret.
public final class SecretCommand {

  private SecretCommand() {}

  /// What the command prints, without the line end. It has no input, and is ended after the limit.
  ///
  /// @param option that named it, for the message of the [EdjException] when it fails; its output
  ///   is in no message, what it complains of is
  /// @param environment what it is told, beside the environment of this process but for its secrets
  public static String ask(
      String option, String command, Map<String, String> environment, Duration limit) {
    ProcessBuilder program = new ProcessBuilder("/bin/sh", "-c", command);
    SecretVariables.removeFrom(program);
    program.environment().putAll(environment);
    return ask(option, program, limit);
  }

  /// The same without a shell, and without any setting of this process.
  ///
  /// @param words the program and its arguments
  public static String run(
      String option, List<String> words, Map<String, String> environment, Duration limit) {
    ProcessBuilder program = withoutSettings(new ProcessBuilder(words));
    program.environment().putAll(environment);
    return ask(option, program, limit);
  }

  static ProcessBuilder withoutSettings(ProcessBuilder program) {
    SecretVariables.removeFrom(program);
    program.environment().keySet().removeIf(name -> name.startsWith("EDJ_"));
    return program;
  }

  private static String ask(String option, ProcessBuilder program, Duration limit) {
    try {
      Ended ended = TimedProgram.run(program, "", limit);
      if (ended.exitCode() != 0) {
        throw failure(
            option, "ended with code %d: %s".formatted(ended.exitCode(), ended.complaint()), null);
      }
      return ended.output().stripTrailing();
    } catch (TimedProgram.Failure e) {
      throw failure(option, e.trouble(), e);
    } catch (IOException e) {
      throw failure(option, "cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(option, "was interrupted", e);
    }
  }

  private static EdjException failure(String option, String trouble, @Nullable Throwable cause) {
    return new EdjException(
        ErrorCode.SETUP, option, "the command of %s %s".formatted(option, trouble), cause);
  }
}
