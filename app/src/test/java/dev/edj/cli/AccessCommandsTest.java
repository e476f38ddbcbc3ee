package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.api.RunningService;
import dev.edj.node.NodeRole;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// From the command line to users, tokens and back, with a real service.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessCommandsTest {

  private static final int BAD_INPUT = 2;
  private static final int CONFLICT = 5;
  private static final int NOT_ALLOWED = 7;
  private static final String PASSWORD = "correct horse battery";

  private Path data;
  private Path home;
  private TestControlDatabase database;
  private RunningService service;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    data = directory.resolve("data");
    home = Files.createDirectory(directory.resolve("home"));
    database = TestControlDatabase.create();
    service =
        RunningService.start(
            ServiceSettings.in(data)
                .withControlDatabase(database.address())
                .withPort(0)
                .withRoles(Set.of(NodeRole.API)));
  }

  @AfterAll
  void stop() {
    service.close();
    database.close();
  }

  @Test
  void aUserIsMadeSignsInAndIsKnown() throws IOException {
    assertThat(create("alice", "--role", "operator").out())
        .contains("alice", "Operator", "with a password");

    CommandLineRun signIn = alice(PASSWORD, "sign-in", "alice", "--password-stdin");
    assertThat(signIn.exitCode()).as(signIn.err()).isZero();
    assertThat(signIn.err()).startsWith("Signed in as alice until 2");
    assertThat(signIn.out() + signIn.err()).doesNotContain("edj_", PASSWORD);
    assertThat(alice("", "whoami").out()).contains("alice", "a password", "Operator");
    assertThat(keptFiles())
        .singleElement()
        .satisfies(file -> {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .isEqualTo("rw-------");
          assertThat(file).content().startsWith("edj_");
        });

    assertThat(alice("", "job", "list").exitCode()).isZero();
    CommandLineRun refused = alice("", "policy", "delete", "x");
    assertThat(refused.exitCode()).isEqualTo(NOT_ALLOWED);
    assertThat(refused.err())
        .contains("this needs the role Author; user 'alice' has the role Operator");

    assertThat(alice("", "sign-out").out()).isEqualTo("Signed out.\n");
    assertThat(keptFiles()).isEmpty();
    assertThat(alice("", "sign-out").exitCode()).isEqualTo(CONFLICT);
    assertThat(alice("", "whoami").exitCode()).isEqualTo(NOT_ALLOWED);
  }

  @Test
  void aRoleIsNarrowedToCollections() {
    owner("target", "create", "custom-collection", "eu, west");
    owner("target", "create", "custom-collection", "us");
    assertThat(create("dan", "--role", "operator", "--collection", "us").out())
        .contains("Operator in us");
    assertThat(
            owner(
                    "user",
                    "grant",
                    "dan",
                    "author",
                    "--collection",
                    "us",
                    "--collection",
                    "eu, west")
                .out())
        .contains("Operator in us, Author in eu, west, Author in us");
    assertThat(owner("user", "revoke", "dan", "author", "--collection", "us").out())
        .contains("Operator in us, Author in eu, west\n");
    assertThat(owner("user", "revoke", "dan", "author").out()).doesNotContain("Author");

    CommandLineRun refused = owner("user", "grant", "dan", "reader", "--collection", "us");
    assertThat(refused.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(refused.err()).contains("whoever may see anything sees everything");
    assertThat(
            owner(
                    "token",
                    "create",
                    "narrow",
                    "--user",
                    "dan",
                    "--role",
                    "operator",
                    "--collection",
                    "us")
                .exitCode())
        .isZero();
    assertThat(owner("token", "list", "--user", "dan").out()).contains("Operator in us");
    alice(PASSWORD, "sign-in", "dan", "--password-stdin");
    assertThat(alice("", "whoami").out())
        .contains("Operator in us", "a Operator may, in these collections only");
    alice("", "sign-out");
    assertThat(owner("target", "delete", "us").err())
        .contains("is used by the role of user 'dan', token 'dan/narrow'");
  }

  private CommandLineRun owner(String... command) {
    return CommandLineRun.at(home, Map.of("EDJ_DATA", data.toString()), "", command);
  }

  @Test
  void whoeverSignedInIsThatUserOnTheServicesMachineToo() {
    create("bob", "--role", "reader");
    Map<String, String> owner = Map.of("EDJ_DATA", data.toString());
    assertThat(CommandLineRun.at(home, owner, "", "whoami").out()).contains("local");
    CommandLineRun.at(home, owner, PASSWORD, "sign-in", "bob", "--password-stdin");
    assertThat(CommandLineRun.at(home, owner, "", "whoami").out()).contains("bob");
    CommandLineRun.at(home, owner, "", "sign-out");
    assertThat(CommandLineRun.at(home, owner, "", "whoami").out()).contains("local");
  }

  @Test
  void aWrongPasswordKeepsNothing() throws IOException {
    create("carol", "--role", "reader");
    CommandLineRun refused = alice("not her password", "sign-in", "carol", "--password-stdin");
    assertThat(refused.exitCode()).isEqualTo(NOT_ALLOWED);
    assertThat(refused.err()).contains("there is no such user, or it is not their password");
    assertThat(keptFiles()).isEmpty();
  }

  @Test
  void aPasswordIsNotSentInTheClearToAnotherMachine() {
    CommandLineRun refused =
        CommandLineRun.at(
            home,
            Map.of(),
            PASSWORD,
            "sign-in",
            "alice",
            "--url",
            "http://edj.example.com:8740",
            "--password-stdin");
    assertThat(refused.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(refused.err()).contains("use https, or say --without-tls");
  }

  @Test
  void aTokenIsMadeForAProgramListedAndRevoked() {
    create("deploy", "--no-password", "--role", "author");
    CommandLineRun made =
        admin("", "token", "create", "ci", "--user", "deploy", "--role", "reader");
    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.out()).matches("edj_[\\w-]{51}\n");
    Map<String, String> program =
        Map.of("EDJ_URL", service.url().toString(), "EDJ_TOKEN", made.out().strip());

    assertThat(CommandLineRun.of(program, "", "whoami").out())
        .contains("deploy", "a token made for a program", "ci", "a Reader may");
    assertThat(CommandLineRun.of(program, "", "content", "delete", "x").err())
        .contains("the token 'ci' of user 'deploy' has the role Reader");
    CommandLineRun listed = admin("", "token", "list", "--user", "deploy");
    assertThat(listed.out()).contains("deploy", "ci", "local", "Reader");

    String id =
        listed.out().lines().skip(1).findFirst().orElseThrow().strip().replaceFirst(" .*", "");
    assertThat(admin("", "token", "revoke", id).out()).isEqualTo("Revoked.\n");
    assertThat(CommandLineRun.of(program, "", "whoami").exitCode()).isEqualTo(NOT_ALLOWED);
  }

  @Test
  void aUsersRolesPasswordAndBeingEnabledAreChanged() {
    create("dora");
    assertThat(admin("", "user", "show", "dora").out()).containsPattern("Roles +none");
    assertThat(admin("", "user", "grant", "dora", "author").out()).contains("Author");
    assertThat(admin("", "user", "revoke", "dora", "Author").out()).contains("none");
    assertThat(admin("", "user", "update", "dora", "--display-name", "Dora D.").out())
        .contains("Dora D.");
    assertThat(admin("", "user", "disable", "dora").out()).containsPattern("Enabled +no");
    assertThat(admin("", "user", "enable", "dora").out()).containsPattern("Enabled +yes");
    assertThat(admin("short", "user", "set-password", "dora", "--password-stdin").exitCode())
        .isEqualTo(BAD_INPUT);
    assertThat(
            admin("a longer password", "user", "set-password", "dora", "--password-stdin")
                .exitCode())
        .isZero();
    assertThat(admin("", "user", "list").out()).contains("dora", "Dora D.");
    assertThat(admin("", "user", "delete", "dora").out()).isEqualTo("Deleted.\n");
  }

  private CommandLineRun create(String name, String... options) {
    String[] password =
        Stream.of(options).anyMatch("--no-password"::equals)
            ? new String[] {}
            : new String[] {"--password-stdin"};
    String[] words =
        Stream.of(new String[] {"user", "create", name}, options, password)
            .flatMap(Stream::of)
            .toArray(String[]::new);
    CommandLineRun run = admin(PASSWORD, words);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  /// Who may read the service's data directory.
  private CommandLineRun admin(String input, String... words) {
    return CommandLineRun.withService(data, input, words);
  }

  /// Who knows the service's address only.
  private CommandLineRun alice(String input, String... words) {
    return CommandLineRun.at(home, Map.of("EDJ_URL", service.url().toString()), input, words);
  }

  private Set<Path> keptFiles() throws IOException {
    Path directory = home.resolve(".edj/signed-in");
    if (!Files.exists(directory)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return Set.copyOf(files.toList());
    }
  }
}
