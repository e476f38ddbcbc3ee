package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.api.RunningService;
import dev.edj.settings.NoticeSettings;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.NoticeReceiver;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Notices from the command line, with a real service that sends to a real receiver.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticeCommandsTest {

  private static final int NOT_SUCCEEDED = 1;
  private static final int BAD_INPUT = 2;
  private static final int NOT_FOUND = 4;
  private static final int CONFLICT = 5;
  private static final int WAIT_TIMED_OUT = 6;

  private static final String KEY = "whsec_[A-Za-z0-9+/=]{32,}";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final NoticeReceiver receiver = NoticeReceiver.start();
  private Path data;
  private TestControlDatabase database;
  private RunningService service;

  @BeforeAll
  void start(@TempDir Path directory) {
    data = directory.resolve("data");
    database = TestControlDatabase.create();
    service =
        RunningService.start(
            ServiceSettings.in(data)
                .withControlDatabase(database.address())
                .withPort(0)
                .withNotices(new NoticeSettings(Set.of(receiver.place()), null)));
    done("target", "create", "custom-collection", "nowhere");
    done("policy", "create", "once", "--maximum-attempts", "1");
  }

  @AfterAll
  void stop() {
    service.close();
    database.close();
    receiver.close();
  }

  @Test
  void aWebhookIsMadeAndItsKeyIsAllThatIsPrinted() {
    CommandLineRun made =
        notice("create", "hook", "--webhook", hook("s3cret"), "--on", "failed,Timed_Out");

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.out()).matches(KEY + "\n");
    assertThat(made.err()).contains("The signing key of notice 'hook'. It is not shown again.");
    CommandLineRun shown = notice("show", "hook");
    assertThat(shown.out())
        .containsPattern("Name +hook")
        .containsPattern("Enabled +(yes|true)")
        .containsPattern("On +failed, timed-out")
        .containsPattern("Job +all jobs")
        .containsPattern("Webhook +" + Pattern.quote(receiver.place() + "/…"))
        .containsPattern("Format +json")
        .doesNotContain("s3cret", "whsec_");
    assertThat(notice("list").out())
        .containsPattern("NAME +ENABLED +ON +JOB +TO +WAITING +LAST DELIVERY")
        .containsPattern("hook +(yes|true) +failed, timed-out +all jobs")
        .doesNotContain("s3cret");
  }

  @Test
  void programsReadJson() {
    CommandLineRun made =
        notice("create", "j", "--webhook", hook("j"), "--on", "failed", "--output", "json");
    assertThat(made.err()).isEmpty();
    JsonNode json = json(made);
    assertThat(json.path("secret").asString()).matches(KEY);
    assertThat(json.at("/notice/on/0").asString()).isEqualTo("Failed");

    assertThat(json(notice("show", "j", "--output", "json")).path("name").asString())
        .isEqualTo("j");
    assertThat(json(notice("list", "--output", "json")).findValuesAsString("name")).contains("j");
    JsonNode test = json(notice("test", "j", "--output", "json"));
    assertThat(test.at("/delivery/lifecycle").asString()).isEqualTo("Succeeded");
    assertThat(test.at("/attempts/0/status").asInt()).isEqualTo(204);
    String id = test.at("/delivery/id").asString();
    assertThat(json(notice("deliveries", "j", "--output", "json")).get(0).path("id").asString())
        .isEqualTo(id);
    assertThat(json(notice("delivery", "j", id, "--output", "json")).path("body").asString())
        .contains("notice.test");
    assertThat(json(notice("rotate-key", "j", "--output", "json")).path("secret").asString())
        .matches(KEY);
    assertThat(
            json(notice("update", "j", "--format", "teams", "--output", "json"))
                .path("format")
                .asString())
        .isEqualTo("Teams");
    assertThat(json(notice("resend", "j", id, "--output", "json")).path("id").asString())
        .isEqualTo(id);
  }

  @Test
  void anAddressComesFromAFileOrFromStandardInput() throws IOException {
    Path file = data.resolveSibling("address");
    Files.writeString(file, hook("from-a-file") + "\n");
    done("notice", "create", "filed", "--webhook-file", file.toString(), "--on", "failed");
    done("notice", "test", "filed");
    assertThat(receiver.received("/from-a-file")).hasSize(1);

    CommandLineRun changed =
        CommandLineRun.withService(
            data, hook("from-stdin") + "\n", "notice", "update", "filed", "--webhook-file", "-");
    assertThat(changed.exitCode()).as(changed.err()).isZero();
    done("notice", "test", "filed");
    assertThat(receiver.received("/from-stdin")).hasSize(1);
  }

  @Test
  void aNoticeByMailHasNoKeyAndIsForThoseAddresses() {
    CommandLineRun made =
        notice("create", "dbas", "--email", "dba@example.com,ann@example.com", "--on", "succeeded");
    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.out())
        .containsPattern("E-mail +dba@example.com, ann@example.com")
        .doesNotContain("whsec_", "Webhook", "Format");
    assertThat(made.err()).contains("edj notice test dbas\n");
    assertThat(notice("create", "it's $(halt)", "--email", "a@b.c", "--on", "failed").err())
        .contains("edj notice test 'it'\\''s $(halt)'\n");

    assertThat(notice("update", "dbas", "--email", "bob@example.com").out())
        .containsPattern("E-mail +bob@example.com");
    assertRefused(CONFLICT, "has no signing key", "rotate-key", "dbas");
    assertRefused(
        BAD_INPUT, "is sent by e-mail; make another", "update", "dbas", "--format", "slack");
    CommandLineRun test = notice("test", "dbas");
    assertThat(test.exitCode()).isEqualTo(NOT_SUCCEEDED);
    assertThat(test.out()).contains("this node has no mail server");
  }

  @Test
  void whatIsWrongIsSaidAndChangesNothing() {
    String on = "--on=failed";
    assertRefused(BAD_INPUT, "give --webhook, --webhook-file or --email", "create", "w", on);
    assertRefused(BAD_INPUT, "give --on: of what to tell", "create", "w", "--email=a@b.c");
    assertRefused(
        BAD_INPUT,
        "'sometimes' is none of failed,",
        "create",
        "w",
        "--email=a@b.c",
        "--on=sometimes");
    assertRefused(
        BAD_INPUT, "mutually exclusive", "create", "w", "--email=a@b.c", "--webhook=u", on);
    assertRefused(BAD_INPUT, "'xml'", "create", "w", "--webhook=" + hook("w"), "--format=xml", on);
    assertRefused(BAD_INPUT, "'nobody' is not an address", "create", "w", "--email=nobody", on);
    assertRefused(
        BAD_INPUT, "is only for a webhook", "create", "w", "--email=a@b.c", "--format=slack", on);
    assertRefused(
        BAD_INPUT,
        "'no such job' does not exist",
        "create",
        "w",
        "--email=a@b.c",
        "--job=no such job",
        on);
    CommandLineRun elsewhere =
        notice("create", "w", "--webhook", "https://elsewhere.example.com/s3cret", on);
    assertThat(elsewhere.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(elsewhere.err())
        .contains("may not be sent to https://elsewhere.example.com", "--notice-host")
        .doesNotContain("s3cret");
    assertRefused(NOT_FOUND, "notice 'w' does not exist", "show", "w");

    done("notice", "create", "taken", "--email", "a@b.c", "--on", "failed");
    assertRefused(CONFLICT, "exists already", "create", "taken", "--email=d@e.f", on);
    assertRefused(
        BAD_INPUT, "either --job or --all-jobs", "update", "taken", "--job=x", "--all-jobs");
    assertRefused(
        BAD_INPUT, "is sent by e-mail; make another", "update", "taken", "--webhook=" + hook("w"));
    assertThat(notice("show", "taken").out()).containsPattern("E-mail +a@b.c");
    for (String command : Set.of("update", "delete", "enable", "disable", "test", "deliveries")) {
      assertRefused(NOT_FOUND, "notice 'w' does not exist", command, "w");
    }
    assertRefused(NOT_FOUND, "notice 'w' does not exist", "rotate-key", "w");
    assertRefused(BAD_INPUT, "'none' is not an int", "deliveries", "taken", "--limit=none");
    assertRefused(BAD_INPUT, "limit: must be from 1", "deliveries", "taken", "--limit=0");
    assertRefused(BAD_INPUT, "'no-id' is not an id", "delivery", "taken", "no-id");
    String nothing = "0b6c1f6e-7f0e-4b7e-9d2b-0d8a5b1f4c11";
    assertRefused(NOT_FOUND, "delivery '" + nothing, "delivery", "taken", nothing);
    assertRefused(NOT_FOUND, "delivery '" + nothing, "resend", "taken", nothing);
  }

  @Test
  void aNoticeIsChangedDisabledEnabledAndDeleted() {
    job("watched");
    done("notice", "create", "changing", "--email", "a@b.c", "--on", "failed", "--disabled");
    assertThat(notice("show", "changing").out()).containsPattern("Enabled +(no|false)");
    assertThat(notice("enable", "changing").out()).containsPattern("Enabled +(yes|true)");
    assertThat(notice("disable", "changing").out()).containsPattern("Enabled +(no|false)");

    CommandLineRun changed =
        notice("update", "changing", "--on", "succeeded,approval-wanted", "--job", "watched");
    assertThat(changed.out())
        .containsPattern("On +succeeded, approval-wanted")
        .containsPattern("Job +watched");
    job("another");
    assertThat(notice("list", "--job", "watched").out()).contains("changing");
    assertThat(notice("list", "--job", "another").out()).doesNotContain("changing");
    assertThat(notice("update", "changing", "--all-jobs").out()).containsPattern("Job +all jobs");
    assertThat(notice("list", "--job", "another").out()).contains("changing");

    assertThat(notice("delete", "changing").out()).isEqualTo("Deleted.\n");
    assertRefused(NOT_FOUND, "does not exist", "show", "changing");
  }

  @Test
  void aTestSaysWhatBecameOfItAlsoToAScript() {
    receiver.answers("/refusing", exchange -> exchange.sendResponseHeaders(503, -1));
    done("notice", "create", "refusing", "--webhook", hook("refusing"), "--on", "failed");

    CommandLineRun refused = notice("test", "refusing");
    assertThat(refused.exitCode()).isEqualTo(NOT_SUCCEEDED);
    assertThat(refused.out())
        .containsPattern("Event +test")
        .containsPattern("Lifecycle +Failed")
        .containsPattern("Attempt 1 +503")
        .contains("notice.test");
    String id = id(refused);
    assertThat(notice("deliveries", "refusing").out())
        .containsPattern("OCCURRED +EVENT +JOB +LIFECYCLE +ATTEMPTS +NEXT +ANSWER +ID")
        .containsPattern("test +.*Failed +1 +.*503 +" + id);

    CommandLineRun again = notice("resend", "refusing", id);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).containsPattern("Lifecycle +WaitingForRetry");
  }

  @Test
  void whoWaitsNoLongerIsToldThatNothingIsKnown() {
    CountDownLatch over = new CountDownLatch(1);
    answersWhen(over, "/slow");
    done("notice", "create", "slow", "--webhook", hook("slow"), "--on", "failed");

    // No more than two are sent at once, so the third cannot be.
    for (int sent = 1; sent <= 2; sent++) {
      CommandLineRun impatient = notice("test", "slow", "--wait", "0s");
      assertThat(impatient.exitCode()).isEqualTo(WAIT_TIMED_OUT);
      while (receiver.received("/slow").size() < sent) {
        Thread.onSpinWait();
      }
    }
    CommandLineRun impatient = notice("test", "slow", "--wait", "0s");
    over.countDown();
    assertThat(impatient.exitCode()).isEqualTo(WAIT_TIMED_OUT);
    assertThat(impatient.err()).contains("Not sent yet: does a node with the role controller run?");
  }

  /// That no controller runs would be a lie.
  @Test
  void whoWaitsNoLongerForAReceiverIsToldWhereItsAnswerWillBe() {
    CountDownLatch over = new CountDownLatch(1);
    answersWhen(over, "/slower");
    done("notice", "create", "slower", "--webhook", hook("slower"), "--on", "failed");

    CommandLineRun impatient = notice("test", "slower", "--wait", "5s");
    over.countDown();
    assertThat(receiver.received("/slower")).hasSize(1);
    assertThat(impatient.exitCode()).isEqualTo(WAIT_TIMED_OUT);
    assertThat(impatient.err())
        .contains(
            "Not answered yet. What comes of it: edj notice delivery slower " + id(impatient));
  }

  @Test
  void oneMayWaitForEver() {
    done("notice", "create", "prompt", "--webhook", hook("prompt"), "--on", "failed");

    CommandLineRun test = notice("test", "prompt", "--wait", "999999d");
    assertThat(test.exitCode()).as(test.err()).isZero();
  }

  private void answersWhen(CountDownLatch over, String path) {
    receiver.answers(
        path,
        exchange -> {
          try {
            over.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(204, -1);
        });
  }

  @Test
  void anotherKeyTakesThePlaceOfThePresentOneAfterATime() {
    String first = notice("create", "r", "--webhook", hook("r"), "--on", "failed").out();
    String second = notice("rotate-key", "r", "--overlap", "2d").out();

    assertThat(second).matches(KEY + "\n").isNotEqualTo(first);
    assertThat(notice("show", "r").out()).containsPattern("Key before good until +2");
    done("notice", "test", "r");
    assertThat(receiver.received("/r").getFirst().header("webhook-signature").split(" "))
        .hasSize(2);
    assertRefused(BAD_INPUT, "from 0 to 7 days", "rotate-key", "r", "--overlap", "8d");
    assertRefused(BAD_INPUT, "'soon'", "rotate-key", "r", "--overlap", "soon");
  }

  @Test
  void whatAnExecutionTellsIsListedAPageAtATime() {
    job("told");
    done(
        "notice",
        "create",
        "ends",
        "--webhook",
        hook("ends"),
        "--on",
        "succeeded",
        "--job",
        "told");
    done("job", "start", "told", "--wait");
    done("job", "start", "told", "--wait");

    JsonNode all = json(notice("deliveries", "ends", "--output", "json"));
    assertThat(all).hasSize(2);
    String newest = all.get(0).path("id").asString();
    assertThat(notice("deliveries", "ends", "--limit", "1").out())
        .contains(newest, "succeeded", "told")
        .doesNotContain(all.get(1).path("id").asString());
    assertThat(notice("deliveries", "ends", "--after", newest).out())
        .contains(all.get(1).path("id").asString())
        .doesNotContain(newest);
    done("notice", "create", "quiet", "--email", "a@b.c", "--on", "failed");
    assertThat(notice("deliveries", "quiet").err() + notice("deliveries", "quiet").out())
        .contains("Nothing was to be sent yet.");
  }

  private void job(String name) {
    done("content", "create", name, "--text", "SELECT 1");
    done("credential", "create", name, "--user", "u", "--password-stdin");
    done("job", "create", name, "--content", name, "--credential", name, "--target", "nowhere");
  }

  private String hook(String path) {
    return receiver.place() + "/" + path;
  }

  private static String id(CommandLineRun run) {
    Matcher id = ID.matcher(run.out());
    assertThat(id.find()).as(run.out()).isTrue();
    return id.group();
  }

  private static JsonNode json(CommandLineRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }

  private void assertRefused(int exitCode, String reason, String... words) {
    CommandLineRun refused = notice(words);
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(exitCode);
    assertThat(refused.err()).contains(reason);
    assertThat(refused.out()).isEmpty();
  }

  private void done(String... words) {
    CommandLineRun run = CommandLineRun.withService(data, "s3cret", words);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private CommandLineRun notice(String... words) {
    return CommandLineRun.withService(
        data, "", Stream.concat(Stream.of("notice"), Stream.of(words)).toArray(String[]::new));
  }
}
