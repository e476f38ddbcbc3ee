package dev.edj.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.api.RunningService;
import dev.edj.node.NodeRole;
import dev.edj.settings.OidcSettings;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestProvider;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Somebody signs in on the command line with a real OpenID provider, by a code that is entered in
/// a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceSignInTest {

  private static final int CONFLICT = 5;
  private static final int NOT_ALLOWED = 7;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final long PATIENCE_SECONDS = 60;

  private Path home;
  private TestProvider provider;
  private TestControlDatabase database;
  private RunningService service;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    home = Files.createDirectory(directory.resolve("home"));
    provider = TestProvider.start();
    database = TestControlDatabase.create();
    service =
        RunningService.start(
            ServiceSettings.in(directory.resolve("data"))
                .withControlDatabase(database.address())
                .withPort(0)
                .withRoles(Set.of(NodeRole.API))
                .withOidc(
                    new OidcSettings(
                        provider.issuer(),
                        TestProvider.CLIENT_ID,
                        null,
                        "Example",
                        TestProvider.CLIENT_ID,
                        "roles",
                        null,
                        List.of("dba=operator"))));
  }

  @AfterEach
  void forget() {
    run(Clock.systemUTC(), null, "sign-out");
  }

  @AfterAll
  void stop() {
    service.close();
    database.close();
    provider.close();
  }

  @Test
  void whoEntersTheCodeIsSignedInForAsLongAsTheProviderLetsThem() throws Exception {
    provider.registerCommandLine(LONG, LONG);
    CommandLineRun signIn = signIn(TestProvider.PERSON, true);
    assertThat(signIn.exitCode()).as(signIn.err()).isZero();
    assertThat(signIn.err()).contains("Signed in as oidc:alice until 2", "and longer");
    String first = kept();
    assertThat(signIn.out() + signIn.err()).doesNotContain("eyJ");
    assertThat(run(Clock.systemUTC(), null, "whoami").out()).contains("oidc:alice", "Operator");
    assertThat(kept()).isEqualTo(first);

    Clock later = Clock.offset(Clock.systemUTC(), LONG.minusSeconds(20));
    assertThat(run(later, null, "whoami").out()).contains("oidc:alice");
    String second = kept();
    assertThat(second).isNotEqualTo(first).contains("refreshToken");

    // A refresh token works once here; the one before is worth nothing.
    Files.writeString(keptFile(), first);
    CommandLineRun ended = run(later, null, "whoami");
    assertThat(ended.exitCode()).isEqualTo(NOT_ALLOWED);
    assertThat(ended.err()).contains("has ended (invalid_grant)", "edj sign-in --oidc");

    Files.writeString(keptFile(), second);
    assertThat(run(Clock.systemUTC(), null, "sign-out").out()).contains("Signed out.");
    assertThat(keptFiles()).isEmpty();
    assertThat(run(Clock.systemUTC(), null, "sign-out").exitCode()).isEqualTo(CONFLICT);
  }

  @Test
  void whoSaysNoIsNotSignedIn() throws Exception {
    provider.registerCommandLine(LONG, LONG);
    CommandLineRun signIn = signIn(TestProvider.OTHER_PERSON, false);
    assertThat(signIn.exitCode()).isEqualTo(NOT_ALLOWED);
    assertThat(signIn.err()).contains("Example does not sign you in: somebody said no there");
    assertThat(keptFiles()).isEmpty();
  }

  @Test
  void aCodeThatNobodyEntersEnds() throws IOException {
    provider.registerCommandLine(LONG, Duration.ofSeconds(1));
    CommandLineRun signIn = run(Clock.systemUTC(), null, "sign-in", "--oidc", "--scope", "profile");
    assertThat(signIn.exitCode()).isEqualTo(NOT_ALLOWED);
    assertThat(signIn.err()).contains("nobody entered the code in time");
    assertThat(keptFiles()).isEmpty();
  }

  @Test
  void whatTheProviderDoesNotAllowIsSaid() {
    provider.register(URI.create("http://127.0.0.1/back"));
    assertThat(run(Clock.systemUTC(), null, "sign-in", "--oidc", "--scope", "profile").err())
        .contains("it has to be a public client with the device grant");
    provider.registerCommandLine(LONG, LONG);
    assertThat(run(Clock.systemUTC(), null, "sign-in", "--oidc", "--scope", "everything").err())
        .contains("it does not give all of [everything]; choose others with --scope");
    assertThat(run(Clock.systemUTC(), null, "sign-in", "alice", "--oidc").err())
        .contains("leave out USER and password");
    assertThat(run(Clock.systemUTC(), null, "sign-in").err()).contains("name a user");
  }

  /// Answers where the command says, as soon as it does.
  private CommandLineRun signIn(String person, boolean yes) throws Exception {
    try (PipedInputStream said = new PipedInputStream();
        BufferedReader lines = new BufferedReader(new InputStreamReader(said, UTF_8))) {
      StringBuilder all = new StringBuilder();
      CommandLineRun ended;
      try (PrintStream err = new PrintStream(new PipedOutputStream(said), true, UTF_8)) {
        CompletableFuture<CommandLineRun> signIn =
            CompletableFuture.supplyAsync(
                () -> run(Clock.systemUTC(), err, "sign-in", "--oidc", "--scope", "profile"));
        provider.answerCode(page(lines, all), person, yes);
        ended = signIn.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      lines.lines().forEach(rest -> all.append(rest).append('\n'));
      return new CommandLineRun(ended.exitCode(), ended.out(), all.toString());
    }
  }

  /// The address that has the code in it, which comes after the one without.
  private static URI page(BufferedReader lines, StringBuilder all) throws IOException {
    String before = "or open ";
    String line = "";
    while (!line.startsWith(before)) {
      line = String.valueOf(lines.readLine());
      assertThat(line).isNotEqualTo("null");
      all.append(line).append('\n');
    }
    assertThat(all).containsPattern("Open http://.* and enter the code [A-Z]{4}-[A-Z]{4}");
    return URI.create(line.substring(before.length()));
  }

  /// Where the service is, and nothing else, is known.
  ///
  /// @param heard where it says what is not its result; null to have that in the answer
  private CommandLineRun run(Clock clock, @Nullable PrintStream heard, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, UTF_8),
            heard == null ? new PrintStream(err, true, UTF_8) : heard,
            false,
            false,
            Map.of("EDJ_URL", service.url().toString()),
            home,
            clock);
    int exitCode = new Cli(terminal).run(words);
    return new CommandLineRun(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  private String kept() throws IOException {
    return Files.readString(keptFile());
  }

  private Path keptFile() throws IOException {
    return keptFiles().getFirst();
  }

  private List<Path> keptFiles() throws IOException {
    Path directory = home.resolve(".edj").resolve("signed-in");
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
