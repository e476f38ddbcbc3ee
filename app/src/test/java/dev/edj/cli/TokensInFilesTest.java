package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.files.kind.Reservation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens for programs in declarative files, with a real service.
class TokensInFilesTest {

  private static final int BAD_INPUT = 2;
  private static final int NOT_ALLOWED = 7;

  private static final String FLEET =
      """
      targets: [{kind: CustomCollection, name: tenants}]
      users:
        - {name: deploy, grants: [{role: Author}]}
      tokens:
        - name: ci
          user: deploy
          role: Operator
          collections: [tenants]
          lifetime: 30d
          save: {file: secrets/ci}
        - {name: all, user: deploy, save: {command: [tee, all]}}
      """;

  private FilesAtService at;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    at = FilesAtService.start(temporary);
    at.write("fleet.yaml", FLEET);
  }

  @AfterEach
  void stop() {
    at.close();
  }

  @Test
  void aTokenIsMadeAndGoesWhereTheFileSaysAndNowhereElse() throws IOException {
    assertThat(at.plan().out())
        .contains("create token 'ci' of 'deploy'", "    lifetime: PT720H\n")
        .contains("    its secret goes to the file secrets/ci\n")
        .contains("    its secret goes to the command tee all\n");

    CommandLineRun applied = at.apply();

    assertThat(applied.err()).isEmpty();
    assertThat(applied.out()).contains("Done: 4 of 4.").doesNotContain("edj_");
    Path saved = at.files().resolve("secrets/ci");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)))
        .isEqualTo("rw-------");
    assertThat(whoami("secrets/ci").out()).contains("deploy", "Operator may", "ci");
    assertThat(at.edj("token", "list").out()).contains("Operator in tenants", "as its user");
    assertThat(whoami("all").out()).contains("deploy", "Author", "all");
    assertThat(at.plan().out()).startsWith("Nothing to do");
    assertThat(at.plan("--passwords").out()).startsWith("Nothing to do");
  }

  /// The next one is made and given to its program before the one before it goes.
  @Test
  void aTokenStaysWhatItIsAndIsFollowedByAnother() throws IOException {
    at.apply();
    change("role: Operator", "role: Author");
    change("lifetime: 30d", "lifetime: 31d");

    assertThat(at.plan().err())
        .contains(
            "role: token 'ci' of 'deploy' is another one at the service (Operator); give this one another name",
            "lifetime: token 'ci' of 'deploy' is another one at the service (PT720H)",
            "2 faults in the files");
    change("- name: ci", "- name: ci-2");
    change("secrets/ci", "secrets/ci-2");
    CommandLineRun rotated = at.apply("--prune");

    assertThat(rotated.err()).isEmpty();
    assertThat(rotated.out())
        .containsSubsequence("created token 'ci-2' of 'deploy'", "deleted token 'ci' of 'deploy'");
    assertThat(whoami("secrets/ci").exitCode()).isEqualTo(NOT_ALLOWED);
    assertThat(whoami("secrets/ci-2").out()).contains("deploy", "Author may", "ci-2");
  }

  @Test
  void oneThatHasExpiredIsMadeAgainInANewFile() throws IOException {
    at.apply();
    expire("ci");

    assertThat(at.plan().out()).contains("create token 'ci' of 'deploy'", "1 to create");
    CommandLineRun refused = at.apply();
    assertThat(refused.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(refused.err()).contains("save: ", "ci is there already", "nothing was changed");
    Files.delete(at.files().resolve("secrets/ci"));

    assertThat(at.apply().err()).isEmpty();

    assertThat(whoami("secrets/ci").exitCode()).isZero();
    assertThat(at.plan().out()).startsWith("Nothing to do");
  }

  /// No two clocks are the same, and one that lets programs in is not to be replaced.
  @Test
  void whetherOneHasExpiredIsWhatTheServiceSaysWhateverTheTimeIsHere() {
    at.apply();
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofDays(400));
    Clock behind = Clock.offset(Clock.systemUTC(), Duration.ofDays(-400));

    assertThat(planAt(ahead).out()).startsWith("Nothing to do");
    assertThat(edjAt(ahead, "token", "list").out()).contains("ci").doesNotContain("expired");
    expire("ci");

    assertThat(planAt(behind).out()).contains("create token 'ci' of 'deploy'", "1 to create");
    assertThat(edjAt(behind, "token", "list").out()).contains("expired");
  }

  @Test
  void oneThatNobodyGotIsRevoked() throws IOException {
    change("{command: [tee, all]}", "{command: [sh, -c, 'cat > lost; exit 3']}");

    CommandLineRun refused = at.apply();

    assertThat(refused.err())
        .contains("create token 'all' of 'deploy': command: 'sh' ended with exit code 3")
        .contains("3 of 4 steps are done");
    assertThat(whoami("lost").exitCode()).isEqualTo(NOT_ALLOWED);
    assertThat(at.edj("token", "list").out()).contains("ci").doesNotContain("all");
  }

  /// Ended between the token and its file, there is the token, and nobody who has it.
  @Test
  void oneWhoseSecretWasLostOnItsWayIsMadeAnew() throws IOException {
    at.apply();
    Path saved = at.files().resolve("secrets/ci");
    String lost = Files.readString(saved);
    Files.writeString(saved, Reservation.TEXT);

    assertThat(at.plan().out())
        .contains("update token 'ci' of 'deploy'", "0 to create, 1 to update, 0 to delete.")
        .contains("    save: (secret), lost on its way -> another secret\n")
        .contains("    its secret goes to the file secrets/ci\n");
    assertThat(at.apply().err()).isEmpty();

    assertThat(whoami("secrets/ci").out()).contains("deploy", "Operator may", "ci");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)))
        .isEqualTo("rw-------");
    at.write("lost", lost);
    assertThat(whoami("lost").exitCode()).isEqualTo(NOT_ALLOWED);
    assertThat(at.plan().out()).startsWith("Nothing to do");
  }

  /// The service made it, and only its answer could tell the secret.
  @Test
  void oneWhoseAnswerWasLostIsMadeAnewByTheNextApply() throws IOException {
    at.edj("user", "create", "boss", "--no-password", "--role", "administrator");
    String own = at.edj("token", "create", "apply", "--user", "boss").out().strip();
    at.environment().put("EDJ_TOKEN", own);
    try (ForgetfulProxy proxy = new ForgetfulProxy(at.service().url(), "POST /api/v1/tokens")) {
      CommandLineRun broken = at.apply("--url", proxy.url());

      assertThat(broken.err())
          .contains("create token 'ci' of 'deploy': cannot reach the EDJ service")
          .contains("2 of 4 steps are done, this one is not");
    }
    assertThat(at.files().resolve("secrets/ci")).hasContent(Reservation.TEXT);
    assertThat(at.plan().out()).contains("update token 'ci' of 'deploy'", "create token 'all'");

    assertThat(at.apply().err()).isEmpty();

    assertThat(whoami("secrets/ci").out()).contains("deploy", "Operator may", "ci");
    assertThat(at.plan().out()).contains("Nothing to do");
  }

  @Test
  void roomIsKeptForASecretBeforeItIsMade() throws IOException {
    change("[{role: Author}]", "[{role: Reader}]");

    CommandLineRun refused = at.apply();

    assertThat(refused.err())
        .contains("user 'deploy' does not have the role Operator, so no token of theirs can");
    assertThat(at.files().resolve("secrets/ci")).hasContent(Reservation.TEXT);
    change("[{role: Reader}]", "[{role: Author}]");
    assertThat(at.apply().err()).isEmpty();
    assertThat(whoami("secrets/ci").exitCode()).isZero();
  }

  @Test
  void theTokenThatFilesAreAppliedWithStays() throws IOException {
    at.apply();
    at.edj("user", "create", "boss", "--no-password", "--role", "administrator");
    String own = at.edj("token", "create", "apply", "--user", "boss").out().strip();
    at.edj("token", "create", "other", "--user", "boss");
    at.environment().put("EDJ_TOKEN", own);
    at.write("fleet.yaml", "tokens: []\n");

    CommandLineRun pruned = at.apply("--prune");

    assertThat(pruned.err()).isEmpty();
    assertThat(pruned.out())
        .contains("In no file: tokens 'apply' of 'boss'\n", "Done: 3 of 3.")
        .contains("deleted token 'other' of 'boss'", "deleted token 'ci' of 'deploy'");
    assertThat(at.edj("token", "list").out()).contains("apply").doesNotContain("other");
  }

  @Test
  void whatCannotBeIsToldWithItsPlace() throws IOException {
    at.write(
        "fleet.yaml",
        """
        tokens:
          - {name: a, user: nobody, save: {file: a}}
          - {name: b, user: nobody, collections: [tenants], save: {file: b}}
          - {name: c, user: nobody, role: Reader, collections: [tenants], save: {file: c}}
          - {name: d, user: nobody, lifetime: 400d, save: {file: d}}
          - {name: e, user: nobody}
          - {name: f, user: nobody, save: edj_s3cret}
        """);
    assertThat(at.plan().err().replace(at.files() + "/", ""))
        .contains(
            "fleet.yaml:3:42: collections: say with 'role' what the token may do there",
            "fleet.yaml:4:56: collections: the role Reader is not narrowed",
            "fleet.yaml:7:35: save: this is not the secret; say where it goes: {file: PATH} or",
            "3 faults in the files")
        .doesNotContain("s3cret");
    at.write(
        "fleet.yaml",
        """
        tokens:
          - {name: a, user: nobody, save: {file: a}}
          - {name: d, user: nobody, lifetime: 400d, save: {file: d}}
          - {name: e, user: nobody}
        """);
    assertThat(at.plan().err().replace(at.files() + "/", ""))
        .contains(
            "fleet.yaml:2:21: user: neither the files nor the service have the user 'nobody'",
            "fleet.yaml:3:39: lifetime: must be from one minute to 366 days",
            "fleet.yaml:4:5: token does not exist yet, or has expired; say where it goes: save:",
            "5 faults in the files");
  }

  private CommandLineRun planAt(Clock clock) {
    return edjAt(clock, "plan", "-f", at.files().toString());
  }

  private CommandLineRun edjAt(Clock clock, String... words) {
    return CommandLineRun.withService(at.directory().resolve("data"), clock, words);
  }

  private void expire(String token) {
    at.database()
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "UPDATE access_token SET expires_at = now() - interval '1 day' WHERE name = ?",
                token));
  }

  private CommandLineRun whoami(String file) throws IOException {
    return CommandLineRun.at(
        at.directory(),
        Map.of(
            "EDJ_DATA", at.directory().resolve("data").toString(),
            "EDJ_TOKEN", Files.readString(at.files().resolve(file))),
        "",
        "whoami");
  }

  private void change(String before, String after) throws IOException {
    String text = Files.readString(at.files().resolve("fleet.yaml"));
    assertThat(text).contains(before);
    at.write("fleet.yaml", text.replace(before, after));
  }
}
