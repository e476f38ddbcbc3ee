package dev.edj.cli;

import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Command;

/// `edj sign-out`: has the token that `edj sign-in` keeps revoked, and forgets it.
@Command(
    name = "sign-out",
    description = "The token that 'edj sign-in' keeps is revoked, and forgotten.",
    footerHeading = "%nExample:%n",
    footer = "  edj sign-out --url https://edj.example.com")
final class SignOutCommand implements Runnable {

  private final Session session;

  SignOutCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    URI service = session.serviceFinder().address();
    SignedIn signedIn = new SignedIn(session.terminal());
    if (signedIn.isOfProvider(service)) {
      signedIn.forget(service);
      session.output().done("Signed out. The provider's token is good until it expires.");
      return;
    }
    Optional<String> token = signedIn.token(service);
    if (token.isEmpty()) {
      throw new CommandException(
          ExitCode.CONFLICT, "you are not signed in to %s".formatted(service));
    }
    try {
      new ApiClient(new ServiceAddress(service, token.get()))
          .order("POST", ApiPath.of("sign-out"), null);
    } catch (CommandException e) {
      if (e.exitCode() != ExitCode.NOT_ALLOWED) {
        throw e;
      }
      // It was no longer good; there is nothing to revoke.
    }
    signedIn.forget(service);
    session.output().done("Signed out.");
  }
}
