package dev.edj.cli;

import dev.edj.dacpac.Deployer;
import dev.edj.dacpac.model.Database;
import dev.edj.engine.ConnectionSettings;
import dev.edj.engine.Password;
import dev.edj.engine.ServerName;
import dev.edj.engine.SqlServer;
import dev.edj.engine.TargetException;
import dev.edj.engine.TargetSession;
import dev.edj.engine.TlsMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a package is compared with: another package, or a database that is asked.
final class ComparedDatabase {

  @ArgGroup(multiplicity = "1")
  private @Nullable Choice choice;

  @Mixin private PasswordSource password = new PasswordSource();

  private static final class Choice {

    @Option(
        names = "--against",
        paramLabel = "FILE",
        description = "An older package: what the database is taken to be.")
    private @Nullable Path against;

    @ArgGroup(exclusive = false)
    private @Nullable Live live;
  }

  private static final class Live {

    @Option(
        names = "--server",
        paramLabel = "SERVER",
        required = true,
        description = "The SQL Server to ask, without a service.")
    private String server = "";

    @Option(
        names = "--database",
        paramLabel = "DATABASE",
        required = true,
        description = "The database there.")
    private String database = "";

    @Option(
        names = "--user",
        paramLabel = "USER",
        required = true,
        description = "The login; its password is asked for, or read from a file.")
    private String user = "";

    @Option(
        names = "--tls",
        paramLabel = "MODE",
        description = "verify-full, verify-ca, require or disable (default: verify-full).")
    private @Nullable TlsMode tls;

    @Option(
        names = "--trusted-certificate",
        paramLabel = "FILE",
        description = "A PEM file with the certificate to trust.")
    private @Nullable String trustedCertificate;
  }

  /// The older package; null when a database is meant.
  @Nullable Path file() {
    return choice().against;
  }

  /// What the database is called; a package stands for one of any name.
  String name() {
    Live live = choice().live;
    return live == null ? "" : live.database;
  }

  Database read(Terminal terminal, Deployer deployer) {
    Live live = Objects.requireNonNull(choice().live, "a file was given");
    try (TargetSession session = open(live, terminal)) {
      return session.read(deployer::read);
    } catch (TargetException e) {
      throw new CommandException(
          ExitCode.CONFLICT, "%s: %s".formatted(live.server, e.error().message()), e);
    }
  }

  private TargetSession open(Live live, Terminal terminal) throws TargetException {
    ServerName server = server(live.server);
    if (!(server.engine() instanceof SqlServer engine)) {
      throw CommandException.badInput(
          "%s is neither SQL Server nor Azure SQL Database".formatted(server));
    }
    String certificate = live.trustedCertificate;
    return engine.open(
        ConnectionSettings.of(
                server, live.database, live.user, new Password(password.read(terminal, live.user)))
            .withTls(
                Objects.requireNonNullElse(live.tls, TlsMode.VERIFY_FULL),
                certificate == null
                    ? null
                    : new String(
                        ScriptSource.bytes(certificate, terminal), StandardCharsets.UTF_8)));
  }

  private static ServerName server(String text) {
    try {
      return ServerName.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.BAD_INPUT, "--server: " + e.getMessage(), e);
    }
  }

  private Choice choice() {
    return Objects.requireNonNull(choice, "not parsed");
  }
}
