package dev.edj.demo;

import dev.edj.settings.PrivateFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a newcomer sees: the ordinary commands, from a login to a stopped run. Every step is
/// checked; a command that did not do what the story says ends it with an [UnexpectedTurn].
final class Story {

  private static final int DONE = 0;
  private static final int NOT_SUCCEEDED = 1;

  /// A screen's worth of databases.
  private static final int ROWS_SHOWN = 30;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(50);

  private static final String FIRST_VERSION =
      """
      -- A script may be retried, so it is written to be run again.
      CREATE TABLE IF NOT EXISTS invoice (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        total numeric(12, 2) NOT NULL
      );
      GO
      SELECT pg_sleep(0.3); -- slow enough to watch
      """;

  private static final String SECOND_VERSION =
      """
      -- Rather fail and be retried than stand in everybody's way.
      SET lock_timeout = '500ms';
      GO
      ALTER TABLE invoice
        ADD COLUMN IF NOT EXISTS currency text NOT NULL DEFAULT 'EUR';
      """;

  private final int databases;
  private final Stage stage;
  private final Shell shell;
  private final Commands commands;
  private final Servers servers;
  private final JsonMapper mapper = JsonMapper.builder().build();

  Story(int databases, Stage stage, Shell shell, Commands commands, Servers servers) {
    this.databases = databases;
    this.stage = stage;
    this.shell = shell;
    this.commands = commands;
    this.servers = servers;
  }

  void tell() throws IOException, SQLException {
    createCredential();
    createTargets();
    createJob();
    runEverywhere();
    changeTheTableWhileOneIsLocked();
    stopARun();
    showTheWayOn();
  }

  private void createCredential() throws IOException {
    stage.heading("1. A login");
    stage.tell(
        "Its password is encrypted before it is sent, and goes to no server but those named.");
    Path password = shell.data().resolve("app.password");
    new PrivateFile(password).create(servers.tenants().password() + "\n");
    run(
        "credential",
        "create",
        "app",
        "--user",
        TenantServer.LOGIN,
        "--server",
        server(),
        "--password-file",
        password.toString());
  }

  private void createTargets() {
    stage.heading("2. The databases");
    stage.tell(
        "A server stands for all of its databases. EDJ wants TLS and a certificate that it can"
            + " check;");
    stage.tell("this server is reached without leaving the machine and has none: --tls disable.");
    run("target", "create", "server", server(), "--credential", "app", "--tls", "disable");
    stage.tell("");
    stage.tell("A collection holds targets of any kind, and leaves out what does not belong.");
    run("target", "create", "custom-collection", "tenants");
    run("target", "add-child", "tenants", server() + "/*");
    run(
        "target",
        "add-child",
        "tenants",
        "--server",
        server(),
        "--database",
        TenantServer.TEMPLATE,
        "--exclude");
    stage.tell("");
    stage.tell("Which databases is it now? At every start of a job the server is asked again.");
    run("target", "resolve", "tenants");
    JsonNode resolved = ask("target", "resolve", "tenants").path("databases");
    UnexpectedTurn.unless(
        resolved.size() == databases,
        "the collection has %d databases, not %d".formatted(resolved.size(), databases));
  }

  private void createJob() throws IOException {
    stage.heading("3. A script and a job");
    Path script = script("invoices-1.sql", FIRST_VERSION);
    run("content", "create", "Invoices", "--file", script.toString());
    stage.tell("");
    stage.tell("A job is a script, a login and a target under one name.");
    run(
        "job",
        "create",
        "Add invoices",
        "--content",
        "Invoices",
        "--credential",
        "app",
        "--target",
        "tenants",
        "--max-parallelism",
        String.valueOf(Math.max(4, databases / 6)));
  }

  private void runEverywhere() {
    stage.heading("4. Run it, and watch");
    run("job", "start", "Add invoices", "--wait");
    String execution = newestExecution("Add invoices");
    checkEnd(execution, "Succeeded", "succeeded", databases);
    stage.tell("");
    stage.tell("Every database has its own status, times and log.");
    children(execution);
  }

  private void changeTheTableWhileOneIsLocked() throws IOException, SQLException {
    String tenant = TenantServer.tenant(Math.min(7, databases));
    stage.heading("5. A new version, and a database that is not ready for it");
    stage.tell("The script gets a second version; the first is kept.");
    Path script = script("invoices-2.sql", SECOND_VERSION);
    run(
        "content",
        "update",
        "Invoices",
        "--file",
        script.toString(),
        "--comment",
        "Invoices have a currency");
    stage.tell("");
    stage.tell("How often and after which wait a failure is retried is an execution policy.");
    run(
        "policy",
        "create",
        "Every 3 seconds",
        "--initial-retry-interval",
        "3s",
        "--retry-interval-backoff-coefficient",
        "1",
        "--maximum-attempts",
        "20");
    run("job", "update", "Add invoices", "--policy", "Every 3 seconds");
    stage.tell("");
    stage.tell(
        "Just now a long report begins to read the table in %s. (The demo plays it.)"
            .formatted(tenant));
    try (Connection report = servers.tenants().lock(tenant, "invoice")) {
      run("job", "start", "Add invoices");
      String execution = newestExecution("Add invoices");
      await(
          () ->
              counts(execution).path("waitingForRetry").asInt() == 1
                  && counts(execution).path("succeeded").asInt() == databases - 1,
          "that only %s waits for its retry".formatted(tenant));
      stage.tell("");
      stage.tell("One database is locked; the others do not wait for it.");
      run("execution", "children", execution, "--database", tenant);
      String child =
          ask("execution", "children", execution, "--database", tenant)
              .path(0)
              .path("id")
              .asString();
      stage.tell("");
      stage.tell("What went wrong, with the batch and the line of the script:");
      run("execution", "log", child, "--attempt", "1");
      checkFirstFailure(child);

      stage.tell("");
      stage.tell("The report ends, the table is free, and the next attempt goes through.");
      report.rollback();
      run("execution", "wait", execution);
      checkEnd(execution, "Succeeded", "succeeded", databases);
      run("execution", "tasks", child);
    }
    UnexpectedTurn.unless(
        servers.tenants().hasColumn(tenant, "invoice", "currency"),
        "the table in %s has no new column".formatted(tenant));
  }

  private void checkFirstFailure(String child) {
    String message = ask("execution", "tasks", child + ".1").path("message").asString();
    UnexpectedTurn.unless(
        message.contains("SQLSTATE 55P03, batch 2, line 4:"),
        "the first attempt failed with another error: " + message);
  }

  private void stopARun() {
    stage.heading("6. Stop what runs");
    stage.tell("A script that would take a minute in every database:");
    run("content", "create", "Long report", "--text", "SELECT pg_sleep(60)");
    run(
        "job",
        "create",
        "Report",
        "--content",
        "Long report",
        "--credential",
        "app",
        "--target",
        "tenants");
    run("job", "start", "Report");
    String execution = newestExecution("Report");
    await(() -> counts(execution).path("inProgress").asInt() > 0, "that the report runs");
    long begin = System.nanoTime();
    run("execution", "stop", execution);
    run(NOT_SUCCEEDED, "execution", "wait", execution);
    double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1_000.0;
    checkEnd(execution, "Canceled", "canceled", databases);
    stage.tell(
        String.format(
            Locale.ROOT,
            "Canceled everywhere within %.1f s, on the servers too: nothing runs on.",
            seconds));
  }

  private void showTheWayOn() throws IOException {
    stage.heading("7. Your turn");
    run("execution", "list", "--all");
    URI api = servers.service().url();
    String listing = api + "/api/v1/executions?includeInactive=true";
    String openApi = api + "/openapi.json";
    check(listing);
    check(openApi);
    stage.tell("");
    stage.tell("The same over HTTP; the API's description is " + openApi);
    stage.line("");
    stage.line(
        "  curl -H \"Authorization: Bearer $(cat \"$EDJ_DATA/token\")\" '%s'".formatted(listing));
    stage.tell("");
    stage.tell("And in a browser: this link signs in to the portal, once, within 15 minutes.");
    run("portal");
    stage.tell("");
    stage.tell("Try the next ones yourself:");
    stage.line("");
    Stream.of(
            List.of("job", "start", "Report"),
            List.of("job", "stop", "Report"),
            List.of(
                "execution", "list", "--database", TenantServer.tenant(1), "--include-inactive"),
            List.of("job", "create", "--help"),
            List.of("--help"))
        .forEach(words -> stage.line("  " + shell.edj(words)));
    stage.tell("");
    stage.tell(
        "For your own databases, in a terminal without EDJ_DATA: %s serve"
            .formatted(shell.launcher()));
  }

  /// Writes a script to a file and shows it.
  private Path script(String name, String text) throws IOException {
    Path file = Files.writeString(shell.data().resolve(name), text);
    stage.command("cat \"$EDJ_DATA/%s\"".formatted(name));
    stage.out().print(text);
    return file;
  }

  private void children(String execution) {
    List<String> words = new ArrayList<>(List.of("execution", "children", execution));
    if (databases > ROWS_SHOWN) {
      words.addAll(List.of("--limit", "10"));
    }
    run(words.toArray(String[]::new));
  }

  private void run(String... words) {
    run(DONE, words);
  }

  private void run(int expected, String... words) {
    String command = shell.edj(List.of(words));
    stage.command(command);
    int exitCode = commands.run(List.of(words));
    UnexpectedTurn.unless(
        exitCode == expected,
        "the exit code of '%s' is %d, not %d".formatted(command, exitCode, expected));
  }

  private JsonNode ask(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--output", "json"));
    return mapper.readTree(commands.ask(line));
  }

  private String newestExecution(String job) {
    JsonNode listed = ask("execution", "list", "--job", job, "--all", "--limit", "1");
    UnexpectedTurn.unless(listed.size() == 1, "job '%s' has no execution".formatted(job));
    return listed.path(0).path("id").asString();
  }

  private JsonNode counts(String execution) {
    return ask("execution", "show", execution).path("children");
  }

  private void checkEnd(String execution, String lifecycle, String counter, int expected) {
    JsonNode shown = ask("execution", "show", execution);
    UnexpectedTurn.unless(
        shown.path("lifecycle").asString().equals(lifecycle)
            && shown.path("children").path(counter).asInt() == expected,
        "the run should be %s in %d databases, and is %s: %s"
            .formatted(
                lifecycle, expected, shown.path("lifecycle").asString(), shown.path("children")));
  }

  private static void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      UnexpectedTurn.unless(
          System.nanoTime() < deadline,
          "waited %d s in vain %s".formatted(PATIENCE.toSeconds(), what));
      Stage.pause(POLL);
    }
  }

  private void check(String url) throws IOException {
    String token = Files.readString(shell.data().resolve("token")).strip();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      UnexpectedTurn.unless(status == 200, "%s answers with %d".formatted(url, status));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnexpectedTurn("interrupted");
    }
  }

  private String server() {
    return servers.tenants().name();
  }
}
