package dev.edj.cli;

import dev.edj.access.MadeToken;
import dev.edj.access.SignIn;
import java.net.URI;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj sign-in`: exchanges a password for a token, and keeps that.
@Command(
    name = "sign-in",
    description = {
      "Asks for the password when no option says where it is. What is kept is a token, for 7 days,",
      "in a file of your home directory; the password is kept nowhere."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  edj sign-in alice --url https://edj.example.com",
      "  edj sign-in alice --password-stdin < secret"
    })
final class SignInCommand implements Runnable {

  private final Session session;

  @Parameters(paramLabel = "USER", description = "Your name as a user of the service.")
  private String user = "";

  @Option(
      names = "--without-tls",
      description = "Send the password to another machine although its URL begins with http:.")
  private boolean withoutTls;

  @Mixin private final PasswordSource password = new PasswordSource();

  SignInCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    URI service = session.serviceFinder().address();
    requireEncryption(service);
    String secret = password.read(session.terminal(), user);
    Answer<MadeToken> made =
        new ApiClient(new ServiceAddress(service, null))
            .post(
                MadeToken.class,
                ApiPath.of("sign-in"),
                new SignIn(user, secret, session.terminal().variable("HOSTNAME")));
    new SignedIn(session.terminal()).keep(service, made.value().secret());
    session
        .output()
        .note(
            "Signed in as %s until %s."
                .formatted(
                    made.value().token().user(), Cell.of(made.value().token().expiresAt()).text()));
    if (session.terminal().variable("EDJ_TOKEN") != null) {
      session.output().note("EDJ_TOKEN is set, and goes before this.");
    }
  }

  private void requireEncryption(URI service) {
    boolean encrypted = service.getScheme().toLowerCase(Locale.ROOT).equals("https");
    if (!encrypted && !withoutTls && !ServiceFinder.isLoopback(service)) {
      throw CommandException.badInput(
          "%s is another machine, and not reached by https: everybody on the way could read the password; use https, or say --without-tls"
              .formatted(service));
    }
  }
}
