package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.api.RunningService;
import dev.edj.audit.Chain;
import dev.edj.node.NodeRole;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The audit log from the command line, with a real service.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditCommandsTest {

  private static final int NOT_INTACT = 1;
  private static final int BAD_INPUT = 2;
  private static final int NOT_FOUND = 4;
  private static final Pattern GAP = Pattern.compile(" {2,}");
  private static final String NO_HASH = "0".repeat(64);

  private Path directory;
  private TestControlDatabase database;
  private RunningService service;

  @BeforeAll
  void start(@TempDir Path directory) {
    this.directory = directory;
    database = TestControlDatabase.create();
    service =
        RunningService.start(
            ServiceSettings.in(directory)
                .withControlDatabase(database.address())
                .withPort(0)
                .withRoles(Set.of(NodeRole.API)));
    for (String policy : List.of("one", "two", "three")) {
      assertThat(run("policy", "create", policy).exitCode()).isZero();
    }
    assertThat(run("policy", "update", "two", "--maximum-attempts", "7").exitCode()).isZero();
    new Chain(database.jdbi()).extend();
  }

  @AfterAll
  void stop() {
    service.close();
    database.close();
  }

  @Test
  void whatWasDoneIsListedNewestFirst() {
    CommandLineRun list = run("audit", "list", "--object", "two");
    assertThat(list.exitCode()).as(list.err()).isZero();
    assertThat(list.out().lines().map(line -> GAP.splitAsStream(line).toList().get(4)))
        .containsExactly("ACTION", "policy.update", "policy.create");
    assertThat(list.out()).contains("local", "127.0.0.1");

    assertThat(run("audit", "list", "--kind", "policy", "--limit", "1").err())
        .startsWith("more: add --after ");
    assertThat(run("audit", "list", "--actor", "nobody").out())
        .isEqualTo("Nothing of that kind was done.\n");
    assertThat(run("audit", "list", "--until", "24h").out())
        .isEqualTo("Nothing of that kind was done.\n");
    assertThat(run("audit", "list", "--limit", "-1").exitCode()).isEqualTo(BAD_INPUT);
  }

  @Test
  void anEventIsShownWithWhatWasBeforeAndAfterIt() {
    JsonNode event =
        Json.mapper()
            .readTree(run("audit", "list", "--action", "policy.update", "--output", "json").out())
            .get(0);
    String shown = run("audit", "show", event.get("id").asString()).out();
    assertThat(shown)
        .contains("policy.update", "\"maximumAttempts\" : 7", "\"maximumAttempts\" : 2147483647");
    assertThat(run("audit", "show", "999999").exitCode()).isEqualTo(NOT_FOUND);
  }

  @Test
  void aLogThatNobodyTouchedIsIntact() {
    CommandLineRun verified = run("audit", "verify");
    assertThat(verified.exitCode()).as(verified.err()).isZero();
    assertThat(verified.out()).contains("Intact", "yes", "Not linked yet  0");
    String head = verified.out().replaceAll("(?s).*Head +(\\S+).*", "$1");
    assertThat(run("audit", "verify", "--expect-head", head).exitCode()).isZero();
    CommandLineRun after = run("audit", "verify", "--after-head", head);
    assertThat(after.exitCode()).as(after.out()).isZero();
  }

  @Test
  void aLogWithoutTheHeadThatItHadIsNot() {
    CommandLineRun cut = run("audit", "verify", "--expect-head", "999999:" + NO_HASH);
    assertThat(cut.exitCode()).isEqualTo(NOT_INTACT);
    assertThat(cut.out()).contains("no", "had come to 999999: its end was removed");
    CommandLineRun other = run("audit", "verify", "--expect-head", "1:" + NO_HASH);
    assertThat(other.exitCode()).isEqualTo(NOT_INTACT);
    assertThat(other.out()).contains("the chain was written anew");
    assertThat(run("audit", "verify", "--expect-head", "1").exitCode()).isEqualTo(BAD_INPUT);
  }

  @Test
  void anExportIsVerifiedWithoutAService() throws IOException {
    Path file = directory.resolve("audit.jsonl");
    CommandLineRun exported = run("audit", "export", "--out", file.toString());
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    assertThat(exported.err()).startsWith("Head: ");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSizeGreaterThanOrEqualTo(4);

    assertThat(verified(lines)).isZero();
    assertThat(verified(lines.subList(1, lines.size()))).isZero();
    assertThat(verified(lines, "--expect-head", exported.err().substring(6).strip())).isZero();
    assertThat(verified(lines.subList(0, 2), "--expect-head", exported.err().substring(6).strip()))
        .isEqualTo(NOT_INTACT);
    assertThat(verified(List.of(lines.get(0), lines.get(2)))).isEqualTo(NOT_INTACT);
    assertThat(verified(List.of(lines.get(1), lines.get(0)))).isEqualTo(NOT_INTACT);
    assertThat(verified(List.of(lines.get(0).replace("local", "other"), lines.get(1))))
        .isEqualTo(NOT_INTACT);
    assertThat(verified(List.of("no line of an export"))).isEqualTo(BAD_INPUT);
    assertThat(run("audit", "verify", "--file", "/nowhere").exitCode()).isEqualTo(BAD_INPUT);
  }

  private int verified(List<String> lines, String... options) {
    String input = String.join("\n", lines) + "\n";
    String[] words = {"audit", "verify", "--file", "-"};
    return CommandLineRun.of(
            Map.of(), input, Stream.of(words, options).flatMap(Stream::of).toArray(String[]::new))
        .exitCode();
  }

  @Test
  void anExportGoesOnWhereTheLastOneEnded() {
    List<String> all = run("audit", "export").out().lines().toList();
    assertThat(run("audit", "export", "--after", "1").out().lines())
        .containsExactlyElementsOf(all.subList(1, all.size()));
    CommandLineRun nothing = run("audit", "export", "--after", "999999");
    assertThat(nothing.out()).isEmpty();
    assertThat(nothing.err()).isEqualTo("Nothing new.\n");
  }

  private CommandLineRun run(String... words) {
    return CommandLineRun.withService(directory, "", words);
  }
}
