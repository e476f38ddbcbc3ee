package dev.edj.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.credential.TokenCommands.Issued;
import dev.edj.engine.ServerName;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.PrivateKeys;
import dev.edj.settings.IdentityEndpoint;
import dev.edj.settings.TokenCommandOption;
import dev.edj.settings.TokenSettings;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Commands are real programs here.
@Timeout(60)
class TokenCommandsTest {

  private static final ServerName DB1 = ServerName.parse("postgresql://db1.example.com:5433");
  private static final ServerName DB2 = ServerName.parse("mysql://db2.example.com");
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir Path directory;

  @Test
  void aCommandIsToldForWhomItIsAndNoSettingOfTheService() throws IOException {
    TokenCommands commands =
        commands(
            LONG,
            """
            echo "$1 $EDJ_ENGINE $EDJ_HOST $EDJ_PORT $EDJ_USER $(env | grep -c ^EDJ_)"
            """);

    assertThat(token(commands, DB1, "app")).isEqualTo("it's postgresql db1.example.com 5433 app 4");
    assertThat(token(commands, DB2, "ops")).isEqualTo("it's mysql db2.example.com 3306 ops 4");
  }

  @Test
  void aTokenIsUsedAgainForItsUserAndServerUntilItIsNotTaken() throws IOException {
    TokenCommands commands = commands(LONG, counting("echo $number"));
    Issued first = issued(commands, DB1, "app");

    assertThat(first.token().text()).isEqualTo("1");
    assertThat(issued(commands, DB1, "app")).isEqualTo(first);
    assertThat(token(commands, DB1, "ops")).isEqualTo("2");
    assertThat(token(commands, DB2, "app")).isEqualTo("3");

    first.issuer().drop(first.token());
    assertThat(token(commands, DB1, "app")).isEqualTo("4");
    first.issuer().drop(first.token());
    assertThat(token(commands, DB1, "app")).isEqualTo("4");
  }

  @Test
  void aTokenWhoseTimeIsOverIsNotUsedAgain() throws IOException {
    TokenCommands commands = commands(Duration.ZERO, counting("echo $number"));

    assertThat(token(commands, DB1, "app")).isEqualTo("1");
    assertThat(token(commands, DB1, "app")).isEqualTo("2");
  }

  @Test
  void whoeverAsksAtTheSameTimeSharesOneRun() throws Exception {
    TokenCommands commands = commands(LONG, counting("echo $number"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> tokens = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        tokens.add(threads.submit(() -> token(commands, DB1, "app")));
      }
      for (Future<String> token : tokens) {
        assertThat(token.get()).isEqualTo("1");
      }
    }
  }

  @Test
  void aCommandThatFailsSaysWhyNotWhatItPrintedAndIsAskedAgain() throws IOException {
    TokenCommands commands =
        commands(
            LONG,
            counting(
                "echo token-$number; if [ $number = 1 ]; then echo 'no such role' >&2; exit 3; fi"));

    assertUnavailable(
        () -> token(commands, DB1, "app"),
        "the command of --token-command rds ended with code 3: no such role");
    assertThat(token(commands, DB1, "app")).isEqualTo("token-2");
  }

  @Test
  void whatIsNoTokenIsNotUsed() throws IOException {
    for (String script : List.of("true", "echo one; echo two", "head -c 30000 /dev/zero")) {
      TokenCommands commands = commands(LONG, script);
      assertUnavailable(() -> token(commands, DB1, "app"), "prints no token");
    }
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    TokenCommands commands = of(LONG, "rds@*=/nowhere/token");

    assertUnavailable(() -> token(commands, DB1, "app"), "/nowhere/token");
    assertUnavailable(() -> commands.named("gcloud"), "this node has no token command 'gcloud'");
  }

  @Test
  void theNodeSaysForWhichServersItsCommandIs() throws IOException {
    String program = program(counting("echo $number"));
    TokenCommands commands = of(LONG, "rds@postgresql://*.example.com:*@10.0.0.0/8=" + program);
    TokenCommand command = commands.named("rds");

    assertThatThrownBy(() -> token(commands, DB2, "app"))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVER_NOT_ALLOWED))
        .hasMessageContaining("token command 'rds' of this node is not for server mysql://db2");
    TokenRule rule =
        new TokenRule(new SendingRule("app", ServerPatterns.parse(List.of("*"))), command);
    assertThat(rule.findRefusal(DB1, InetAddress.ofLiteral("10.1.2.3"))).isEmpty();
    assertThat(rule.findRefusal(DB1, InetAddress.ofLiteral("11.1.2.3")))
        .hasValueSatisfying(reason -> assertThat(reason).contains("at 11.1.2.3"));
    assertThat(token(commands, DB1, "app")).isEqualTo("1");
  }

  @Test
  void aCredentialWithATokenCommandLogsInWithWhatItPrintsWhereItMay() throws IOException {
    try (TestControlDatabase database = TestControlDatabase.create()) {
      PrivateKeys keys = PrivateKeys.open(directory.resolve("keys.json"), database.jdbi());
      new Credentials(database.jdbi(), new EncryptionKeys(database.jdbi()))
          .create(
              new NewCredential(
                  "app", "app", null, null, "rds", null, List.of("postgresql://*.example.com:*")));
      LoginSource logins =
          new LoginSource(database.jdbi(), keys, commands(LONG, counting("echo $number")));

      Login login = logins.loginFor(1, DB1);
      assertThat(login.identity().password().text()).isEqualTo("1");
      assertThat(login.identity().issuer()).isNotNull();
      assertThat(login).isEqualTo(logins.loginFor(1, DB1));
      assertThatThrownBy(() -> logins.loginFor(1, DB2))
          .hasMessageContaining("credential 'app' may not be sent to server mysql://db2");
    }
  }

  @Test
  void anOptionThatCannotBeIsRefusedWithoutItsCommand() {
    for (String option : List.of("rds=/bin/true", "rds@=/bin/true", "a b@*=x", "@*=x", "rds@*=")) {
      assertThatThrownBy(() -> TokenCommandOption.parse(option))
          .hasMessageContaining("is not NAME@SERVERS=COMMAND")
          .hasMessageNotContaining("/bin/true'");
    }
    assertThatThrownBy(() -> of(LONG, "rds@oracle://x=/bin/true")).hasMessageContaining("oracle");
    assertThatThrownBy(() -> of(LONG, "rds@*=/bin/echo 'open")).hasMessageContaining("quote");
    assertThatThrownBy(() -> of(LONG, "rds@*=a", "rds@*=b")).hasMessageContaining("twice");
  }

  private TokenCommands commands(Duration lifetime, String script) throws IOException {
    return of(lifetime, "rds@*=%s 'it'\\''s'".formatted(program(script)));
  }

  private static TokenCommands of(Duration lifetime, String... options) {
    return TokenCommands.of(
        new TokenSettings(
            List.of(options).stream().map(TokenCommandOption::parse).toList(),
            List.of(),
            IdentityEndpoint.METADATA,
            lifetime));
  }

  /// A script that knows how often it was run.
  private String counting(String script) {
    Path runs = directory.resolve("runs");
    return "echo >> '%s'; number=$(($(wc -l < '%s')))\n%s".formatted(runs, runs, script);
  }

  private String program(String script) throws IOException {
    Path program = Files.createTempFile(directory, "token", ".sh");
    Files.writeString(program, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program.toString();
  }

  private static String token(TokenCommands commands, ServerName server, String user) {
    return issued(commands, server, user).token().text();
  }

  private static Issued issued(TokenCommands commands, ServerName server, String user) {
    return commands.token(commands.named("rds"), server, user);
  }

  private static void assertUnavailable(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOKEN_UNAVAILABLE))
        .hasMessageContaining(message)
        .hasMessageNotContaining("token-1");
  }
}
