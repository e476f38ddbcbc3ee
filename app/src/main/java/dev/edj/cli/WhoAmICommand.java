package dev.edj.cli;

import dev.edj.access.Account;
import dev.edj.access.AccountKind;
import dev.edj.access.Role;
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
        .line("May do what", mayDo(account));
  }

  private static String mayDo(Account account) {
    Role role = account.role();
    if (role == null) {
      return "nothing yet";
    }
    boolean narrowed =
        account.grants().stream()
            .filter(grant -> grant.role().includes(role))
            .allMatch(grant -> grant.collection() != null);
    return "a %s may%s".formatted(role, narrowed ? ", in these collections only" : "");
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
