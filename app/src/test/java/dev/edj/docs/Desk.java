package dev.edj.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edj.cli.CommandLineRun;
import dev.edj.settings.ServiceOptions;
import dev.edj.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Where the calls of `edj` in a [Shell] arrive and are answered, by the command line itself. A
/// page's servers are all one PostgreSQL here; what a person is asked for on a terminal is given.
final class Desk implements AutoCloseable {

  /// The name of a server as pages have it, or an address of the web.
  private static final Pattern SERVER =
      Pattern.compile(
          "https?://[^\\s'\"]+"
              + "|(?:(?:postgresql|mysql|mariadb|sqlserver)://)?"
              + "(?:(?:\\*|[a-z0-9-]+)(?:\\.[a-z0-9-]+)*\\.example\\.com(?:[:,]\\d+)?"
              + "|localhost:5444)");

  /// Options after which a file may be made.
  private static final Set<String> MADE = Set.of("--out", "--to", "--file", "-f");

  /// What cannot be done here is read, with all options.
  private static final Set<String> ONLY_READ = Set.of("demo", "--open", "--oidc");

  private static final Pattern STARTED =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Path folder;
  private final Path home;
  private final PostgresServer server;
  private final Preparation preparation;
  private final Person person;
  private String shownServer = "db1.example.com";
  private volatile List<String> errors = List.of();
  private volatile boolean closed;

  /// @param home the reader's
  Desk(Path folder, Path home, PostgresServer server, Preparation preparation) throws IOException {
    this.folder = folder;
    this.home = home;
    this.server = server;
    this.preparation = preparation;
    this.person =
        new Person(server, Files.writeString(folder.resolve("ca.pem"), server.certificatePem()));
  }

  Path folder() {
    return folder;
  }

  /// What the last call said on standard error since it was forgotten.
  List<String> errors() {
    return errors;
  }

  void forgetErrors() {
    errors = List.of();
  }

  /// How the page last called the server.
  String shownServer() {
    return shownServer;
  }

  String server() {
    return "postgresql://localhost:" + server.port();
  }

  /// Answers until it is closed.
  void open() {
    onOwnThread(this::answerAll);
  }

  /// Whoever reads a pipe waits with the thread of the machine, of which virtual ones have few.
  static void onOwnThread(Runnable work) {
    Thread.ofPlatform().daemon().name("desk").start(work);
  }

  private void answerAll() {
    try {
      while (!closed) {
        for (String call : Files.readString(folder.resolve("requests")).lines().toList()) {
          onOwnThread(() -> answer(Path.of(call)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    preparation.close();
    try {
      Files.writeString(folder.resolve("requests"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(Path call) {
    CommandLineRun run;
    try {
      run = run(call);
    } catch (IOException | RuntimeException e) {
      run = new CommandLineRun(70, "", "the test failed: " + e + "\n");
    }
    try {
      // Progress is told before what comes of it; what is wrong with rows, after them.
      if (zeroEnded(call.resolve("words")).contains("query")) {
        Files.createFile(call.resolve("rows"));
      }
      Files.writeString(call.resolve("out"), run.out());
      Files.writeString(call.resolve("err"), run.err());
      Files.writeString(call.resolve("done"), run.exitCode() + "\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private CommandLineRun run(Path call) throws IOException {
    List<String> words = new ArrayList<>(zeroEnded(call.resolve("words")));
    if (words.isEmpty()) {
      return CommandLineRun.at(home, Map.of(), "");
    }
    Path cwd = Path.of(Files.readString(call.resolve("folder")).strip());
    if (words.getFirst().startsWith(":")) {
      return preparation.run(words.getFirst(), words.subList(1, words.size()), cwd);
    }
    CommandLineRun run = command(words, call, cwd);
    errors = run.err().lines().toList();
    return run;
  }

  private CommandLineRun command(List<String> words, Path call, Path cwd) throws IOException {
    if (words.getFirst().equals("serve") && !words.contains("--help")) {
      return settings(words);
    }
    if (words.stream().anyMatch(ONLY_READ::contains)) {
      return CommandLineRun.read(words.toArray(String[]::new));
    }
    String input = Files.readString(call.resolve("in"));
    List<String> real = new ArrayList<>();
    for (int at = 0; at < words.size(); at++) {
      real.add(real(words.get(at), at == 0 ? "" : words.get(at - 1), cwd));
    }
    if (String.join(" ", words).startsWith("execution bundle") && !words.contains("--file")) {
      real.addAll(List.of("--file", cwd.resolve("bundle.zip").toString()));
    }
    if (words.equals(List.of("user", "set-password"))) {
      return Typed.run(home, words, person.newPassword());
    }
    String typed = person.answer(real);
    CommandLineRun run =
        CommandLineRun.at(
            home,
            environment(call.resolve("environment")),
            typed.isEmpty() ? input : typed,
            real.toArray(String[]::new));
    remember(real, run);
    return new CommandLineRun(
        run.exitCode(), withoutFolder(run.out(), cwd), withoutFolder(run.err(), cwd));
  }

  private static String withoutFolder(String text, Path cwd) {
    return text.replace(cwd + "/", "");
  }

  /// `edj serve` with values that the service would take.
  private static CommandLineRun settings(List<String> words) throws IOException {
    CommandLineRun read = CommandLineRun.read(words.toArray(String[]::new));
    if (read.exitCode() != 0) {
      return read;
    }
    ServiceOptions options = new ServiceOptions();
    CommandLine line = new CommandLine(CommandSpec.forAnnotatedObject(options));
    line.getCommandSpec()
        .addOption(CommandLine.Model.OptionSpec.builder("--data").arity("1").build());
    line.parseArgs(words.stream().skip(1).toArray(String[]::new));
    try {
      options.settings(Path.of("data"), Map.of());
      return read;
    } catch (RuntimeException e) {
      return new CommandLineRun(2, "", e.getMessage() + "\n");
    }
  }

  /// A word with the page's servers and files in their places.
  private String real(String word, String before, Path cwd) {
    Matcher servers = SERVER.matcher(word);
    StringBuilder text = new StringBuilder();
    while (servers.find()) {
      String shown = servers.group();
      boolean web = shown.startsWith("http");
      if (!web && !shown.contains("*")) {
        shownServer = shown;
      }
      servers.appendReplacement(text, Matcher.quoteReplacement(web ? shown : server()));
    }
    servers.appendTail(text);
    String real = text.toString();
    boolean isFile =
        !real.isEmpty()
            && real.indexOf('\n') < 0
            && real.length() < 200
            && (MADE.contains(before) || Files.exists(cwd.resolve(real)));
    int equals = real.indexOf('=');
    if (equals > 0
        && !real.startsWith("-")
        && Files.isRegularFile(cwd.resolve(real.substring(equals + 1)))) {
      return real.substring(0, equals + 1) + cwd.resolve(real.substring(equals + 1));
    }
    return isFile ? cwd.resolve(real).toString() : real;
  }

  /// What was started last is `$id` in the shell.
  private void remember(List<String> words, CommandLineRun run) throws IOException {
    boolean starts =
        Stream.of("job start", "job check", "execution retry")
                .anyMatch(String.join(" ", words)::startsWith)
            || words.getFirst().equals("query");
    Matcher started = STARTED.matcher(run.out() + run.err());
    if (starts && started.find()) {
      Files.writeString(folder.resolve("id"), started.group());
    } else if (starts) {
      CommandLineRun listed =
          CommandLineRun.at(
              home, Map.of(), "", "execution", "list", "--all", "--limit", "1", "-o", "json");
      Matcher newest = STARTED.matcher(listed.out());
      if (newest.find()) {
        Files.writeString(folder.resolve("id"), newest.group());
      }
    }
  }

  private static Map<String, String> environment(Path file) throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (String pair : zeroEnded(file)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        environment.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return environment;
  }

  private static List<String> zeroEnded(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), UTF_8);
    return text.isEmpty()
        ? List.of()
        : Arrays.asList(text.substring(0, text.length() - 1).split("\0", -1));
  }
}
