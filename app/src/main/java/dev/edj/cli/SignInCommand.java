package dev.edj.cli;

import dev.edj.access.MadeToken;
import dev.edj.access.SignIn;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj sign-in`: exchanges a password, or the word of an OpenID provider, for a token, and keeps
/// that.
@Command(
    name = "sign-in",
    description = {
      "Asks for the password when no option says where it is. What is kept is a token, for 7 days,",
      "in a file of your home directory; the password is kept nowhere. With --oidc it is the provider's",
      "token, which is followed by another as long as the provider gives one."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  edj sign-in alice --url https://edj.example.com",
      "  edj sign-in alice --password-stdin < secret",
      "  edj sign-in --oidc --url https://edj.example.com"
    })
final class SignInCommand implements Runnable {

  private final Session session;

  @Parameters(
      paramLabel = "USER",
      arity = "0..1",
      description = "Your name as a user of the service.")
  private @Nullable String user;

  @Option(
      names = "--oidc",
      description =
          "Sign in with the service's OpenID provider, by a code that is entered in a browser.")
  private boolean oidc;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "With --oidc: ask the provider for this, and not for the usual; repeatable.")
  private List<String> scopes = new ArrayList<>();

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
    if (oidc) {
      if (user != null || password.isGiven()) {
        throw CommandException.badInput(
            "with --oidc the provider asks who you are; leave out USER and password");
      }
      withProvider(service);
    } else if (user == null) {
      throw CommandException.badInput("name a user of the service, or say --oidc");
    } else {
      withPassword(service, user);
    }
    if (session.terminal().variable("EDJ_TOKEN") != null) {
      session.output().note("EDJ_TOKEN is set, and goes before this.");
    }
  }

  private void withProvider(URI service) {
    DeviceSignIn.Done done = new DeviceSignIn(session, service, scopes).run();
    new SignedIn(session.terminal()).keep(service, done.kept());
    session
        .output()
        .note(
            "Signed in as %s until %s%s."
                .formatted(
                    done.account().name(),
                    Cell.of(done.kept().expiresAt()).text(),
                    done.kept().refreshToken() == null
                        ? ""
                        : ", and longer as the provider lets you"));
    if (done.account().role() == null) {
      session.output().note("Nothing that the provider says of you is a role here.");
    }
  }

  private void withPassword(URI service, String user) {
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
  }

  private void requireEncryption(URI service) {
    boolean encrypted = service.getScheme().toLowerCase(Locale.ROOT).equals("https");
    if (!encrypted && !withoutTls && !ServiceFinder.isLoopback(service)) {
      throw CommandException.badInput(
          "%s is another machine, and not reached by https: everybody on the way could read the password or the token; use https, or say --without-tls"
              .formatted(service));
    }
  }
}
