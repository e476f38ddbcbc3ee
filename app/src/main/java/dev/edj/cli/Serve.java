package dev.edj.cli;

import dev.edj.api.RunningService;
import dev.edj.problem.EdjException;
import dev.edj.settings.ServiceSettings;
import java.nio.file.Path;

/// The seam between the command line and the service: only this class may load the service's, so
/// that no other command pays for them.
final class Serve {

  private Serve() {}

  /// Starts the service on any free port and, when that was used, stops it again.
  static void rehearse(Path dataDirectory, Runnable use) {
    try (RunningService _ = RunningService.start(ServiceSettings.in(dataDirectory).withPort(0))) {
      use.run();
    }
  }

  /// Runs the service until it is told to stop; returns the process's exit code.
  static int run(ServiceSettings settings, Terminal terminal) throws InterruptedException {
    try {
      RunningService.run(settings, service -> greetIfPossible(service, terminal));
      return ExitCode.DONE.number();
    } catch (EdjException e) {
      throw new CommandException(ExitCode.of(e.category()), e.text(), e);
    }
  }

  /// A service that runs does not end because the control database is away again.
  private static void greetIfPossible(RunningService service, Terminal terminal) {
    try {
      greet(service, terminal);
    } catch (RuntimeException e) {
      terminal
          .err()
          .println(
              "The service runs, but the control database does not answer at the moment; for a link"
                  + " to the portal run 'edj portal'.");
    }
  }

  /// To a person only: neither a link that signs in nor a password is for a log.
  private static void greet(RunningService service, Terminal terminal) {
    if (terminal.errIsTerminal()) {
      service
          .makeFirstAdministrator()
          .ifPresent(first ->
              terminal
                  .err()
                  .printf(
                      "The first user, an administrator; the password is shown this once:%n"
                          + "  user %s, password %s%n",
                      first.name(), first.password()));
      service
          .signInLink()
          .ifPresent(link ->
              terminal
                  .err()
                  .printf(
                      "The portal, signed in (this link works once, for 15 minutes):%n  %s%n",
                      link));
    } else {
      service.warnWithoutUsers();
    }
  }
}
