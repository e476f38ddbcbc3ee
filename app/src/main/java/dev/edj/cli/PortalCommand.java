package dev.edj.cli;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.SecretVariables;
import dev.edj.secrecy.Sensitive;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `edj portal`: from a terminal into the browser.
@Command(
    name = "portal",
    description = "It works once, for 15 minutes.",
    footerHeading = "%nExamples:%n",
    footer = {"  edj portal", "  edj portal --open"})
final class PortalCommand implements Runnable {

  private final Session session;

  @Option(names = "--open", description = "Opens it in a browser, too.")
  private boolean open;

  PortalCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ServiceAddress service = session.serviceFinder().find();
    Answer<Ticket> ticket = session.api().post(Ticket.class, ApiPath.of("portal", "tickets"), null);
    String link = service.url() + ticket.value().path();
    if (session.output().isJson()) {
      session.output().json(ticket.json());
    } else {
      session.output().line(link);
    }
    if (open) {
      openBrowser(link);
    }
  }

  private void openBrowser(String link) {
    boolean isMac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
    String program = isMac ? "open" : "xdg-open";
    try {
      SecretVariables.removeFrom(new ProcessBuilder(program, link))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      session.output().note("'%s' cannot be run here; open the link yourself.".formatted(program));
    }
  }

  /// @param path on the service's address
  record Ticket(@Sensitive String path, Instant expiresAt) {

    @Override
    public String toString() {
      return Masked.text(this);
    }
  }
}
