package dev.edj.cli;

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

  ExitCode exitCode() {
    return exitCode;
  }
}
