package dev.edj.docs;

import dev.edj.api.RunningService;
import dev.edj.settings.ServiceOptions;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// What the reader of a page has before it begins: a service of their own with nothing in it, a
/// server without databases, and a terminal in a home directory.
record World(TestControlDatabase control, RunningService service, Desk desk, Shell shell)
    implements AutoCloseable {

  private static final String NODE = "edj-1-4702";

  static World open(Path folder, PostgresServer server) {
    try {
      dropDatabases(server);
      Path home = Files.createDirectories(folder.resolve("home"));
      TestControlDatabase control = TestControlDatabase.create();
      RunningService service =
          RunningService.start(
              settings(home.resolve(".edj")).withControlDatabase(control.address()));
      Desk desk = new Desk(Files.createDirectories(folder.resolve("desk")), home, server);
      Shell shell =
          Shell.open(
              Files.createDirectories(folder.resolve("shell")),
              home,
              desk.folder(),
              Map.of(
                  "PGHOST",
                  "localhost",
                  "PGPORT",
                  String.valueOf(server.port()),
                  "PGUSER",
                  PostgresServer.USER,
                  "PGPASSWORD",
                  PostgresServer.PASSWORD,
                  "PGDATABASE",
                  "postgres",
                  "PASSWORD",
                  PostgresServer.PASSWORD));
      desk.open();
      return new World(control, service, desk, shell);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServiceSettings settings(Path data) {
    ServiceOptions options = new ServiceOptions();
    new CommandLine(CommandSpec.forAnnotatedObject(options))
        .parseArgs("--port", "0", "--node-name", NODE, "--notice-host", "hooks.example.com");
    return options.settings(data, Map.of());
  }

  private static void dropDatabases(PostgresServer server) {
    server
        .databases()
        .forEach(name -> server.execute("DROP DATABASE \"%s\" WITH (FORCE)".formatted(name)));
  }

  /// A command of the page, with the addresses that there are here.
  String real(String command) {
    return command
        .replaceFirst("^\\./edj", "edj")
        .replaceAll("https?://(edj\\.example\\.com|127\\.0\\.0\\.1:8740)", service.url().toString())
        .replaceAll("(psql .*?)-h \\S+ -p \\S+ -U \\S+", "$1")
        .replaceAll("(?<=\")(\\*|sql1)\\.example\\.com", desk.server());
  }

  /// What happened, as a reader elsewhere would have seen it.
  String shown(String output) {
    String server = desk.server();
    String shown = desk.shownServer();
    // In a table, the column stays as wide as it was.
    String cell = shown + " ".repeat(Math.max(0, server.length() - shown.length()));
    return output
        .replace(service.url().toString(), "http://127.0.0.1:8740")
        .replace(server + "  ", cell + "  ")
        .replace(server, shown);
  }

  @Override
  public void close() {
    shell.close();
    desk.close();
    service.close();
    control.close();
  }
}
