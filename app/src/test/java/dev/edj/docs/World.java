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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// What the reader of a page has before it begins: a service of their own with nothing in it, a
/// server without databases, and a terminal in a home directory.
///
/// @param home that directory
record World(
    Path home,
    Surroundings surroundings,
    TestControlDatabase control,
    RunningService service,
    Desk desk,
    Shell shell)
    implements AutoCloseable {

  /// Hosts of the web that pages name, all of which are one server here.
  private static final Pattern WEB = Pattern.compile("https://(hooks|packages)\\.example\\.com");

  /// Where pages have their settings, and here the reader's home.
  private static final String SETTINGS = "/etc/edj";

  private static final Pattern NAMED_SETTINGS = Pattern.compile("(?<![\\w.~/])/etc/edj(?![\\w.-])");

  private static final String FIRST_NODE = "edj-1-4702";

  static World open(Page page, Path folder, Surroundings surroundings) {
    try {
      PostgresServer server = surroundings.databases();
      dropDatabasesAndRoles(server);
      Path home = Files.createDirectories(folder.resolve("home")).toRealPath();
      TestControlDatabase control = TestControlDatabase.create();
      RunningService service =
          RunningService.start(
              settings(home.resolve(".edj"), surroundings, FIRST_NODE)
                  .withControlDatabase(control.address()));
      Desk desk =
          new Desk(
              Files.createDirectories(folder.resolve("desk")),
              home,
              server,
              new Preparation(surroundings, name -> secondNode(home, surroundings, control, name)));
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
                  PostgresServer.PASSWORD,
                  "PAGE",
                  page.file().toString(),
                  // Whoever has the usual one on this machine is not the page's business.
                  "EDJ_PORT",
                  String.valueOf(service.url().getPort())));
      desk.open();
      return new World(home, surroundings, control, service, desk, shell);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Another process of the service, which has the keys of the first.
  private static RunningService secondNode(
      Path home, Surroundings surroundings, TestControlDatabase control, String name) {
    try {
      Path data = Files.createDirectories(home.resolve(".edj-2"));
      Files.copy(home.resolve(".edj/encryption-keys.json"), data.resolve("encryption-keys.json"));
      return RunningService.start(
          settings(data, surroundings, name).withControlDatabase(control.address()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServiceSettings settings(Path data, Surroundings surroundings, String node) {
    ServiceOptions options = new ServiceOptions();
    new CommandLine(CommandSpec.forAnnotatedObject(options))
        .parseArgs(
            "--port=0",
            "--node-name=" + node,
            "--label=zone=eu",
            "--notice-host=" + surroundings.web().place(),
            "--dacpac-host=" + surroundings.web().place(),
            "--smtp-server=localhost:" + surroundings.mail().port(),
            "--smtp-encryption=none",
            "--smtp-from=edj@example.com",
            "--token-command=rds@*.rds.amazonaws.com=false",
            "--managed-identity=entra@*.database.windows.net");
    return options.settings(data, Map.of());
  }

  private static void dropDatabasesAndRoles(PostgresServer server) {
    server
        .databases()
        .forEach(name -> server.execute("DROP DATABASE \"%s\" WITH (FORCE)".formatted(name)));
    server.roles().forEach(name -> server.execute("DROP ROLE \"%s\"".formatted(name)));
  }

  /// A command of the page, with the addresses that there are here.
  String real(String command) {
    return command
        .replaceAll("(?m)(^|(?<= ))(\\./|/opt/edj[\\w.-]*/bin/)edj(?= )", "edj")
        .replace("postgresql://pg1.example.com,pg2.example.com", desk.server())
        .replaceAll(WEB.pattern(), surroundings.web().place())
        .replaceAll(NAMED_SETTINGS.pattern(), Matcher.quoteReplacement(home + SETTINGS))
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
        .replace(surroundings.web().place(), "https://hooks.example.com")
        .replace(home + SETTINGS, SETTINGS)
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
