package dev.edj.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.cli.CommandLineRun;
import dev.edj.security.GeneratedKey;
import dev.edj.settings.PrivateFile;
import dev.edj.testing.NoticeReceiver;
import dev.edj.testing.TestMailServer;
import dev.edj.testing.TestMailServer.Way;
import dev.edj.testing.TestProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;

/// Uses every secret there is, each marked, in success and failure, with all logs as fine as they
/// can be, and searches what was written, sent and kept for them.
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsIT {

  private static final String PLANTED = "what is planted to be found";
  private static final String CLIENT_SECRET = "the secret by which the provider knows the service";
  private static final String CONTROL_PASSWORD = "the control database's password";
  private static final String FILE_KEY = "the private key in the file";
  private static final String TOKEN_VARIABLE = "a token that the service was told";
  private static final String COLLECTOR_KEY = "a key that the collector of traces wants";
  private static final String MAIL_PASSWORD = "the mail server's password";
  private static final String VARIABLE_KEY = "the private key in the variable";

  private final Secrets secrets = new Secrets();
  private final TestProvider provider = TestProvider.start();
  private final NoticeReceiver receiver = NoticeReceiver.start();
  private final String mailPassword = secrets.mark(MAIL_PASSWORD);
  private final TestMailServer mail = TestMailServer.startWith(mailPassword, Way.STARTTLS);
  private final List<EdjProcess> processes = new ArrayList<>();

  /// What was printed, by what printed it.
  private final Map<String, String> printed = new TreeMap<>();

  private Path directory;
  private RunningEdj door;
  private RunningEdj api;
  private Asker asker;
  private String controlDatabase;
  private Map<String, String> controlLogin = Map.of();

  @BeforeAll
  void useAllSecrets(@TempDir Path base) throws Exception {
    directory = Files.createDirectory(base.resolve(secrets.mark(PLANTED)));
    door = startDoor();
    new Targets(door, "fleet").createCollection(1);
    api = startApi();
    asker = new Asker(serviceOf(api));
    SecretUses uses = new SecretUses(secrets, asker, tokenOf(api));
    uses.credentials();
    uses.clientCertificates();
    uses.users();
    uses.notices(receiver.place());
    uses.values();
    uses.refusedLogins();
    uses.wrongRequests();
    uses.provider(provider.issuer());
    failStarts();
    useTheCommandLine();
    askAll();
    asker.close();
    receiver.all().forEach(sent -> printed.merge("notices", sent.body(), String::concat));
    mail.mails().forEach(sent -> printed.merge("mails", sent.text(), String::concat));
    processes.forEach(process ->
        printed.put(
            "process " + process.process().pid(), process.complained() + process.printed()));
  }

  private RunningEdj startDoor() throws IOException {
    Path data = Files.createDirectory(directory.resolve("door")).resolve("data");
    Files.createDirectory(data);
    String inFile = GeneratedKey.alone();
    String inVariable = GeneratedKey.alone();
    secrets.known(FILE_KEY, keyIn(inFile));
    secrets.known(VARIABLE_KEY, keyIn(inVariable));
    new PrivateFile(data.resolve(SharedNodes.KEY_FILE)).write(inFile);
    RunningEdj edj =
        started(
            data,
            Map.of(
                "JDK_JAVA_OPTIONS",
                mail.trustOptions(directory),
                "EDJ_SMTP_PASSWORD",
                mailPassword,
                "EDJ_PRIVATE_KEY",
                inVariable,
                "EDJ_TOKEN",
                secrets.mark(TOKEN_VARIABLE),
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:1",
                "OTEL_EXPORTER_OTLP_HEADERS",
                "api-key=" + secrets.mark(COLLECTOR_KEY)),
            "--private-key-file",
            data.resolve(SharedNodes.KEY_FILE).toString(),
            "--smtp-server",
            "localhost:" + mail.port(),
            "--smtp-from",
            "edj@example.com",
            "--smtp-user",
            TestMailServer.USER,
            "--notice-host",
            receiver.place());
    Path database = data.resolve("control-database");
    controlDatabase = "postgresql://127.0.0.1:%d/postgres".formatted(postmaster(data, 3));
    String password = Files.readString(database.resolve("password")).strip();
    controlLogin =
        Map.of(
            "EDJ_CONTROL_DATABASE_USER",
            "edj",
            "EDJ_CONTROL_DATABASE_PASSWORD",
            secrets.known(CONTROL_PASSWORD, password));
    return edj;
  }

  /// What the embedded server says of itself: in line 0 its process, in line 3 its port.
  private static int postmaster(Path data, int line) throws IOException {
    Path file = data.resolve("control-database/postgresql/postmaster.pid");
    return Integer.parseInt(Files.readAllLines(file).get(line).strip());
  }

  /// The private half of the only key of a keyset.
  private static String keyIn(String keyset) {
    String value = keyset.replaceAll("(?s).*\"value\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    // Of the key's own bytes, which end the message that it is in.
    return value.replaceAll("=", "").substring(value.length() / 2);
  }

  private RunningEdj startApi() throws IOException {
    Path secret = directory.resolve("client-secret");
    new PrivateFile(secret).write(secrets.mark(CLIENT_SECRET));
    return started(
        Files.createDirectory(directory.resolve("api")).resolve("data"),
        controlLogin,
        "--control-database",
        controlDatabase,
        "--log-format",
        "json",
        "--roles",
        "api",
        "--node-name",
        directory.getFileName().toString(),
        "--oidc-issuer",
        provider.issuer().toString(),
        "--oidc-client-id",
        TestProvider.CLIENT_ID,
        "--oidc-client-secret-file",
        secret.toString(),
        "--oidc-role",
        "dba=reader",
        "--notice-host",
        receiver.place());
  }

  private RunningEdj started(Path data, Map<String, String> environment, String... options)
      throws IOException {
    RunningEdj edj = RunningEdj.start(data, talkative(environment), options);
    processes.add(edj.process());
    secrets.known("the local token of " + data.resolveSibling("").getFileName(), tokenOf(edj));
    return edj;
  }

  /// With all that can be said from outside about how much is to be logged.
  private Map<String, String> talkative(Map<String, String> environment) throws IOException {
    Path drivers =
        Files.writeString(
            directory.resolve("logging.properties"),
            """
            handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level = ALL
            .level = ALL
            """);
    Map<String, String> all = new HashMap<>(environment);
    all.put("EDJ_LOG_LEVEL", "trace");
    all.put(
        "JAVA_TOOL_OPTIONS",
        "-Djava.util.logging.config.file=%s -Dlogging.level.root=TRACE".formatted(drivers));
    all.put("HOME", directory.toString());
    return all;
  }

  private static String tokenOf(RunningEdj edj) throws IOException {
    return Files.readString(edj.data().resolve("token")).strip();
  }

  private static URI serviceOf(RunningEdj edj) {
    return URI.create(edj.process().complained().replaceAll("(?s).* listens on (\\S+) .*", "$1"));
  }

  /// Starts that fail by a secret, and one whose keys a command prints.
  private void failStarts() throws IOException {
    failed(
        Map.of(
            "EDJ_CONTROL_DATABASE_USER",
            "edj",
            "EDJ_CONTROL_DATABASE_PASSWORD",
            secrets.mark("of a wrong control database login")),
        "--control-database",
        controlDatabase);
    failed(
        Map.of(),
        "--control-database",
        controlDatabase.replace(
            "//", "//edj:" + secrets.mark("in the address of the control database") + "@"));
    failed(
        Map.of(
            "EDJ_CONTROL_DATABASE",
            "postgres//edj:" + secrets.mark("in an address that is none") + "@127.0.0.1/edj"));
    String keyset = "{\"primaryKeyId\":1,\"key\":[{\"keyData\":\"%s\"}]}";
    failed(
        Map.of("EDJ_PRIVATE_KEY", keyset.formatted(secrets.mark("in a variable that is no key"))));
    Path wrong = directory.resolve("wrong-key");
    new PrivateFile(wrong).write(keyset.formatted(secrets.mark("in a file that is no key")));
    failed(Map.of(), "--private-key-file", wrong.toString());
    Path printing = directory.resolve("printed-key");
    new PrivateFile(printing).write(secrets.mark("printed by a command instead of a key"));
    failed(Map.of(), "--private-key-command", "cat " + printing);

    failed(
        Map.of("EDJ_SMTP_PASSWORD", secrets.mark("of a mail server that is none")),
        "--smtp-server",
        "a b");
    failed(Map.of(), "--smtp-password-file", file("of no mail server"));

    Map<String, String> login = new HashMap<>(controlLogin);
    login.put("EDJ_TOKEN", secrets.mark("a token in the environment"));
    Path environment = directory.resolve("environment-of-a-command");
    EdjProcess worker =
        launched(
            login,
            "--control-database",
            controlDatabase,
            "--roles",
            "worker",
            "--smtp-server",
            "localhost:1",
            "--smtp-from",
            "edj@example.com",
            "--smtp-user",
            "edj",
            "--smtp-password-file",
            file("of a mail server in a file"),
            "--private-key-command",
            "env >%s; cat %s".formatted(environment, door.data().resolve(SharedNodes.KEY_FILE)));
    EdjProcess.await(
        () -> worker.complained().contains(" is ready, ") || !worker.process().isAlive());
    assertThat(worker.process().isAlive()).as(worker.complained()).isTrue();
    worker.terminate();
    printed.put("the environment of a command", Files.readString(environment));
  }

  private void failed(Map<String, String> environment, String... options) throws IOException {
    EdjProcess process = launched(environment, options);
    assertThat(process.awaitEnd()).as(process.complained()).isNotZero();
  }

  private EdjProcess launched(Map<String, String> environment, String... options)
      throws IOException {
    Path place = Files.createDirectory(directory.resolve("start-" + processes.size()));
    EdjProcess process = RunningEdj.launch(place.resolve("data"), talkative(environment), options);
    processes.add(process);
    return process;
  }

  private void useTheCommandLine() throws IOException {
    String[] creation = {
      "credential", "create", "k", "--user", "u", "--password-file", file("typed for a credential")
    };
    edj(0, creation);
    edj(5, creation);
    edj(2, "credential", "create", "l", "--password", secrets.mark("given as an argument"));
    edj(2, "credential", "update", "k", "--passwort=" + secrets.mark("given as an option"));
    edj(0, "user", "create", "carol", "--password-file", file("typed for a user"));
    edj(7, "sign-in", "carol", "--password-file", file("typed to sign in wrongly"));
    edj(0, "sign-in", "carol", "--password-file", directory.resolve("typed for a user").toString());
    edj(0, "sign-out");
    Path address = directory.resolve("address");
    new PrivateFile(address).write(receiver.place() + "/" + secrets.mark("typed for a notice"));
    String[] notice = {
      "notice", "create", "c", "--webhook-file", address.toString(), "--on", "failed"
    };
    showing("a signing key on the command line", notice);
    edj(5, notice);
    String elsewhere = "https://elsewhere.example.com/" + secrets.mark("given for a notice");
    edj(2, "notice", "create", "d", "--webhook", elsewhere, "--on", "failed");
    edj(0, "notice", "test", "c");
    edj(0, "notice", "show", "c");
    edj(0, "notice", "deliveries", "n");
    edj(0, "job", "start", "j", "--secret-param", "key=" + file("typed for a start"));
    edj(0, "key", "rotate", "--wait", "60s");
    edj(0, "audit", "list");
    edj(0, "audit", "verify");
    edj(0, "audit", "export");
  }

  private String file(String name) throws IOException {
    Path file = directory.resolve(name);
    new PrivateFile(file).write(secrets.mark(name) + "\n");
    return file.toString();
  }

  /// Runs a command that prints a secret, this once.
  private void showing(String name, String... words) {
    CommandLineRun run = CommandLineRun.forDevelopers(door.data(), directory, words);
    assertThat(run.exitCode()).as(run.err()).isZero();
    secrets.known(name, run.out().strip());
    printed.merge("edj " + words[0], run.err(), String::concat);
  }

  /// Runs a command as somebody who looks for a mistake, with the stack traces of failures.
  private void edj(int exitCode, String... words) throws IOException {
    CommandLineRun run = CommandLineRun.forDevelopers(door.data(), directory, words);
    assertThat(run.exitCode()).as("%s: %s", String.join(" ", words), run.err()).isEqualTo(exitCode);
    printed.merge("edj " + words[0], run.out() + run.err(), String::concat);
  }

  /// Everything that can be read of what came of it.
  private void askAll() throws IOException {
    String token = tokenOf(api);
    JsonNode executions =
        asker
            .api(token, "GET", "/executions?includeInactive=true&limit=100", "")
            .json()
            .path("items");
    assertThat(executions).hasSizeGreaterThan(5);
    for (JsonNode execution : executions) {
      String id = execution.path("id").asString();
      door.awaitEnd(id);
      printed.put("log of " + id, door.edj("execution", "log", id).out());
      printed.put("bundle of " + id, bundle(id));
    }
    JsonNode document = asker.get("/openapi.json", Map.of()).json();
    for (String path : document.path("paths").propertyNames()) {
      if (document.path("paths").path(path).has("get") && !path.contains("{")) {
        asker.get(path, Map.of("Authorization", "Bearer " + token));
      }
    }
    for (JsonNode execution : executions) {
      String path = "/executions/" + execution.path("id").asString();
      asker.api(token, "GET", path, "");
      for (JsonNode child : asker.api(token, "GET", path + "/children", "").json().path("items")) {
        asker.api(token, "GET", "/executions/" + child.path("id").asString() + "/tasks", "");
      }
    }
  }

  /// Unpacked: in a zip nothing would be found.
  private String bundle(String execution) throws IOException {
    Path file = directory.resolve(execution + ".zip");
    door.done("execution", "bundle", execution, "--file", file.toString());
    StringBuilder texts = new StringBuilder();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.size()).isGreaterThan(8);
      for (ZipEntry entry : Collections.list(zip.entries())) {
        texts.append(new String(zip.getInputStream(entry).readAllBytes(), UTF_8));
      }
    }
    return texts.toString();
  }

  @AfterAll
  void stop() throws IOException {
    for (EdjProcess process : processes.reversed()) {
      process.close();
    }
    provider.close();
    receiver.close();
    mail.close();
  }

  /// Else their addresses and keys were not used, nor the mail server's password.
  @Test
  void noticesHaveArrived() {
    assertThat(receiver.all()).hasSizeGreaterThan(2).allMatch(one -> one.path().startsWith("/Mk"));
    assertThat(mail.mails()).isNotEmpty();
    assertThat(mail.logins()).containsOnly(TestMailServer.USER + " " + mailPassword);
  }

  @Test
  void everySecretFieldOfTheApiWasTakenAndRefused() {
    SecretFields fields =
        new SecretFields(
            asker.answers().stream()
                .filter(answer -> answer.path().equals("/openapi.json"))
                .findFirst()
                .orElseThrow()
                .json());
    Set<String> all = fields.all();

    assertThat(all).hasSizeGreaterThanOrEqualTo(23);
    assertThat(SecretFields.sent(all, asker.answers(), true)).isEqualTo(all);
    assertThat(SecretFields.sent(all, asker.answers(), false)).isEqualTo(all);
  }

  @Test
  void noAnswerHasASecretButTheOneThatItIsToShow() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (Asker.Answer answer : asker.answers()) {
      Set<String> in = secrets.in(answer.text(), PLANTED);
      in.removeAll(answer.shown());
      // Whoever sent it in the wrong place is told what was wrong with it.
      in.removeAll(secrets.in(answer.path()));
      note(
          found, answer.method() + " " + answer.path() + " " + answer.status() + answer.sent(), in);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void nothingPrintedHasASecret() {
    Map<String, Set<String>> found = new TreeMap<>();
    printed.forEach((who, text) -> note(found, who, secrets.in(text, PLANTED)));

    assertThat(found).isEmpty();
    assertThat(secrets.in(door.process().complained())).contains(PLANTED);
    assertThat(door.process().complained()).contains(" DEBUG ", " TRACE ");
  }

  @Test
  void noOtherProcessIsToldASecret() throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    List<ProcessHandle> others = new ArrayList<>();
    ProcessHandle server = ProcessHandle.of(postmaster(door.data(), 0)).orElseThrow();
    Stream.of(Stream.of(server), server.descendants(), door.process().process().descendants())
        .flatMap(handles -> handles)
        .forEach(others::add);
    for (ProcessHandle other : others) {
      for (String part : List.of("cmdline", "environ")) {
        byte[] told = Files.readAllBytes(Path.of("/proc", Long.toString(other.pid()), part));
        note(found, part + " of " + other.info().commandLine(), secrets.in(told, PLANTED));
      }
    }
    assertThat(others).hasSizeGreaterThan(5);
    assertThat(found).isEmpty();
    Path own = Path.of("/proc", Long.toString(door.process().process().pid()));
    assertThat(secrets.in(Files.readAllBytes(own.resolve("environ")))).contains(VARIABLE_KEY);
    assertThat(secrets.in(Files.readAllBytes(own.resolve("cmdline")))).containsExactly(PLANTED);
  }

  @Test
  void theControlDatabaseHasNoSecret() throws Exception {
    Map<String, Set<String>> found = new TreeMap<>();
    Set<String> planted = new TreeSet<>();
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:" + controlDatabase, "edj", controlLogin.get("EDJ_CONTROL_DATABASE_PASSWORD"))) {
      for (String table : tables(connection)) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY (SELECT * FROM %s) TO STDOUT".formatted(table), rows);
        note(found, table, secrets.in(rows.toByteArray(), PLANTED));
        planted.addAll(secrets.in(rows.toByteArray()));
      }
    }
    assertThat(found).isEmpty();
    assertThat(planted).contains(PLANTED);
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                    + " WHERE schemaname <> 'information_schema'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  @Test
  void noFileOfANodeHasASecretButThoseThatAreMadeForOne() throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    for (RunningEdj node : List.of(door, api)) {
      filesOf(node)
          .forEach((file, bytes) -> {
            Set<String> in = secrets.in(bytes, PLANTED);
            in.removeAll(madeFor(file));
            note(found, file.toString(), in);
          });
    }
    assertThat(found).isEmpty();
  }

  /// Those that are there, by what is in them: the embedded server, which is at work, removes some
  /// meanwhile.
  private static Map<Path, byte[]> filesOf(RunningEdj node) throws IOException {
    Map<Path, byte[]> files = new TreeMap<>();
    Files.walkFileTree(
        node.data().resolveSibling(""),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            try {
              files.put(file, attributes.isRegularFile() ? Files.readAllBytes(file) : new byte[0]);
            } catch (NoSuchFileException e) {
              // It is one of them.
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return files;
  }

  private static Set<String> madeFor(Path file) {
    return switch (file.getFileName().toString()) {
      case "token" ->
          Set.of("the local token of " + file.resolve("../..").normalize().getFileName());
      case "password" -> Set.of(CONTROL_PASSWORD);
      case SharedNodes.KEY_FILE -> Set.of(FILE_KEY);
      default -> Set.of();
    };
  }

  /// What a node with the role api was sent stays in its memory for as long as the request does.
  @Test
  void theHeapOfANodeThatIsOnlyTheApiHasNoSecretButItsOwn() throws Exception {
    byte[] everything = HeapDump.of(api, directory, "-all");
    Set<String> found = secrets.in(everything);
    assertThat(found).contains(PLANTED, CLIENT_SECRET, CONTROL_PASSWORD);
    assertThat(found)
        .noneMatch(name -> name.startsWith(SecretUses.HIDDEN))
        .noneMatch(name -> name.startsWith(SecretUses.HIDDEN_KEY));
    assertThat(found).doesNotContain(FILE_KEY, VARIABLE_KEY, "the local token of door");

    byte[] inUse = HeapDump.of(api, directory);
    assertThat(secrets.in(inUse))
        .containsExactlyInAnyOrder(
            PLANTED, CLIENT_SECRET, CONTROL_PASSWORD, "the local token of api");
  }

  private static void note(Map<String, Set<String>> found, String where, Set<String> names) {
    if (!names.isEmpty()) {
      found.put(where, names);
    }
  }
}
