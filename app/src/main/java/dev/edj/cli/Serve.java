package dev.edj.cli;

/// The seam between the command line and the service: only this class may load the service's, so
/// that no other command pays for them.
final class Serve {

  private Serve() {}

  /// Runs the service until it is told to stop; returns the process's exit code.
  @SuppressWarnings("DoNotCallSuggester")
  static int run(ServeOptions options) {
    throw new CommandException(
        ExitCode.FAULT, "this build has no service to run in " + options.data());
  }
}
