package dev.edj.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `edj serve`: the service itself, in this process.
@Command(
    name = "serve",
    footerHeading = "%nExamples:%n",
    footer = {
      "  edj serve",
      "  edj serve --data /var/lib/edj --port 8740",
      "  edj serve --control-database postgresql://control.example.com/edj"
    })
final class ServeCommand implements Callable<Integer> {

  private final Session session;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address to listen on (default: 127.0.0.1, this machine only).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "NUMBER",
      defaultValue = "8740",
      description = "The port to listen on; 0 takes any free one (default: 8740).")
  private int port;

  @Option(
      names = "--control-database",
      paramLabel = "URL",
      description =
          "A shared control database, postgresql://host:port/database (default: an embedded one in"
              + " the data directory).")
  private @Nullable String controlDatabase;

  ServeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return Serve.run(
        new ServeOptions(session.serviceFinder().directory(), host, port, controlDatabase));
  }
}
