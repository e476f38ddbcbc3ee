package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.files.kind.Reservation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Notices in declarative files, with a real service.
class NoticesInFilesTest {

  private static final int BAD_INPUT = 2;

  private static final String JOB =
      """
      credentials: [{name: app, userName: app, password: {environment: APP_PASSWORD}, servers: ['*']}]
      targets: [{kind: Database, name: t, server: db1, database: tenant1}]
      contents: [{name: c, text: SELECT 1}]
      jobs: [{name: Add column, steps: [{content: c, credential: app, target: t}]}]
      """;

  private static final String NOTICES =
      """
      notices:
        - name: on-call
          on: [TimedOut, Failed]
          job: Add column
          webhook: {environment: ON_CALL}
          format: Slack
          save: {file: keys/on-call}
        - {name: dbas, on: [Failed], emails: [dba@example.com, ' ann@example.com ']}
      """;

  private Path fleet;
  private FilesAtService at;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    at = FilesAtService.start(temporary);
    fleet = at.files();
    at.environment().put("APP_PASSWORD", "s3cret-of-app");
    at.environment().put("ON_CALL", "https://hooks.example.com/s3cret-path");
    at.write("job.yaml", JOB);
    at.write("notices.yaml", NOTICES);
  }

  @AfterEach
  void stop() {
    at.close();
  }

  @Test
  void aNoticeIsMadeWithItsAddressFromElsewhereAndItsKeyGoesToAFile() throws IOException {
    assertThat(plan().out())
        .contains("    webhook: (secret)\n", "    reads the environment variable ON_CALL\n")
        .contains("    its secret goes to the file keys/on-call\n");

    CommandLineRun applied = apply();

    assertThat(applied.err()).isEmpty();
    Path key = fleet.resolve("keys/on-call");
    assertThat(key).content().matches("whsec_[A-Za-z0-9+/=]{30,}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(applied.out()).contains("Done: 6 of 6.").doesNotContain("whsec_", "s3cret");
    assertThat(edj("notice", "show", "on-call").out())
        .contains("failed, timed-out", "Add column", "https://hooks.example.com/…", "slack");
    assertThat(plan().out()).startsWith("Nothing to do");
  }

  @Test
  void whatTheFileSaysOtherwiseIsChangedAndWhatOthersSwitchedStays() throws IOException {
    apply();
    edj("notice", "disable", "dbas");
    change("    job: Add column\n", "");
    change("on: [TimedOut, Failed]", "on: [Succeeded]");
    change("    format: Slack\n", "");
    change(", ' ann@example.com '", "");

    assertThat(plan().out())
        .contains(
            "    job: Add column -> none\n",
            "    on: [\"Failed\",\"TimedOut\"] -> [\"Succeeded\"]\n",
            "    format: Slack -> Json\n",
            "    emails: [\"dba@example.com\",\"ann@example.com\"] -> [\"dba@example.com\"]\n",
            "0 to create, 2 to update, 0 to delete.")
        .doesNotContain("enabled", "its secret");
    assertThat(apply().err()).isEmpty();

    assertThat(plan().out()).startsWith("Nothing to do");
    assertThat(edj("notice", "show", "on-call").out()).contains("all jobs", "json", "succeeded");
    assertThat(edj("notice", "show", "dbas").out()).containsPattern("Enabled +no");
    change("emails: [dba@example.com]", "emails: [dba@example.com], enabled: true");
    assertThat(plan().out()).contains("    enabled: false -> true\n");
  }

  @Test
  void anAddressIsSetAgainWhenAskedFor() {
    apply();
    at.environment().put("ON_CALL", "https://chat.example.org/s3cret-path");
    assertThat(plan().out()).startsWith("Nothing to do");

    assertThat(apply("--passwords").out())
        .contains("    webhook: (secret) -> (secret), set again\n");

    assertThat(edj("notice", "show", "on-call").out()).contains("https://chat.example.org/…");
  }

  @Test
  void whatCannotBeIsToldWithItsPlace() throws IOException {
    apply();
    at.write(
        "notices.yaml",
        """
        notices:
          - {name: a, on: [Failed], webhook: {environment: A}, emails: [dba@example.com]}
          - {name: b, on: [Failed]}
          - {name: c, on: [Failed], emails: [dba@example.com], format: Slack}
          - {name: d, on: [failed], webhook: {environment: A}}
          - {name: e, on: [Failed], webhook: 'https://hooks.example.com/s3cret-path'}
          - {name: f, on: [Failed], emails: [dba@example.com], save: {file: f}}
          - {name: g, on: [Failed], webhook: {environment: A}, save: {file: f, command: [vault]}}
        """);
    assertThat(plan().err().replace(fleet + "/", ""))
        .contains(
            "notices.yaml:2:5: webhook: say in one way where it is sent to: webhook or emails",
            "notices.yaml:3:5: webhook: say in one way",
            "notices.yaml:4:5: format: is only for a webhook",
            "notices.yaml:5:20: on[0]: 'failed' is not one of Failed, TimedOut, Succeeded",
            "notices.yaml:6:38: webhook: a secret does not stand in a file; say where it is",
            "notices.yaml:7:5: save: is only for a webhook",
            "notices.yaml:8:62: save: file: say in one way where the secret goes: file or command",
            "7 faults in the files")
        .doesNotContain("s3cret");
    at.write(
        "notices.yaml",
        """
        notices:
          - {name: on-call, on: [Failed], emails: [dba@example.com]}
          - {name: b, on: [], emails: [dba@example.com]}
          - {name: c, on: [Failed], emails: [nobody]}
          - {name: d, on: [Failed], job: None, emails: [dba@example.com]}
        """);
    assertThat(plan().err().replace(fleet + "/", ""))
        .contains(
            "notices.yaml:2:43: emails: notice 'on-call' of the service is a webhook; give this one",
            "notices.yaml:3:19: on: must name at least one event",
            "notices.yaml:4:37: emails: 'nobody' is not an address",
            "notices.yaml:5:34: job: neither the files nor the service have the job 'None'",
            "4 faults in the files");
  }

  /// Nobody could learn it any more.
  @Test
  void aKeyThatCannotBeKeptIsNotMade() throws IOException {
    Files.createDirectories(fleet.resolve("keys"));
    Files.writeString(fleet.resolve("keys/on-call"), "of somebody else");
    at.write(
        "more.yaml",
        """
        notices:
          - {name: a, on: [Failed], webhook: {environment: ON_CALL}, save: {file: one}}
          - {name: b, on: [Failed], webhook: {environment: ON_CALL}, save: {file: ./one}}
          - {name: c, on: [Failed], webhook: {environment: ON_CALL}, save: {file: job.yaml/c}}
        """);

    CommandLineRun refused = apply();

    assertThat(refused.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(refused.err())
        .contains("notices.yaml:2:5: save: ", "on-call is there already; a secret goes to a new")
        .contains("more.yaml:3:5: save: another secret goes to ")
        .contains("more.yaml:4:5: save: ", "nothing can be written to ")
        .contains("3 faults in the files; nothing was changed");
    assertThat(edj("credential", "list").out()).contains("No credentials yet");
    assertThat(fleet.resolve("keys/on-call")).hasContent("of somebody else");
  }

  /// Ended between the notice and its file, there is a notice that signs with what nobody knows.
  @Test
  void aKeyThatWasLostOnItsWayIsFollowedByAnother() throws IOException {
    apply();
    Path kept = fleet.resolve("keys/on-call");
    String lost = Files.readString(kept);
    Files.writeString(kept, Reservation.TEXT);

    assertThat(plan().out())
        .contains("update notice 'on-call'", "0 to create, 1 to update, 0 to delete.")
        .contains("    save: (secret), lost on its way -> another secret\n");
    CommandLineRun applied = apply();

    assertThat(applied.err()).isEmpty();
    assertThat(kept).content().startsWith("whsec_").isNotEqualTo(lost);
    assertThat(edj("audit", "list").out()).contains("notice.rotate-key");
    assertThat(plan().out()).startsWith("Nothing to do");
  }

  @Test
  void aKeyGoesToAProgramAndWithoutThatTheNoticeGoesAgain() throws IOException {
    Path kept = at.directory().resolve("kept");
    change("{file: keys/on-call}", "{command: [sh, -c, 'cat > %s; exit 3']}".formatted(kept));

    CommandLineRun refused = apply();

    assertThat(refused.err())
        .contains("create notice 'on-call': command: 'sh' ended with exit code 3")
        .contains("4 of 6 steps are done, this one is not");
    assertThat(edj("notice", "list").out()).contains("No notices");
    change("exit 3", "cat %s".formatted(kept));
    assertThat(plan().out()).contains("    its secret goes to the command sh -c cat > ");
    CommandLineRun applied = apply();
    assertThat(applied.err()).isEmpty();
    assertThat(applied.out()).doesNotContain("whsec_");
    assertThat(kept).content().startsWith("whsec_");
  }

  @Test
  void noticesGoWhenTheFilesHaveAListOfThemWithoutThem() throws IOException {
    apply();
    at.write("notices.yaml", "notices: []\n");

    assertThat(plan().out()).contains("In no file: notices 'dbas', 'on-call'");
    CommandLineRun pruned = apply("--prune");

    assertThat(pruned.out()).contains("deleted notice 'on-call'", "Done: 2 of 2.");
    assertThat(edj("notice", "list").out()).contains("No notices");
  }

  private void change(String before, String after) throws IOException {
    String text = Files.readString(fleet.resolve("notices.yaml"));
    assertThat(text).contains(before);
    at.write("notices.yaml", text.replace(before, after));
  }

  private CommandLineRun plan() {
    return at.plan();
  }

  private CommandLineRun apply(String... options) {
    return at.apply(options);
  }

  private CommandLineRun edj(String... words) {
    return at.edj(words);
  }
}
