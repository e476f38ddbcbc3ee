package dev.edj.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The end of a command before its end: the sentence for a person and the code for a script.
final class CommandException extends RuntimeException {

  private final ExitCode exitCode;

  CommandException(ExitCode exitCode, String message) {
    this(exitCode, message, null);
  }

  CommandException(ExitCode exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  static CommandException badInput(String message) {
    return new CommandException(ExitCode.BAD_INPUT, message);
  }

  /// Throws one where a file is wanted and a directory is named.
  static void refuseDirectory(Path file) {
    if (Files.isDirectory(file)) {
      throw badInput("%s is a directory, and no file".formatted(file));
    }
  }

  String text() {
    return String.valueOf(getMessage());
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
