package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Users and their roles in declarative files, with a real service.
class UsersInFilesTest {

  private static final int NOT_ALLOWED = 7;
  private static final int CONFLICT = 5;
  private static final String ALICES = "s3cret of alice";

  private static final String FLEET =
      """
      targets:
        - {kind: CustomCollection, name: tenants}
        - {kind: CustomCollection, name: tests}
      users:
        - {name: support, password: {environment: SUPPORT}, grants: [{role: Operator, collection: tenants}]}
        - {name: alice, displayName: Alice, password: {environment: ALICE}, grants: [{role: Administrator}]}
        - {name: deploy, enabled: false, password: {environment: SUPPORT}, grants: [{role: Author}]}
      """;

  private FilesAtService at;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    at = FilesAtService.start(temporary);
    at.environment().put("ALICE", ALICES);
    at.environment().put("SUPPORT", "s3cret of support");
    at.write("fleet.yaml", FLEET);
  }

  @AfterEach
  void stop() {
    at.close();
  }

  @Test
  void usersAreMadeWithTheirRolesAndPasswords() {
    assertThat(at.plan().out())
        .contains("create user 'support'", "    password: (secret)\n")
        .contains("    grants: [{\"role\":\"Operator\",\"collection\":\"tenants\"}]\n")
        .contains("    reads the environment variable SUPPORT\n");

    CommandLineRun applied = at.apply();

    assertThat(applied.err()).isEmpty();
    assertThat(applied.out()).contains("Done: 5 of 5.").doesNotContain("s3cret");
    assertThat(at.plan().out()).startsWith("Nothing to do").doesNotContain("alice");
    assertThat(at.edj("user", "show", "support").out()).contains("Operator in tenants");
    assertThat(at.edj("user", "show", "deploy").out()).containsPattern("Enabled +no");
    assertThat(signIn("alice", ALICES).err()).startsWith("Signed in as alice");
  }

  @Test
  void rolesAreThoseOfTheFileAndPasswordsThoseOfPeople() throws IOException {
    at.apply();
    at.edj("user", "grant", "support", "author");
    at.edj("user", "grant", "support", "reader");
    at.edj("user", "grant", "alice", "operator", "--collection", "tests");
    assertThat(
            CommandLineRun.at(
                    at.directory(),
                    at.environment(),
                    "another of support",
                    "user",
                    "set-password",
                    "support",
                    "--password-stdin")
                .err())
        .isEmpty();
    at.edj("user", "enable", "deploy");
    change("displayName: Alice, ", "");

    CommandLineRun applied = at.apply();

    assertThat(applied.err()).isEmpty();
    assertThat(applied.out())
        .contains("update user 'support'", "update user 'alice'", "update user 'deploy'")
        .contains("    displayName: Alice -> \n", "    enabled: true -> false\n")
        .contains("Done: 3 of 3.")
        .doesNotContain("password");
    assertThat(at.plan().out()).startsWith("Nothing to do");
    assertThat(at.edj("user", "show", "support").out())
        .contains("Operator in tenants")
        .doesNotContain("Author", "Reader");
    change(
        "password: {environment: SUPPORT}, grants: [{role: Operator, collection: tenants}]",
        "grants: [{role: Operator}, {role: Operator, collection: tests}]");
    assertThat(at.apply().err()).isEmpty();
    assertThat(at.edj("user", "show", "support").out()).containsPattern("Operator\n");
    change("grants: [{role: Operator}, {role: Operator, collection: tests}]", "enabled: true");
    assertThat(at.apply().out())
        .contains("    grants[Operator]: {\"role\":\"Operator\"} -> none\n");
    assertThat(at.plan().out()).startsWith("Nothing to do");
    assertThat(signIn("support", "another of support").err()).startsWith("Signed in as support");
  }

  @Test
  void nobodyLocksThemselvesOut() throws IOException {
    at.apply();
    at.edj("user", "create", "carol", "--no-password", "--role", "administrator");
    signIn("alice", ALICES);
    change("grants: [{role: Administrator}]", "grants: [{role: Author}]");
    assertThat(at.plan().err())
        .contains("fleet.yaml:6:", "grants: user 'alice' applies this, and could not take it back");
    change(
        "grants: [{role: Author}]}\n  - {name: deploy",
        "grants: [{role: Administrator}], enabled: false}\n  - {name: deploy");
    assertThat(at.plan().err()).contains("enabled: user 'alice' applies this");
    at.write("fleet.yaml", "users: [{name: support, password: {environment: SUPPORT}}]\n");

    assertThat(at.plan("--prune").out())
        .contains("In no file: users 'alice'\n")
        .contains("delete user 'carol' (with their tokens)", "delete user 'deploy'")
        .contains("0 to create, 1 to update, 2 to delete.");
    assertThat(at.apply("--prune").err()).isEmpty();
    assertThat(at.edj("user", "list").out()).contains("alice", "support").doesNotContain("carol");
  }

  @Test
  void somebodyIsLeftWhoCanLetOthersIn() throws IOException {
    at.apply();
    at.edj("user", "create", "carol", "--no-password", "--role", "administrator");
    at.write("fleet.yaml", "users: []\n");

    CommandLineRun refused = at.apply("--prune");

    assertThat(refused.exitCode()).isEqualTo(CONFLICT);
    assertThat(refused.err()).contains("no administrator could sign in any more");
    assertThat(at.edj("user", "list").out()).contains("alice", "carol", "deploy", "support");
    at.write(
        "fleet.yaml",
        """
        users:
          - {name: alice, grants: [{role: Reader}]}
          - {name: bob, password: {environment: ALICE}, grants: [{role: Administrator}]}
        """);
    CommandLineRun applied = at.apply("--prune");
    assertThat(applied.err()).isEmpty();
    assertThat(applied.out())
        .containsSubsequence("created user 'bob'", "updated user 'alice'", "deleted user 'carol'");
  }

  /// What signs out whoever applies the files comes after all else.
  @Test
  void onesOwnPasswordIsSetLast() throws IOException {
    at.apply();
    signIn("alice", ALICES);
    at.environment().put("ALICE", "another of alice");
    at.write("policy.yaml", "policies: [{name: new}]\n");

    CommandLineRun applied = at.apply("--passwords");

    assertThat(applied.err()).isEmpty();
    assertThat(applied.out())
        .contains(
            """
                password: (secret) -> (secret), set again
                the user is signed out, and what they chose as their password is gone
                reads the environment variable ALICE
            """)
        .containsSubsequence(
            "created execution policy 'new'",
            "updated user 'support'",
            "updated user 'deploy'",
            "updated user 'alice'",
            "Done: 4 of 4.");
    assertThat(at.plan().exitCode()).isEqualTo(NOT_ALLOWED);
    assertThat(signIn("alice", "another of alice").err()).startsWith("Signed in as alice");
    assertThat(at.plan().out()).startsWith("Nothing to do");
  }

  @Test
  void whatCannotBeIsToldWithItsPlace() throws IOException {
    at.apply();
    at.write(
        "fleet.yaml",
        """
        users:
          - {name: a, grants: [{role: Reader, collection: tenants}]}
          - {name: local}
          - {name: c, password: s3cret-in-clear}
          - {name: d, grants: [{role: Boss}]}
          - {name: e}
          - {name: E}
        """);
    assertThat(at.plan().err().replace(at.files() + "/", ""))
        .contains(
            "fleet.yaml:2:51: grants[0].collection: the role Reader is not narrowed",
            "fleet.yaml:3:12: name: 'local' is not a user's name",
            "fleet.yaml:4:25: password: a secret does not stand in a file",
            "fleet.yaml:5:31: grants[0].role: 'Boss' is not one of Reader, Operator",
            "fleet.yaml:7:12: name: user 'e' is declared already, at fleet.yaml:6:5",
            "5 faults in the files")
        .doesNotContain("s3cret");
    at.write(
        "fleet.yaml",
        """
        users:
          - {name: Alice, grants: [{role: Administrator}]}
          - {name: b, grants: [{role: Author, collection: nowhere}]}
          - {name: c, displayName: ' c'}
        """);
    assertThat(at.plan().err().replace(at.files() + "/", ""))
        .contains(
            "fleet.yaml:2:5: user 'Alice' is called 'alice' at the service; use that name",
            "fleet.yaml:3:51: grants[0].collection: neither the files nor the service have the target",
            "fleet.yaml:4:28: displayName: must not begin or end with a blank",
            "3 faults in the files");
  }

  @Test
  void whoIsNoAdministratorPlansAndExportsTheRest() throws IOException {
    at.apply();
    at.edj("user", "enable", "deploy");
    String token =
        at.edj("token", "create", "ci", "--user", "deploy", "--role", "author").out().strip();
    at.environment().put("EDJ_TOKEN", token);

    CommandLineRun refused = at.plan();
    assertThat(refused.exitCode()).isEqualTo(NOT_ALLOWED);
    assertThat(refused.err()).contains("this needs the role Administrator; the token 'ci' of user");
    at.write("fleet.yaml", "policies: [{name: new}]\n");
    CommandLineRun applied = at.apply("--prune");
    assertThat(applied.err()).isEmpty();
    assertThat(applied.out()).contains("created execution policy 'new'").doesNotContain("alice");

    Path exported = at.directory().resolve("exported");
    CommandLineRun export = at.edj("export", "-f", exported.toString());
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(export.err())
        .contains("because only administrators see them: users", "see them: tokens");
    assertThat(exported.resolve("users.yaml")).doesNotExist();
    assertThat(at.edj("plan", "-f", exported.toString()).out()).startsWith("Nothing to do");
  }

  private CommandLineRun signIn(String name, String password) {
    return CommandLineRun.at(
        at.directory(), at.environment(), password, "sign-in", name, "--password-stdin");
  }

  private void change(String before, String after) throws IOException {
    String text = Files.readString(at.files().resolve("fleet.yaml"));
    assertThat(text).contains(before);
    at.write("fleet.yaml", text.replace(before, after));
  }
}
