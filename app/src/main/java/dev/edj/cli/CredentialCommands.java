package dev.edj.cli;

import dev.edj.credential.Credential;
import dev.edj.credential.CredentialChange;
import dev.edj.credential.NewCredential;
import dev.edj.security.EncryptedPassword;
import dev.edj.security.PasswordCipher;
import dev.edj.security.PublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj credential`. Passwords leave this process only in the encrypted form that workers can read.
@Command(name = "credential")
final class CredentialCommands {

  private static final String NOUN = "credentials";

  private final Session session;

  CredentialCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "create",
      description = "Creates a credential; asks for the password when no option says where it is.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj credential create app --user app_login --server '*.tenants.example.com'",
        "  edj credential create app --user app_login --server db1,1434 --password-stdin < secret"
      })
  void create(
      @Parameters(paramLabel = "NAME", description = "What jobs will call it.") String name,
      @Option(
              names = {"--user", "--user-name"},
              paramLabel = "USER",
              required = true,
              description = "The user name to log in with.")
          String userName,
      @Option(
              names = "--server",
              paramLabel = "PATTERN",
              description =
                  "A server the password may be sent to, * for any part, or a network such as"
                      + " 10.0.0.0/8; repeatable. Without any it may be sent nowhere.")
          @Nullable List<String> servers,
      @Mixin PasswordSource password) {
    List<String> patterns = servers == null ? List.of() : servers;
    String secret = password.read(session.terminal(), name);
    ApiClient api = session.api();
    NewCredential credential =
        new NewCredential(name, userName, null, encrypted(api, name, secret), patterns);
    session
        .output()
        .show(
            api.post(Credential.class, ApiPath.of(NOUN), credential), CredentialCommands::details);
    if (patterns.isEmpty()) {
      session
          .output()
          .note(
              "Its password may be sent to no server yet: run edj credential update with --server.");
    }
  }

  @Command(
      name = "update",
      description = {
        "Changes a credential; without options, its password, which it asks for.",
        "More servers need the password again, so that only who knows it can send it elsewhere."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj credential update app",
        "  edj credential update app --server db1 --server db2 --password-file secret"
      })
  void update(
      @Parameters(paramLabel = "NAME", description = "The credential.") String name,
      @Option(
              names = {"--user", "--user-name"},
              paramLabel = "USER",
              description = "The new user name.")
          @Nullable String userName,
      @Option(
              names = "--server",
              paramLabel = "PATTERN",
              description =
                  "A server the password may be sent to; repeatable. They replace those it had.")
          @Nullable List<String> servers,
      @Option(names = "--no-server", description = "The password may be sent nowhere any more.")
          boolean noServer,
      @Mixin PasswordSource password) {
    if (noServer && servers != null) {
      throw CommandException.badInput("--server and --no-server exclude each other");
    }
    List<String> patterns = noServer ? List.of() : servers;
    boolean passwordChanges = password.isGiven() || (userName == null && patterns == null);
    String secret = passwordChanges ? password.read(session.terminal(), name) : null;
    ApiClient api = session.api();
    EncryptedPassword encrypted = secret == null ? null : encrypted(api, name, secret);
    session
        .output()
        .show(
            api.patch(
                Credential.class,
                ApiPath.of(NOUN, name),
                new CredentialChange(userName, null, encrypted, patterns)),
            CredentialCommands::details);
  }

  @Command(
      name = "show",
      description = "Shows a credential; its password never comes back.",
      footerHeading = "%nExample:%n",
      footer = "  edj credential show app")
  void show(@Parameters(paramLabel = "NAME", description = "The credential.") String name) {
    session
        .output()
        .show(
            session.api().get(Credential.class, ApiPath.of(NOUN, name)),
            CredentialCommands::details);
  }

  @Command(
      name = "list",
      description = "Lists the credentials.",
      footerHeading = "%nExample:%n",
      footer = "  edj credential list --output json")
  void list() {
    session
        .output()
        .list(
            session.api().list(Credential.class, ApiPath.of(NOUN)),
            CredentialCommands::table,
            "No credentials yet. Create one with 'edj credential create'.");
  }

  @Command(
      name = "delete",
      description = "Deletes a credential that no job and no target uses.",
      footerHeading = "%nExample:%n",
      footer = "  edj credential delete app")
  void delete(@Parameters(paramLabel = "NAME", description = "The credential.") String name) {
    session.api().order("DELETE", ApiPath.of(NOUN, name), null);
    session.output().done("Deleted.");
  }

  private static EncryptedPassword encrypted(ApiClient api, String name, String password) {
    PublicKey key = api.get(PublicKey.class, ApiPath.of("encryption-key")).value();
    return PasswordCipher.encrypt(key, name, password);
  }

  private static Details details(Credential credential) {
    return new Details()
        .line("Name", credential.name())
        .line("User", credential.userName())
        .line("Servers", servers(credential))
        .line("Created", credential.createdAt())
        .line("Updated", credential.updatedAt());
  }

  private static Table table(List<Credential> credentials) {
    Table table = Table.of("NAME", "USER", "SERVERS", "UPDATED");
    credentials.forEach(credential ->
        table.row(
            credential.name(), credential.userName(), servers(credential), credential.updatedAt()));
    return table;
  }

  private static Cell servers(Credential credential) {
    return credential.servers().isEmpty()
        ? new Cell("none", Style.CAUTION, false)
        : Cell.of(credential.servers());
  }
}
