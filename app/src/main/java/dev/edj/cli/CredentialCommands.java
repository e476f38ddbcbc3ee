package dev.edj.cli;

import dev.edj.credential.Credential;
import dev.edj.credential.CredentialChange;
import dev.edj.credential.LoginProof;
import dev.edj.credential.NewCredential;
import dev.edj.credential.ShownCertificate;
import dev.edj.security.PasswordCipher;
import dev.edj.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
      description = {
        "Creates a credential; asks for the password when no option says where it is.",
        "With a client certificate a password is one proof more, and is not asked for."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj credential create app --user app_login --server '*.tenants.example.com'",
        "  edj credential create app --user app_login --server db1,1434 --password-stdin < secret",
        "  edj credential create app --user app_login --server 'postgresql://*.example.com' \\",
        "      --client-certificate app.crt --client-key app.key"
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
                  "A server the login may be sent to, * for any part, or a network such as"
                      + " 10.0.0.0/8; repeatable. Without any it may be sent nowhere.")
          @Nullable List<String> servers,
      @Option(
              names = "--token-command",
              paramLabel = "NAME",
              description =
                  "The command on the nodes whose output takes"
                      + " the place of a password (edj serve --token-command).")
          @Nullable String tokenCommand,
      @Mixin PasswordSource password,
      @Mixin ClientCertificateOptions certificate) {
    List<String> patterns = servers == null ? List.of() : servers;
    ClientCertificateOptions.Found found = certificate.read(session.terminal());
    String secret =
        password.isGiven() || (found == null && tokenCommand == null)
            ? password.read(session.terminal(), name)
            : null;
    ApiClient api = session.api();
    PublicKey key = publicKey(api);
    NewCredential credential =
        new NewCredential(
            name,
            userName,
            null,
            secret == null ? null : PasswordCipher.encrypt(key, name, secret),
            tokenCommand,
            found == null ? null : found.encrypted(key, name),
            patterns);
    session.output().show(api.post(Credential.class, ApiPath.of(NOUN), credential), this::details);
    if (patterns.isEmpty()) {
      session
          .output()
          .note("It may be sent to no server yet: run edj credential update with --server.");
    }
  }

  @Command(
      name = "update",
      description = {
        "Changes a credential; without options, its password, which it asks for.",
        "More servers need its secrets again, so that only who knows them can send them elsewhere."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj credential update app",
        "  edj credential update app --server db1 --server db2 --password-file secret",
        "  edj credential update app --client-certificate new.crt --client-key new.key"
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
                  "A server the login may be sent to; repeatable. They replace those it had.")
          @Nullable List<String> servers,
      @Option(names = "--no-server", description = "The login may be sent nowhere any more.")
          boolean noServer,
      @Option(
              names = "--token-command",
              paramLabel = "NAME",
              description =
                  "The command on the nodes whose output takes the place of the password.")
          @Nullable String tokenCommand,
      @Option(names = "--no-password", description = "The login has no password any more.")
          boolean noPassword,
      @Option(
              names = "--no-token-command",
              description = "No command's output is the login's password any more.")
          boolean noTokenCommand,
      @Option(
              names = "--no-client-certificate",
              description = "The login has no client certificate any more.")
          boolean noCertificate,
      @Mixin PasswordSource password,
      @Mixin ClientCertificateOptions certificate) {
    if (noServer && servers != null) {
      throw CommandException.badInput("--server and --no-server exclude each other");
    }
    List<String> patterns = noServer ? List.of() : servers;
    ClientCertificateOptions.Found found = certificate.read(session.terminal());
    List<LoginProof> remove = removed(noPassword, noTokenCommand, noCertificate);
    boolean nothingElse =
        userName == null
            && patterns == null
            && tokenCommand == null
            && found == null
            && remove.isEmpty();
    String secret =
        password.isGiven() || nothingElse ? password.read(session.terminal(), name) : null;
    ApiClient api = session.api();
    PublicKey key = secret == null && found == null ? null : publicKey(api);
    session
        .output()
        .show(
            api.patch(
                Credential.class,
                ApiPath.of(NOUN, name),
                new CredentialChange(
                    userName,
                    null,
                    key == null || secret == null
                        ? null
                        : PasswordCipher.encrypt(key, name, secret),
                    tokenCommand,
                    key == null || found == null ? null : found.encrypted(key, name),
                    remove.isEmpty() ? null : remove,
                    patterns)),
            this::details);
  }

  private static List<LoginProof> removed(
      boolean password, boolean tokenCommand, boolean certificate) {
    List<LoginProof> removed = new ArrayList<>();
    if (password) {
      removed.add(LoginProof.PASSWORD);
    }
    if (tokenCommand) {
      removed.add(LoginProof.TOKEN_COMMAND);
    }
    if (certificate) {
      removed.add(LoginProof.CLIENT_CERTIFICATE);
    }
    return removed;
  }

  @Command(
      name = "show",
      description = "Shows a credential; its secrets never come back.",
      footerHeading = "%nExample:%n",
      footer = "  edj credential show app")
  void show(@Parameters(paramLabel = "NAME", description = "The credential.") String name) {
    session
        .output()
        .show(session.api().get(Credential.class, ApiPath.of(NOUN, name)), this::details);
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

  private static PublicKey publicKey(ApiClient api) {
    return api.get(PublicKey.class, ApiPath.of("encryption-key")).value();
  }

  private Details details(Credential credential) {
    Details details =
        new Details()
            .line("Name", credential.name())
            .line("User", credential.userName())
            .line("Proven by", proofs(credential))
            .line("Token command", credential.tokenCommand());
    ShownCertificate certificate = credential.clientCertificate();
    if (certificate != null) {
      details
          .line("Certificate", certificate.subject())
          .line("Issued by", certificate.issuer())
          .line("Valid until", validity(certificate, session.terminal().clock().instant()))
          .line("SHA-256", certificate.sha256());
    }
    return details
        .line("Servers", servers(credential))
        .line("Created", credential.createdAt())
        .line("Updated", credential.updatedAt());
  }

  private static String proofs(Credential credential) {
    return credential.proofs().stream()
        .map(proof -> proof.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }

  private static Cell validity(ShownCertificate certificate, Instant now) {
    String time = Cell.of(certificate.notAfter()).text();
    if (!certificate.expiresSoon(now)) {
      return Cell.of(time);
    }
    return new Cell(
        time + (certificate.isExpired(now) ? " (expired)" : " (expires soon)"),
        Style.CAUTION,
        false);
  }

  private static Table table(List<Credential> credentials) {
    Table table = Table.of("NAME", "USER", "PROVEN BY", "SERVERS", "UPDATED");
    credentials.forEach(credential ->
        table.row(
            credential.name(),
            credential.userName(),
            proofs(credential),
            servers(credential),
            credential.updatedAt()));
    return table;
  }

  private static Cell servers(Credential credential) {
    return credential.servers().isEmpty()
        ? new Cell("none", Style.CAUTION, false)
        : Cell.of(credential.servers());
  }
}
