package dev.edj.cli;

import dev.edj.problem.EdjException;
import dev.edj.settings.ServiceOptions;
import dev.edj.settings.ServiceSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `edj serve`: the service itself, in this process.
@Command(
    name = "serve",
    footerHeading = "%nExamples:%n",
    footer = {
      "  edj serve",
      "  edj serve --data /var/lib/edj --port 8740",
      "  edj serve --control-database postgresql://control.example.com/edj",
      "",
      "Each option has a variable: that of --worker-capacity is EDJ_WORKER_CAPACITY."
    })
final class ServeCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final ServiceOptions options = new ServiceOptions();

  ServeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    return Serve.run(settings(), session.terminal());
  }

  private ServiceSettings settings() {
    try {
      return options.settings(
          session.serviceFinder().directory(), session.terminal().environment());
    } catch (EdjException e) {
      throw new CommandException(ExitCode.BAD_INPUT, e.text(), e);
    }
  }
}
