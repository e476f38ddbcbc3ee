package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.Packages;
import dev.edj.files.declaration.Kind;
import dev.edj.files.declaration.SecretSource;
import dev.edj.files.source.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Declarative files, with a real service that has nothing else.
class FilesTest {

  private static final int BAD_INPUT = 2;
  private static final int NOT_FOUND = 4;
  private static final int CONFLICT = 5;

  private static final String FLEET =
      """
      credentials:
        - name: app
          userName: app_login
          password: {environment: APP_PASSWORD}
          servers: ['postgresql://db1:5432', 'postgresql://db2']
      targets:
        - kind: CustomCollection
          name: tenants
          children:
            - target: postgresql://db1/tenant1
              parameters: {region: eu, shard: 010}
            - target: postgresql://db1/*
              membership: Exclude
        - {kind: Database, server: 'postgresql://DB1:5432', database: tenant1}
        - kind: Server
          server: postgresql://db1
          credential: app
          excludePatterns: [template*]
          name: postgresql://db1/*
          settings: {maxConnections: 7, connectTimeout: 5s}
          values:
            - {server: 'postgresql://db1', database: tenant2, parameters: {region: us}}
      contents:
        - name: Add table
          file: sql/add-table.sql
          comment: first
        - name: Count
          text: SELECT 1
      policies:
        - {name: patient, jobTimeout: 2h, maximumAttempts: 5, retry: transient}
      schedules:
        - {name: nightly, days: weekdays, times: '22:00', zone: Europe/Brussels}
        - {name: often, interval: 15 minutes}
      jobs:
        - name: Add the table
          description: What all tenants need
          steps:
            - {content: Add table, credential: app, target: tenants, policy: patient}
            - {name: count, content: Count, credential: app, target: tenants, barrier: true}
          parameters: {size: '5', at-start: }
          secrets: {key: {file: key.txt}, given: }
          rollout: {waves: ['1', '10%'], pause: 1m, failureLimit: '3'}
        - name: Report
          steps: [{content: Count, credential: app, target: postgresql://db1/tenant1}]
      triggers:
        - {job: Add the table, schedule: nightly, overlap: Queue, misfire: Skip}
        - {job: Report, after: Add the table, on: Always}
      """;

  private Path fleet;
  private FilesAtService at;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    at = FilesAtService.start(temporary);
    fleet = at.files();
    at.environment().put("APP_PASSWORD", "s3cret-of-app");
    at.write("fleet.yaml", FLEET);
    at.write("sql/add-table.sql", "CREATE TABLE a (x int);\nSELECT 1;\n");
    at.write("key.txt", "s3cret-of-key\n");
  }

  @AfterEach
  void stop() {
    at.close();
  }

  @Test
  void whatWasAppliedIsThereAndIsNotAppliedAgain() {
    CommandLineRun applied = apply();

    assertThat(applied.exitCode()).as(applied.err()).isZero();
    assertThat(applied.out()).contains("Done: 13 of 13.").doesNotContain("s3cret");
    CommandLineRun again = edj("plan", "-f", fleet.toString(), "--detailed-exitcode");
    assertThat(again.out()).isEqualTo("Nothing to do: the service has what the files declare.\n");
    assertThat(again.exitCode()).isZero();
  }

  @Test
  void aPlanShowsWhatChangesFieldByFieldAndChangesNothing() throws IOException {
    apply();
    write("sql/add-table.sql", "CREATE TABLE a (x int, y int);\nSELECT 1;\n");
    change("jobTimeout: 2h", "jobTimeout: 3h, attemptTimeout: 1m");
    change("membership: Exclude", "membership: Include");
    change("shard: 010", "shard: 011");
    change("maxConnections: 7", "maxConnections: 8");
    change("barrier: true", "barrier: false");
    change("times: '22:00'", "times: '23:00'");
    change("overlap: Queue", "overlap: Skip");
    change("key: {file: key.txt}, given: ", "other: {file: key.txt}, given: ");
    change("  - name: Report", "  - name: 'Report '");

    CommandLineRun refused = edj("plan", "-f", fleet.toString());
    assertThat(refused.err())
        .contains("fleet.yaml:43:11: name: must not begin or end with a blank");
    change("  - name: 'Report '", "  - name: Report");
    CommandLineRun plan = edj("plan", "-f", fleet.toString(), "--detailed-exitcode");

    assertThat(plan.err()).isEmpty();
    assertThat(plan.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(plan.out())
        .contains(
            "update target 'tenants' (",
            "    children[postgresql://db1/tenant1].parameters.shard: 010 -> 011",
            "    children[postgresql://db1/*].membership: Exclude -> Include",
            "    settings.maxConnections: 7 -> 8",
            "-CREATE TABLE a (x int);",
            "+CREATE TABLE a (x int, y int);",
            "    jobTimeout: PT2H -> PT3H",
            "    attemptTimeout: none -> PT1M",
            "    times: 22:00 -> 23:00",
            "    steps[1].barrier: true -> false",
            "    secrets.key: (secret) -> none",
            "    secrets.other: none -> (secret)",
            "update trigger 'Add the table' by 'nightly'",
            "    overlap: Queue -> Skip",
            "0 to create, 7 to update, 0 to delete.")
        .doesNotContain("s3cret");
    assertThat(edj("plan", "-f", fleet.toString()).out()).isEqualTo(plan.out());
    assertThat(apply().err()).isEmpty();
    assertThat(edj("plan", "-f", fleet.toString()).out()).startsWith("Nothing to do");
    assertThat(edj("job", "show", "Add the table").out()).contains("other").doesNotContain("key");
  }

  @Test
  void whatALineNoLongerSaysGoesBackToItsDefaultButNotWhatOthersMaySet() throws IOException {
    apply();
    edj("job", "disable", "Add the table");
    edj("target", "add-child", "tenants", "postgresql://db1/tenant1", "--exclude");
    change(", maximumAttempts: 5", "");
    change("    rollout: {waves: ['1', '10%'], pause: 1m, failureLimit: '3'}\n", "");
    change("settings: {maxConnections: 7, connectTimeout: 5s}", "settings: {connectTimeout: 5s}");

    String plan = edj("plan", "-f", fleet.toString()).out();

    assertThat(plan)
        .contains("maximumAttempts: 5 -> 2147483647", "rollout.failureLimit: 3 -> none")
        .contains("children[postgresql://db1/tenant1].membership: Exclude -> Include")
        .doesNotContain("enabled", "maxConnections");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceWithItsPlace() throws IOException {
    write(
        "fleet.yaml",
        """
        policies:
          - {name: p, jobTimeot: 2h, maximumAttempts: many}
          - name: p
          - name: q
            name: r
        polcies: []
        contents:
          - {name: c, text: SELECT 1, file: c.sql}
          - {name: d, file: no-such.sql}
        credentials:
          - {name: app, userName: app, password: s3cret-in-file}
          - {name: none, userName: app}
        targets:
          - {kind: Sever, name: t}
          - {kind: Database, server: db1}
          - {kind: CustomCollection, name: a, children: [{target: b}]}
          - {kind: CustomCollection, name: b, children: [{target: a}]}
        jobs: {}
        """);
    write("more.yml", "jobs:\n  - {name: j, steps: [{content: x, credential: app}]}\n  - [");
    write("tagged.yaml", "jobs: [!!java.io.File {name: /etc/passwd}]\n");

    CommandLineRun plan = edj("plan", "-f", fleet.toString());

    assertThat(plan.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(plan.out()).isEmpty();
    assertThat(plan.err().replace(fleet + "/", ""))
        .contains(
            "fleet.yaml:2:15: jobTimeot: is no field here; did you mean 'jobTimeout'?",
            "fleet.yaml:2:47: maximumAttempts: must be a number, not 'many'",
            "fleet.yaml:5:5: 'name' is there already, in line 4",
            "fleet.yaml:6:1: polcies: is nothing that can be declared; did you mean 'policies'?",
            "fleet.yaml:8:5: text: say in one way what it is",
            "fleet.yaml:11:42: password: a secret does not stand in a file; say where it is",
            "fleet.yaml:14:12: kind: 'Sever' is not one of Database, Server",
            "fleet.yaml:15:5: database: a target of kind Database needs one",
            "fleet.yaml:18:1: jobs: must be a list",
            "more.yml:3:6: is no YAML",
            "tagged.yaml:1:8: is no YAML: Global tag is not allowed: tag:yaml.org,2002:java.io.File")
        .doesNotContain("s3cret");
  }

  @Test
  void aNameWithoutAValueIsToldWhereAValueHasToBe() throws IOException {
    write(
        "fleet.yaml",
        """
        targets:
          - kind: CustomCollection
            name: tenants
            children:
              - {target: s, parameters: {region: }, secrets: {key: }}
          - {kind: Server, name: s, server: db1, settings: {requiredLabels: {zone: }}}
        """);

    CommandLineRun plan = edj("plan", "-f", fleet.toString());

    assertThat(plan.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(plan.err().replace(fleet + "/", ""))
        .contains(
            "fleet.yaml:5:41: children[0].parameters.region: must be given",
            "fleet.yaml:5:59: children[0].secrets.key: must be given",
            "fleet.yaml:6:75: settings.requiredLabels.zone: must be given",
            "3 faults in the files");
  }

  @Test
  void whatNeitherTheFilesNorTheServiceHaveIsFoundInThePlan() throws IOException {
    apply();
    write(
        "fleet.yaml",
        """
        jobs:
          - name: New
            steps: [{content: Count, credential: nobody, target: tenants, policy: patiant}]
        credentials: [{name: none, userName: app}]
        targets:
          - {kind: CustomCollection, name: a, children: [{target: b}]}
          - {kind: CustomCollection, name: b, children: [{target: a}]}
          - {kind: Database, name: again, server: 'postgresql://db1', database: tenant1}
          - {kind: Database, name: postgresql://db1/*, server: 'postgresql://db1', database: tenant9}
        policies: [{name: Default execution policy, maximumAttempts: 3}]
        contents: [{name: d, file: no-such.sql}]
        """);

    CommandLineRun plan = edj("plan", "-f", fleet.resolve("fleet.yaml").toString());

    assertThat(plan.err().replace(fleet + "/", ""))
        .contains(
            "fleet.yaml:3:42: steps[0].credential: neither the files nor the service have the"
                + " credential 'nobody'",
            "steps[0].policy: neither the files nor the service have the execution policy 'patiant'",
            "fleet.yaml:4:15: credential does not exist yet, and needs a password",
            "children: the collection would contain itself: a > b > a",
            "the service has it under the name 'postgresql://db1/tenant1'; use that name",
            "kind: target 'postgresql://db1/*' is another one at the service (Server)",
            "fleet.yaml:10:12: is built in and cannot be changed",
            "fleet.yaml:11:28: file: there is no file");
  }

  @Test
  void whatNoFileDeclaresIsDeletedOnlyWhenAskedForAndOnlyOfListedKinds() throws IOException {
    apply();
    write(
        "fleet.yaml",
        """
        triggers: []
        policies: []
        schedules: [{name: often, interval: 15 minutes}]
        """);

    assertThat(edj("plan", "-f", fleet.toString()).out())
        .contains(
            "In no file: triggers 'Add the table' by 'nightly', 'Report' after 'Add the table'")
        .contains("In no file: jobs 'Add the table', 'Report'")
        .contains("Nothing to do");
    CommandLineRun pruned = edj("plan", "-f", fleet.toString(), "--prune");
    assertThat(pruned.out())
        .containsSubsequence(
            "delete trigger", "delete schedule 'nightly'", "delete execution policy 'patient'")
        .contains("0 to create, 0 to update, 4 to delete.");

    CommandLineRun stopped = apply("--prune");

    assertThat(stopped.exitCode()).isEqualTo(CONFLICT);
    assertThat(stopped.out()).contains("deleted schedule 'nightly'").doesNotContain("Done");
    assertThat(stopped.err())
        .contains("delete execution policy 'patient': ", "is used by job 'Add the table'")
        .contains("3 of 4 steps are done, this one is not; apply again when it is mended");
  }

  /// The service keeps what something uses.
  @Test
  void collectionsAreDeletedBeforeWhatIsInThem() throws IOException {
    write(
        "fleet.yaml",
        """
        targets:
          - {kind: Database, server: db1, database: a}
          - {kind: CustomCollection, name: some, children: [{target: db1/a}]}
          - {kind: CustomCollection, name: more, children: [{target: some}]}
          - {kind: CustomCollection, name: none}
        """);
    assertThat(apply().err()).isEmpty();
    write("fleet.yaml", "targets: []\n");

    CommandLineRun pruned = apply("--prune");

    assertThat(pruned.err()).isEmpty();
    assertThat(pruned.out())
        .containsSubsequence("deleted target 'more'", "deleted target 'some'", "target 'db1/a'")
        .contains("Done: 4 of 4.");
  }

  /// As a mounted volume has them: what was passed over would be deleted.
  @Test
  void whatLinksLeadToIsDeclaredToo() throws IOException {
    Path shared = Files.createDirectories(at.directory().resolve("shared"));
    Files.writeString(shared.resolve("more.yaml"), "policies: [{name: there}]\n");
    write("fleet.yaml", "policies: [{name: here}]\n");
    write("none.yaml", "---\n# to come\n");
    Files.createSymbolicLink(fleet.resolve("linked"), shared);
    Files.createSymbolicLink(fleet.resolve("twice.yaml"), shared.resolve("more.yaml"));
    Files.createSymbolicLink(shared.resolve("back"), fleet);

    assertThat(edj("plan", "-f", fleet.toString()).out())
        .contains("create execution policy 'here'", "create execution policy 'there'")
        .contains("2 to create");
    Files.delete(shared.resolve("more.yaml"));
    CommandLineRun nowhere = edj("plan", "-f", fleet.toString(), "--prune");

    assertThat(nowhere.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(nowhere.err()).contains("there is no file", "twice.yaml");
  }

  @Test
  void aPlanSaysWhereSecretsAreTakenFromAndRunsNothing() throws IOException {
    Path trace = at.directory().resolve("trace");
    change("{file: key.txt}", "{command: [touch, %s]}".formatted(trace));

    CommandLineRun plan = edj("plan", "-f", fleet.toString());

    assertThat(plan.out())
        .contains("    reads the environment variable APP_PASSWORD\n")
        .contains("    reads the command touch %s\n".formatted(trace));
    assertThat(trace).doesNotExist();
  }

  /// A plan of what somebody proposed would show it: in the log of a build, say.
  @Test
  void whatIsElsewhereOnTheMachineIsNotRead() throws IOException {
    Path secret = at.directory().resolve("secret.sql");
    Files.writeString(secret, "s3cret-elsewhere");
    Files.createSymbolicLink(fleet.resolve("sql/link.sql"), secret);
    write(
        "fleet.yaml",
        """
        contents:
          - {name: a, file: /proc/self/environ}
          - {name: b, file: ../secret.sql}
          - {name: c, file: sql/link.sql}
          - {name: d, dacpac: ../secret.sql}
          - {name: e, file: sql/../sql/add-table.sql}
        """);

    CommandLineRun plan = edj("plan", "-f", fleet.toString(), "-o", "json");

    assertThat(plan.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(plan.err())
        .contains("file: ", "/proc/self/environ is not below the working directory")
        .contains("sql/link.sql is not below", "dacpac: ", "4 faults in the files")
        .doesNotContain("s3cret");

    write("fleet.yaml", "contents: [{name: f, file: sql/include.sql}]\n");
    write("sql/include.sql", ":r ..\\..\\secret.sql\n");
    CommandLineRun included = edj("plan", "-f", fleet.toString(), "-o", "json");
    assertThat(included.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(included.err()).contains("secret.sql is not below").doesNotContain("s3cret");
    assertThat(included.out()).doesNotContain("s3cret");
  }

  @Test
  void filesThatAScriptIncludesArePartOfIt() throws IOException {
    write("fleet.yaml", "contents: [{name: Whole, file: sql/whole.sql}]\n");
    write("sql/whole.sql", "SELECT 1;\n:r parts\\two.sql\n");
    write("sql/parts/two.sql", "SELECT 2;\n");

    CommandLineRun applied = apply();

    assertThat(applied.exitCode()).as(applied.err()).isZero();
    assertThat(edj("content", "text", "Whole").out()).startsWith("SELECT 1;\nSELECT 2;\n");
    write("sql/parts/two.sql", "SELECT 3;\n");
    assertThat(edj("plan", "-f", fleet.toString()).out()).contains("SELECT 3;");
    write("sql/parts/two.sql", ":r ../gone.sql\n");
    assertThat(edj("plan", "-f", fleet.toString()).err())
        .contains("fleet.yaml:1:32: file: ", "two.sql", "gone.sql");
  }

  @Test
  void filesOfOthersDoNotSteerTheTerminal() throws IOException {
    write("e\u001b[2Jvil.yaml", "policies: [{name: p}]\n");
    CommandLineRun plan = edj("plan", "-f", fleet.toString());
    write("e\u001b[2Jvil.yaml", "policies: [{name: p, \"x\\e[2J\": 1}]\n");
    CommandLineRun refused = edj("plan", "-f", fleet.toString());

    assertThat(plan.out()).contains("create execution policy 'p'").doesNotContain("\u001b");
    assertThat(refused.err()).contains("is no field here").doesNotContain("\u001b");
  }

  @Test
  void aNameThatNoFileCanHaveIsToldWithItsPlace() throws IOException {
    write("fleet.yaml", "contents: [{name: a, file: \"a\\0b\"}, {name: b, dacpac: \"a\\0b\"}]\n");
    CommandLineRun plan = edj("plan", "-f", fleet.toString());
    write(
        "fleet.yaml",
        """
        credentials:
          - {name: app, userName: app, servers: ['postgresql://db1'], password: {file: "a\\0b"}}
        notices:
          - {name: n, on: [Failed], webhook: {environment: APP_PASSWORD}, save: {file: "a\\0b"}}
        """);
    CommandLineRun refused = apply();

    assertThat(plan.exitCode()).as(plan.err()).isEqualTo(BAD_INPUT);
    assertThat(plan.err())
        .contains("fleet.yaml:1:28: file: no file can be called so", "2 faults in the files");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(BAD_INPUT);
    assertThat(refused.err())
        .contains("fleet.yaml:2:5: file: no file can be called so")
        .contains("fleet.yaml:4:5: file: no file", "2 faults in the files; nothing was changed");
  }

  @Test
  void secretsAreReadBeforeAnythingIsChangedAndStandInNoMessage() throws IOException {
    at.environment().remove("APP_PASSWORD");
    change("{file: key.txt}", "{command: [sh, -c, 'echo s3cret-printed; exit 3']}");

    CommandLineRun refused = apply();

    assertThat(refused.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(refused.err())
        .contains("fleet.yaml:2:5: environment: the environment variable APP_PASSWORD is not set")
        .contains("fleet.yaml:35:5: command: 'sh' ended with exit code 3")
        .doesNotContain("s3cret");
    assertThat(edj("credential", "list").out()).contains("No credentials yet");
    at.environment().put("APP_PASSWORD", "s3cret-of-app");
    change("exit 3", "exit 0");
    assertThat(apply().err()).isEmpty();
  }

  /// What cannot be read was taken for other characters, and was a wrong password then.
  @Test
  void aSecretInAFileIsTextAsAnEditorSavesIt() throws IOException {
    Files.write(fleet.resolve("key.txt"), "schlüssel".getBytes(StandardCharsets.ISO_8859_1));

    CommandLineRun refused = apply();

    assertThat(refused.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(refused.err())
        .contains(
            "file: ",
            "key.txt: Line 1, column 5: the byte at offset 4 is not text in UTF-8",
            "nothing was")
        .doesNotContain("schl");
    Files.writeString(fleet.resolve("key.txt"), "\uFEFFschlüssel\n");
    assertThat(
            new SecretsOfFiles(Terminal.ofThisProcess())
                .read(
                    new SecretSource(null, "key.txt", null),
                    new Place(fleet.resolve("fleet.yaml"), 1, 1)))
        .isEqualTo("schlüssel");
  }

  @Test
  void passwordsAreSetAgainWhenAskedForAndWhenTheServersChange() throws IOException {
    apply();
    assertThat(edj("plan", "-f", fleet.toString(), "--passwords").out())
        .contains("    password: (secret) -> (secret), set again")
        .contains("    secrets.key: (secret) -> (secret), set again")
        .contains("0 to create, 2 to update, 0 to delete.");
    assertThat(apply("--passwords").err()).isEmpty();
    change("'postgresql://db2'", "'postgresql://*'");

    CommandLineRun widened = apply();

    assertThat(widened.err()).isEmpty();
    assertThat(widened.out()).contains("    password: (secret) -> (secret), set again");
    assertThat(edj("credential", "show", "app").out()).contains("postgresql://*");
  }

  @Test
  void aCredentialWhoseSecretIsNotInTheFilesIsSentToNoMoreServers() throws IOException {
    apply();
    write(
        "fleet.yaml",
        "credentials: [{name: app, userName: app_login, servers: ['postgresql://db1']}]\n");
    assertThat(edj("plan", "-f", fleet.toString()).out())
        .contains("    servers: ", "1 to update")
        .doesNotContain("set again");
    assertThat(apply().err()).isEmpty();
    write(
        "fleet.yaml",
        """
        credentials:
          - {name: app, userName: app_login, servers: ['postgresql://*']}
          - {name: two, userName: two, password: {environment: APP_PASSWORD}, tokenCommand: entra}
        """);

    assertThat(edj("plan", "-f", fleet.toString()).err().replace(fleet + "/", ""))
        .contains(
            "fleet.yaml:2:47: servers: the credential would be sent to more servers than before; say",
            "say where its password is",
            "fleet.yaml:3:85: tokenCommand: takes the place of a password; give one of them",
            "2 faults in the files");
    write(
        "fleet.yaml",
        """
        credentials:
          - {name: app, userName: app_login, servers: ['postgresql://db1'], clientCertificate: {sha256: 00}}
        """);
    assertThat(edj("plan", "-f", fleet.toString()).err().replace(fleet + "/", ""))
        .contains("fleet.yaml:2:88: clientCertificate: the service has not this one; give the");
  }

  @Test
  void anAddressThatIsOnlyShownIsTakenForTheOneThatIsThereAndForNoOther() throws IOException {
    String shown = "contents: [{name: P, dacpacUri: 'https://packages.example.com/p?…'}]\n";
    write("fleet.yaml", shown);
    assertThat(edj("plan", "-f", fleet.toString()).err())
        .contains("fleet.yaml:1:33: dacpacUri: the service does not show the address's query");
    write("fleet.yaml", shown.replace("…", "sig=s3cret"));
    assertThat(apply().err()).isEmpty();

    write("fleet.yaml", shown);
    assertThat(edj("plan", "-f", fleet.toString()).out()).startsWith("Nothing to do");
    write("fleet.yaml", shown.replace("com/p", "com/q"));
    assertThat(edj("plan", "-f", fleet.toString()).err()).contains("write it out");
  }

  @Test
  void aServiceThatIsTooOldForAKindIsOnlyRefusedWhenTheFilesHaveIt() throws IOException {
    write("fleet.yaml", "policies: []\n");
    try (FakeService old = new FakeService()) {
      answersWithoutNotices(old);
      CommandLineRun without = edj("plan", "-f", fleet.toString(), "--url", old.url());
      write("fleet.yaml", "notices: []\n");
      answersWithoutNotices(old);
      CommandLineRun with = edj("plan", "-f", fleet.toString(), "--url", old.url());

      assertThat(without.err()).isEmpty();
      assertThat(without.out()).startsWith("Nothing to do");
      assertThat(with.exitCode()).isEqualTo(NOT_FOUND);
      assertThat(with.err())
          .contains("the service is EDJ 0.3.0, older than this edj, and has no notices yet")
          .contains("upgrade it, leave 'notices' out of the files");
    }
  }

  @Test
  void nothingIsDoneThatNobodyConfirmed() {
    CommandLineRun asked = edj("apply", "-f", fleet.toString());

    assertThat(asked.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(asked.out()).contains("13 to create");
    assertThat(asked.err()).contains("give --yes. Nothing was changed");
    assertThat(edj("job", "list").out()).contains("No jobs yet");
  }

  @Test
  void aDetailedExitCodeTellsChangesFromFailures() throws IOException {
    assertThat(edj("plan", "-f", fleet.toString()).exitCode()).isZero();
    assertThat(edj("plan", "-f", fleet.toString(), "--detailed-exitcode").exitCode()).isEqualTo(2);
    assertThat(edj("plan", "-f", "/no/such", "--detailed-exitcode").exitCode()).isEqualTo(1);
    assertThat(edj("plan", "--detailed-exitcode", "--frobnicate").exitCode()).isEqualTo(1);
  }

  @Test
  void aPlanIsJsonForPrograms() {
    CommandLineRun plan = edj("plan", "-f", fleet.toString(), "-o", "json");

    assertThat(Json.mapper().readTree(plan.out()).at("/create").asInt()).isEqualTo(13);
    assertThat(Json.mapper().readTree(plan.out()).at("/steps/0"))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"action": "create", "kind": "credentials", "name": "app",
                     "file": "%s", "line": 2, "changes": [
                      {"field": "name", "before": null, "after": "app"},
                      {"field": "userName", "before": null, "after": "app_login"},
                      {"field": "password", "before": null, "after": "(secret)"},
                      {"field": "servers", "before": null,
                       "after": ["postgresql://db1", "postgresql://db2"]}],
                     "reads": ["the environment variable APP_PASSWORD"], "saves": null}
                    """
                        .formatted(fleet.resolve("fleet.yaml"))));
  }

  @Test
  void aServerHasItsSettingsOnce() throws IOException {
    write(
        "fleet.yaml",
        """
        targets:
          - {kind: Server, name: all, server: db1, settings: {maxConnections: 7, connectTimeout: 5s}}
          - {kind: Server, name: some, server: 'DB1:1433', namePatterns: [a*], settings: {maxConnections: 7}}
          - {kind: Server, name: more, server: db1, namePatterns: [b*], settings: {maxConnections: 8}}
        """);

    assertThat(edj("plan", "-f", fleet.toString()).err())
        .contains("fleet.yaml:4:92: settings.maxConnections: of the same server, something else is")
        .contains("1 fault in the files");
    change("settings: {maxConnections: 8}", "settings: {pinnedCertificates: [none]}");
    assertThat(edj("plan", "-f", fleet.toString()).err().replace(fleet + "/", ""))
        .contains("fleet.yaml:4:96: settings.pinnedCertificates: ", "1 fault in the files");
  }

  @Test
  void manyOutOfFewIsRefused() throws IOException {
    write(
        "fleet.yaml",
        """
        targets:
          - kind: CustomCollection
            name: x
            children: &c [%s]
        """
                .formatted("{target: y}, ".repeat(2_000))
            + "  - {kind: CustomCollection, name: z, children: *c}\n".repeat(600));

    CommandLineRun plan = edj("plan", "-f", fleet.toString());

    assertThat(plan.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(plan.err()).contains("has more than 1,000,000 values, aliases counted");
  }

  /// As a build may do that goes on while somebody reads the plan.
  @Test
  void whatIsSentIsWhatWasPlanned() throws IOException {
    write(
        "fleet.yaml",
        """
        credentials:
          - name: app
            userName: app
            password: {command: [sh, -c, 'echo SELECT 2 > sql/add-table.sql; echo >> a.dacpac; echo s3cret']}
        contents:
          - {name: Add table, file: sql/add-table.sql}
          - {name: Package, dacpac: a.dacpac}
        """);
    Files.write(fleet.resolve("a.dacpac"), Packages.with("").bytes());

    CommandLineRun refused = apply();

    assertThat(refused.exitCode()).isEqualTo(CONFLICT);
    assertThat(refused.err())
        .contains("fleet.yaml:7:5: create content 'Package': ")
        .contains("a.dacpac was changed since the plan was made; it was not sent")
        .contains("2 of 3 steps are done");
    assertThat(edj("content", "text", "Add table").out()).contains("CREATE TABLE a (x int)");
    assertThat(edj("content", "list").out()).doesNotContain("Package");
  }

  private static void answersWithoutNotices(FakeService old) {
    for (Kind kind : Kind.values()) {
      if (kind.compareTo(Kind.NOTICE) < 0) {
        old.answers("[]");
      }
    }
    old.answers(
            404,
            "application/problem+json",
            """
            {"status": 404, "code": "NOT_FOUND", "detail": "there is no route GET /api/v1/notices"}
            """)
        .answers("{\"version\": \"0.3.0\"}");
  }

  private void change(String before, String after) throws IOException {
    String text = Files.readString(fleet.resolve("fleet.yaml"));
    write("fleet.yaml", text.replace(before, after));
  }

  private CommandLineRun apply(String... options) {
    return at.apply(options);
  }

  private CommandLineRun edj(String... words) {
    return at.edj(words);
  }

  private void write(String name, String text) throws IOException {
    at.write(name, text);
  }
}
