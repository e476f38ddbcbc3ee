package dev.edj.cli;

import dev.edj.access.Account;
import dev.edj.access.AccountKind;
import picocli.CommandLine.Command;

/// `edj whoami`.
@Command(
    name = "whoami",
    description = "Your name there, and what you may do.",
    footerHeading = "%nExample:%n",
    footer = "  edj whoami --url https://edj.example.com")
final class WhoAmICommand implements Runnable {

  private final Session session;

  WhoAmICommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    session
        .output()
        .show(session.api().get(Account.class, ApiPath.of("account")), WhoAmICommand::details);
  }

  private static Details details(Account account) {
    return new Details()
        .line("Name", account.name())
        .line("Known by", knownBy(account.kind()))
        .line("Token", account.token())
        .line("Roles", UserViews.roles(account.grants()))
        .line(
            "May do what", account.role() == null ? "nothing yet" : "a " + account.role() + " may");
  }

  private static String knownBy(AccountKind kind) {
    return switch (kind) {
      case Local -> "the token in the service's data directory";
      case User -> "a password";
      case Token -> "a token made for a program";
      case Provider -> "the word of an OpenID provider";
    };
  }
}
