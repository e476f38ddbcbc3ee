package dev.edj.notice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.Claims;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.Fleet;
import dev.edj.execution.GateStore;
import dev.edj.execution.HistoryStore;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Reports;
import dev.edj.execution.RunDatabases;
import dev.edj.execution.TaskType;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.log.LogField;
import dev.edj.outward.AllowedHosts;
import dev.edj.problem.EdjException;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.PrivateKeys;
import dev.edj.security.SigningKey;
import dev.edj.settings.NoticeSettings;
import dev.edj.settings.SmtpPassword;
import dev.edj.settings.SmtpSettings;
import dev.edj.settings.SmtpSettings.Encryption;
import dev.edj.testing.NoticeReceiver;
import dev.edj.testing.NoticeReceiver.Received;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestMailServer;
import dev.edj.testing.TestMailServer.Mail;
import dev.edj.testing.TestMailServer.Way;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NoticesTest {

  private static final URI PORTAL = URI.create("https://edj.example.com/");

  @TempDir private Path directory;

  private final NoticeReceiver receiver = NoticeReceiver.start();
  private final TestControlDatabase database = TestControlDatabase.create();
  private final Jdbi jdbi = database.jdbi();
  private PrivateKeys keys;
  private Fleet fleet;
  private Notices notices;
  private Deliveries deliveries;
  private Outbox outbox;
  private long node;

  @BeforeEach
  void open() {
    keys = PrivateKeys.open(directory.resolve("keys.json"), jdbi);
    fleet = new Fleet(jdbi);
    fleet.server("postgresql://s", 100);
    fleet.job("j", "Default execution policy");
    fleet.job("other", "Default execution policy");
    node = fleet.node("n");
    notices =
        new Notices(
            jdbi,
            new EncryptionKeys(jdbi),
            new NoticeSettings(Set.of(receiver.place(), "hooks.example.com"), PORTAL));
    deliveries = new Deliveries(jdbi);
    outbox = outbox(keys, Duration.ofSeconds(15));
  }

  private Outbox outbox(PrivateKeys keys, Duration whole) {
    return outbox(keys, whole, new MailCall(null));
  }

  private Outbox outbox(PrivateKeys keys, Duration whole, MailCall mails) {
    Executions executions =
        new Executions(jdbi, new TimeOrderedIds(InstantSource.system()), new EndSignal());
    return new Outbox(
        jdbi,
        keys,
        new Messages(executions, new RunDatabases(jdbi), PORTAL),
        new WebhookCall(
            AllowedHosts.parse(List.of(receiver.place())),
            HttpsURLConnection.getDefaultSSLSocketFactory(),
            whole,
            whole),
        mails);
  }

  @AfterEach
  void close() {
    receiver.close();
    database.close();
  }

  @Test
  void aFailureIsToldWithWhatIsToKnowOfIt() {
    notice("n", NoticeEvent.Failed);
    UUID run = run("j", Lifecycle.Failed, Lifecycle.Failed, Lifecycle.Succeeded);

    send();

    Received received = onlyReceived("/n");
    JsonNode message = json(received.body());
    assertThat(message.at("/type").asString()).isEqualTo("execution.failed");
    assertThat(Instant.parse(message.at("/timestamp").asString())).isBefore(Instant.now());
    assertThat(message.at("/data/notice").asString()).isEqualTo("n");
    assertThat(message.at("/data/text").asString()).isEqualTo("Job 'j' failed");
    JsonNode execution = message.at("/data/execution");
    assertThat(execution.at("/id").asString()).isEqualTo(run.toString());
    assertThat(execution.at("/lifecycle").asString()).isEqualTo("Failed");
    assertThat(execution.at("/databases/total").asInt()).isEqualTo(3);
    assertThat(execution.at("/databases/failed").asInt()).isEqualTo(2);
    assertThat(execution.at("/databases/open").asInt()).isZero();
    assertThat(execution.at("/errors/0/message").asString()).isEqualTo("no such table");
    assertThat(execution.at("/errors/0/databases").asInt()).isEqualTo(2);
    assertThat(execution.at("/errors/0/first/0/database").asString()).isEqualTo("db0");
    assertThat(execution.at("/link").asString())
        .isEqualTo("https://edj.example.com/executions/" + run);
    assertThat(received.header("content-type")).isEqualTo("application/json");
  }

  @Test
  void whatIsSentHasASignatureThatOnlyItsKeyMakes() {
    String secret = notice("n", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);

    send();

    Received received = onlyReceived("/n");
    assertThat(received.header("webhook-id")).matches("msg_[0-9a-f-]{36}");
    assertThat(received.header("webhook-signature")).isEqualTo(signature(secret, received));
    assertThat(received.header("webhook-signature"))
        .isNotEqualTo(signature(SigningKey.random().text(), received));
  }

  /// The example of the Standard Webhooks' own documents.
  @Test
  void aSignatureIsWhatTheStandardSays() {
    assertThat(
            new SigningKey("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void forATimeAfterAKeyWasRotatedBothAreUsed() {
    String before = notice("n", NoticeEvent.Failed);
    String between = requireNonNull(notices.rotateKey("n", Duration.ofHours(1)).secret());
    run("j", Lifecycle.Failed);
    send();

    Received received = onlyReceived("/n");
    assertThat(received.header("webhook-signature"))
        .isEqualTo(signature(between, received) + " " + signature(before, received));

    String after = requireNonNull(notices.rotateKey("n", Duration.ZERO).secret());
    run("j", Lifecycle.Failed);
    send();
    Received last = receiver.received("/n").getLast();
    assertThat(last.header("webhook-signature")).isEqualTo(signature(after, last));
  }

  @Test
  void nobodyIsToldOfWhatTheyDidNotAskFor() {
    notice("failures", NoticeEvent.Failed);
    notice("ends", NoticeEvent.Failed, NoticeEvent.Succeeded, NoticeEvent.TimedOut);
    notices.create(
        new NewNotice(
            "of another",
            List.of(NoticeEvent.Succeeded),
            "other",
            receiver.place() + "/other",
            null,
            null));
    notice("disabled", NoticeEvent.Succeeded);
    notices.update("disabled", NoticeChange.enabling(false));

    run("j", Lifecycle.Succeeded);
    run("j", Lifecycle.TimedOut);
    send();

    assertThat(receiver.received("/failures")).isEmpty();
    assertThat(receiver.received("/other")).isEmpty();
    assertThat(receiver.received("/disabled")).isEmpty();
    assertThat(receiver.received("/ends"))
        .extracting(one -> json(one.body()).at("/type").asString())
        .containsExactlyInAnyOrder("execution.succeeded", "execution.timed_out");
  }

  @Test
  void peopleAreToldByMail() throws Exception {
    try (TestMailServer mail = TestMailServer.start(Way.PLAIN)) {
      byMail("n", "dba@example.com");
      UUID run = run("j", Lifecycle.Failed, Lifecycle.Succeeded);

      send(mailing(mail));

      Delivery delivery = onlyDelivery("n");
      assertThat(delivery.lifecycle()).isEqualTo(Lifecycle.Succeeded);
      assertThat(mail.mails()).hasSize(1);
      Mail got = mail.mails().getFirst();
      assertThat(got.recipients()).containsExactly("dba@example.com");
      assertThat(got.message().getSubject()).isEqualTo("Job 'j' failed");
      assertThat(got.message().getMessageID())
          .isEqualTo("<msg_%s@example.com>".formatted(delivery.id()));
      assertThat(got.text())
          .contains("Databases: 2 of 2 ended: 1 succeeded, 1 failed")
          .contains("1 database: no such table")
          .contains("https://edj.example.com/executions/" + run);
    }
  }

  @Test
  void whoWasToComeBackLaterGetsTheMailLaterAndNobodyElseAgain() {
    try (TestMailServer mail = TestMailServer.start(Way.PLAIN)) {
      byMail("n", "later@example.com", "dba@example.com", "nobody@example.com");
      run("j", Lifecycle.Failed);
      Outbox mailing = mailing(mail);

      send(mailing);
      assertThat(onlyDelivery("n").lifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
      assertThat(mail.mails())
          .extracting(Mail::recipients)
          .containsExactly(List.of("dba@example.com"));
      makeDue();
      send(mailing);
      assertThat(mail.mails()).as("nobody else").hasSize(1);
      mail.relieve();
      makeDue();
      send(mailing);

      assertThat(onlyDelivery("n").lifecycle()).isEqualTo(Lifecycle.Succeeded);
      assertThat(mail.mails())
          .extracting(Mail::recipients)
          .containsExactly(List.of("dba@example.com"), List.of("later@example.com"));
      assertThat(
              mail.mails().stream()
                  .map(one ->
                      one.text().lines().filter(line -> line.startsWith("Message-ID")).toList())
                  .distinct())
          .hasSize(1);
      assertThat(deliveries.named("n", onlyDelivery("n").id()).attempts())
          .extracting(DeliveryAttempt::answer)
          .first()
          .asString()
          .contains("taken for dba@example.com; not for nobody@example.com; later for later@");
    }
  }

  @Test
  void aMailThatWasGivenUpIsSentAgainToWhoDoesNotHaveIt() {
    try (TestMailServer mail = TestMailServer.start(Way.PLAIN)) {
      byMail("n", "later@example.com", "dba@example.com");
      run("j", Lifecycle.Failed);
      Outbox mailing = mailing(mail);
      for (int i = 0; i < 20; i++) {
        makeDue();
        send(mailing);
      }
      Delivery given = onlyDelivery("n");
      assertThat(given.lifecycle()).isEqualTo(Lifecycle.Failed);
      assertThat(given.attempts()).isEqualTo(12);

      mail.relieve();
      deliveries.resend("n", given.id());
      send(mailing);
      assertThat(onlyDelivery("n").lifecycle()).isEqualTo(Lifecycle.Succeeded);
      assertThat(mail.mails().getLast().recipients()).containsExactly("later@example.com");

      deliveries.resend("n", given.id());
      send(mailing);
      assertThat(mail.mails().getLast().recipients())
          .as("it had arrived, and is wanted once more")
          .containsExactly("later@example.com", "dba@example.com");
    }
  }

  /// Whoever is no more among the addresses gets nothing, and whoever has it is enough.
  @Test
  void aMailThatNobodyIsLeftForIsTriedNoMore() {
    try (TestMailServer mail = TestMailServer.start(Way.PLAIN)) {
      byMail("n", "later@example.com", "dba@example.com");
      run("j", Lifecycle.Failed);
      Outbox mailing = mailing(mail);
      send(mailing);
      notices.update(
          "n", new NoticeChange(null, null, null, null, List.of("dba@example.com"), null));
      mail.relieve();
      makeDue();
      send(mailing);

      assertThat(mail.mails()).hasSize(1);
      assertThat(onlyDelivery("n").lifecycle()).isEqualTo(Lifecycle.Succeeded);
      assertThat(requireNonNull(onlyDelivery("n").lastAttempt()).answer())
          .contains("nobody is left");
    }
  }

  private Outbox mailing(TestMailServer mail) {
    SmtpSettings settings =
        new SmtpSettings(
            "localhost", mail.port(), Encryption.NONE, null, SmtpPassword.NONE, "edj@example.com");
    return outbox(keys, Duration.ofSeconds(15), new MailCall(settings));
  }

  @Test
  void aNodeWithoutAMailServerSaysSo() {
    byMail("n", "dba@example.com");
    run("j", Lifecycle.Failed);

    send();

    Delivery waiting = onlyDelivery("n");
    assertThat(waiting.lifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
    assertThat(requireNonNull(waiting.lastAttempt()).answer()).contains("--smtp-server");
  }

  @Test
  void aNoticeIsAWebhookOrIsSentByMailAndStaysSo() {
    byMail("mail", "dba@example.com");
    create("hook", receiver.place() + "/hook", null, NoticeEvent.Failed);

    assertThat(notices.named("mail").webhook()).isNull();
    assertThatThrownBy(() -> notices.rotateKey("mail", Duration.ZERO))
        .hasMessageContaining("has no signing key");
    assertThatThrownBy(() ->
            notices.update(
                "mail", new NoticeChange(null, null, receiver.place() + "/a", null, null, null)))
        .hasMessageStartingWith("webhook: ");
    assertThatThrownBy(() ->
            notices.update(
                "hook", new NoticeChange(null, null, null, null, List.of("a@b.c"), null)))
        .hasMessageStartingWith("emails: ");
    assertThatThrownBy(() ->
            notices.create(
                new NewNotice("none", List.of(NoticeEvent.Failed), null, null, null, null, null)))
        .hasMessageStartingWith("webhook: ");
    Notice changed =
        notices.update(
            "mail",
            new NoticeChange(
                List.of(NoticeEvent.TimedOut), "j", null, null, List.of("ann@example.com"), null));
    assertThat(changed.emails()).containsExactly("ann@example.com");
    assertThat(changed.on()).containsExactly(NoticeEvent.TimedOut);
    assertThat(changed.job()).isEqualTo("j");
  }

  private void byMail(String name, String... addresses) {
    MadeNotice made =
        notices.create(
            new NewNotice(
                name, List.of(NoticeEvent.Failed), null, null, null, List.of(addresses), null));
    assertThat(made.secret()).isNull();
  }

  @Test
  void aRolloutThatIsStoppedByItsLimitIsTold() {
    notice("n", NoticeEvent.StoppedByThreshold);
    UUID run = fleet.run("j", 3, "postgresql://s");
    jdbi.useHandle(handle ->
        handle.execute("UPDATE job_execution SET failure_limit = 1 WHERE execution_id = ?", run));
    report(Lifecycle.Failed, 1);

    send();

    JsonNode message = json(onlyReceived("/n").body());
    assertThat(message.at("/type").asString()).isEqualTo("execution.stopped_by_threshold");
    assertThat(message.at("/data/execution/message").asString()).contains("the limit is 1");
  }

  @Test
  void eachWaveThatWaitsForAnApprovalIsToldOnceWithWhereToApprove() {
    notice("n", NoticeEvent.ApprovalWanted);
    UUID run = fleet.run("j", 2, "postgresql://s");
    jdbi.useHandle(handle -> {
      handle.execute("UPDATE job_execution SET waves = 3, open_wave = 1");
      handle.execute("UPDATE job_version SET wave_approval = true");
    });
    GateStore gates = jdbi.onDemand(GateStore.class);
    gates.endWave(run);
    gates.endWave(run);
    gates.approve(run, null);
    gates.openWave(run, 2);
    gates.endWave(run);

    send();

    assertThat(receiver.received("/n"))
        .extracting(one -> json(one.body()).at("/data/text").asString())
        .containsExactlyInAnyOrder(
            "Job 'j' waits for an approval of wave 2 of 3",
            "Job 'j' waits for an approval of wave 3 of 3");
    assertThat(
            json(receiver.received("/n").getFirst().body()).at("/data/execution/link").asString())
        .isEqualTo("https://edj.example.com/executions/%s/approve".formatted(run));
  }

  @Test
  void whatIsNotTakenIsTriedAgainUnderTheSameIdUntilItIsGivenUp() {
    receiver.answers("/n", exchange -> exchange.sendResponseHeaders(500, -1));
    notice("n", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);

    send();
    Delivery waiting = onlyDelivery("n");
    assertThat(waiting.lifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
    assertThat(requireNonNull(waiting.lastAttempt()).status()).isEqualTo(500);
    assertThat(Duration.between(fleet.now(), waiting.nextAttemptAt()))
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(12));
    send();
    assertThat(receiver.received("/n")).as("not before its time").hasSize(1);
    for (int i = 0; i < 20; i++) {
      makeDue();
      send();
    }

    assertThat(onlyDelivery("n").lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(onlyDelivery("n").nextAttemptAt()).isNull();
    assertThat(Set.copyOf(receiver.ids("n"))).hasSize(1);
    assertThat(receiver.received("/n").stream().map(Received::body).distinct()).hasSize(1);
    SentDelivery sent = deliveries.named("n", waiting.id());
    assertThat(sent.attempts()).hasSize(12);
    assertThat(sent.body()).isEqualTo(receiver.received("/n").getFirst().body());
  }

  @Test
  void whatWasGivenUpIsSentAgainWhereSomebodyAsksForIt() {
    receiver.answers("/n", exchange -> exchange.sendResponseHeaders(410, -1));
    notice("n", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);
    send();
    Delivery given = onlyDelivery("n");
    assertThat(given.lifecycle()).as("410: it is gone for good").isEqualTo(Lifecycle.Failed);

    receiver.answers("/n", exchange -> exchange.sendResponseHeaders(200, -1));
    deliveries.resend("n", given.id());
    assertThatThrownBy(() -> deliveries.resend("n", given.id()))
        .hasMessageContaining("waits to be sent already");
    send();

    assertThat(onlyDelivery("n").lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(Set.copyOf(receiver.ids("n"))).hasSize(1);
  }

  /// Whoever looks for all that a node says of an execution finds it.
  @Test
  void whatIsGivenUpIsInTheLogWithItsExecution() {
    receiver.answers("/gone", exchange -> exchange.sendResponseHeaders(410, -1));
    notice("gone", NoticeEvent.Failed);
    UUID run = run("j", Lifecycle.Failed);
    Logger log = (Logger) LoggerFactory.getLogger(Outbox.class);
    ListAppender<ILoggingEvent> written = new ListAppender<>();
    written.start();
    log.addAppender(written);
    try {
      send();
    } finally {
      log.detachAppender(written);
    }

    assertThat(written.list)
        .filteredOn(line -> line.getFormattedMessage().startsWith("notice 'gone' could not be"))
        .singleElement()
        .satisfies(line ->
            assertThat(line.getMDCPropertyMap())
                .containsEntry(LogField.EXECUTION.key(), run.toString()));
  }

  @Test
  void aReceiverThatAsksForTimeGetsIt() {
    receiver.answers(
        "/n",
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "3600");
          exchange.sendResponseHeaders(429, -1);
        });
    notice("n", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);

    send();

    assertThat(Duration.between(fleet.now(), onlyDelivery("n").nextAttemptAt()))
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
  }

  @Test
  void aRedirectIsNotFollowed() {
    receiver.answers(
        "/n",
        exchange -> {
          exchange.getResponseHeaders().add("Location", receiver.place() + "/elsewhere");
          exchange.sendResponseHeaders(307, -1);
        });
    notice("n", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);

    send();

    assertThat(receiver.received("/elsewhere")).isEmpty();
    assertThat(requireNonNull(onlyDelivery("n").lastAttempt()).answer())
        .contains("redirects are not followed");
  }

  /// It is asked by no more than two at once, and those are given up in time.
  @Test
  void aReceiverThatDoesNotAnswerHoldsUpNobodyElse() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    receiver.answers(
        "/silent",
        exchange -> {
          try {
            over.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    notice("silent", NoticeEvent.Failed);
    for (int i = 0; i < 5; i++) {
      run("j", Lifecycle.Failed);
    }
    Outbox impatient = outbox(keys, Duration.ofMillis(500));

    List<Thread> stuck = started(impatient.take(50));
    notice("prompt", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);
    List<Thread> prompt = started(impatient.take(50));

    assertThat(stuck).as("of five to the silent one").hasSize(2);
    assertThat(prompt).as("the prompt one, and none to the silent one").hasSize(1);
    for (Thread thread : prompt) {
      thread.join();
    }
    assertThat(receiver.received("/prompt")).hasSize(1);
    for (Thread thread : stuck) {
      assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    }
    over.countDown();
    assertThat(deliveries.list("silent", null, 10))
        .filteredOn(one -> one.lifecycle() == Lifecycle.WaitingForRetry)
        .hasSize(2)
        .allSatisfy(one ->
            assertThat(requireNonNull(one.lastAttempt()).answer())
                .containsAnyOf("no whole answer", "no answer in time"));
  }

  /// However many notices lead there: it costs ten threads at most, and those of others nothing.
  @Test
  void aHostIsAskedByNoMoreThanTenAtOnce() {
    for (int i = 0; i < 7; i++) {
      notice("n" + i, NoticeEvent.Failed);
    }
    byMail("mail", "dba@example.com");
    run("j", Lifecycle.Failed);
    run("j", Lifecycle.Failed);

    List<Runnable> taken = outbox.take(50);
    assertThat(taken).as("10 of 14 to the host, and 2 mails").hasSize(12);
    assertThat(outbox.take(50)).as("while those are under way").isEmpty();
    taken.forEach(Runnable::run);

    assertThat(receiver.all()).hasSize(10);
    assertThat(outbox.take(50)).as("the others").hasSize(4);
  }

  @Test
  void anAnswerWithoutEndIsReadToABound() {
    receiver.answers(
        "/n",
        exchange -> {
          exchange.sendResponseHeaders(400, 0);
          byte[] part = "no\n\u001b[31m".repeat(1_000).getBytes(StandardCharsets.UTF_8);
          try {
            for (int i = 0; i < 10_000; i++) {
              exchange.getResponseBody().write(part);
            }
          } catch (IOException e) {
            // Whoever asked has heard enough.
          }
        });
    notice("n", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);

    send();

    assertThat(requireNonNull(onlyDelivery("n").lastAttempt()).answer())
        .startsWith("no [31mno")
        .hasSizeLessThanOrEqualTo(500);
  }

  @Test
  void whatANodeHeldWhenItDiedIsSentByAnother() {
    notice("n", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);
    assertThat(outbox.take(10)).hasSize(1);
    assertThat(outbox.take(10)).as("while its time lasts").isEmpty();

    makeDue();
    send();

    assertThat(receiver.received("/n")).hasSize(1);
    assertThat(onlyDelivery("n").attempts()).isEqualTo(2);
  }

  @Test
  void whoeverComesBackTooLateChangesNothing() {
    notice("n", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);
    List<Runnable> late = outbox.take(10);
    makeDue();
    send();
    receiver.answers("/n", exchange -> exchange.sendResponseHeaders(500, -1));

    late.forEach(Runnable::run);

    assertThat(onlyDelivery("n").lifecycle()).isEqualTo(Lifecycle.Succeeded);
  }

  @Test
  void aTestIsSentOnceAndSaysWhatCameOfIt() {
    receiver.answers("/n", exchange -> exchange.sendResponseHeaders(500, -1));
    notice("n", NoticeEvent.Failed);
    notices.update("n", NoticeChange.enabling(false));

    Delivery test = deliveries.test("n");
    send();

    assertThat(deliveries.named("n", test.id()).delivery().lifecycle()).isEqualTo(Lifecycle.Failed);
    JsonNode message = json(onlyReceived("/n").body());
    assertThat(message.at("/type").asString()).isEqualTo("notice.test");
    assertThat(message.at("/data").has("execution")).isFalse();
  }

  @Test
  void disablingGivesUpWhatWaits() {
    receiver.answers("/n", exchange -> exchange.sendResponseHeaders(500, -1));
    notice("n", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);
    send();

    Notice disabled = notices.update("n", NoticeChange.enabling(false));

    assertThat(disabled.waiting()).isZero();
    assertThat(requireNonNull(disabled.lastDelivery()).lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(requireNonNull(onlyDelivery("n").lastAttempt()).answer()).contains("disabled");
  }

  /// It was under way when the notice was disabled, and so was not among what waited.
  @Test
  void whatIsUnderWayWhenItIsDisabledIsNotTriedAgain() {
    receiver.answers("/n", exchange -> exchange.sendResponseHeaders(500, -1));
    notice("n", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);
    List<Runnable> underWay = outbox.take(10);
    notices.update("n", new NoticeChange(null, null, null, null, null, false));

    underWay.forEach(Runnable::run);

    assertThat(onlyDelivery("n").lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(onlyDelivery("n").nextAttemptAt()).isNull();
  }

  @Test
  void whatHappensWhileANoticeIsChangedIsTold() throws Exception {
    notice("n", NoticeEvent.Failed);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Handle elsewhere = jdbi.open()) {
      // A change waits for its secrets, and has locked the notice by then.
      elsewhere.begin();
      elsewhere.execute("LOCK TABLE notice_secret IN SHARE MODE");
      Future<MadeNotice> rotated =
          threads.submit(() -> notices.rotateKey("n", Duration.ofHours(1)));
      while (waiting() == 0 && !rotated.isDone()) {
        Thread.onSpinWait();
      }
      run("j", Lifecycle.Failed);
      elsewhere.commit();
      rotated.get();
    }

    send();

    assertThat(receiver.received("/n")).hasSize(1);
  }

  private int waiting() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'
                """)
            .mapTo(int.class)
            .one());
  }

  /// As servers do that know no such address: it is what opens the door there.
  @Test
  void anAnswerThatRepeatsTheAddressIsShownWithoutIt() {
    receiver.answers(
        "/services/T0/s3cret",
        exchange -> {
          byte[] answer =
              "Cannot POST %s (no T0/s3cret, key k3y-of-it)\u009b31m"
                  .formatted(exchange.getRequestURI())
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(404, answer.length);
          exchange.getResponseBody().write(answer);
        });
    create("n", receiver.place() + "/services/T0/s3cret?key=k3y-of-it", null, NoticeEvent.Failed);
    run("j", Lifecycle.Failed);

    send();

    assertThat(requireNonNull(onlyDelivery("n").lastAttempt()).answer())
        .startsWith("Cannot POST …")
        .doesNotContain("s3cret", "k3y", "\u009b");
  }

  @Test
  void aFaultOfOursIsAnAttemptLikeAnyOther() {
    byMail("mail", "dba@example.com");
    run("j", Lifecycle.Failed);
    jdbi.useHandle(handle -> handle.execute("UPDATE notice_delivery SET body = 'no letter'"));

    for (int i = 0; i < 20; i++) {
      makeDue();
      send();
    }

    assertThat(onlyDelivery("mail").lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(onlyDelivery("mail").attempts()).isEqualTo(12);
    assertThat(requireNonNull(onlyDelivery("mail").lastAttempt()).answer())
        .startsWith("a fault of EDJ itself");
  }

  /// Such as a statement that fails: it is seen, and not repeated every minute for ever.
  @Test
  void aFaultInComposingIsAnAttemptLikeAnyOther() {
    notice("n", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);
    database.owner().useHandle(handle -> handle.execute("ALTER TABLE child_execution RENAME TO c"));

    for (int i = 0; i < 20; i++) {
      makeDue();
      send();
    }

    assertThat(onlyDelivery("n").lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(onlyDelivery("n").attempts()).isEqualTo(12);
    SentDelivery sent = deliveries.named("n", onlyDelivery("n").id());
    assertThat(sent.body()).isNull();
    assertThat(sent.attempts())
        .hasSize(12)
        .allSatisfy(attempt -> assertThat(attempt.answer()).startsWith("a fault of EDJ itself"));
    assertThat(receiver.all()).isEmpty();
  }

  /// By its status the receiver has said that it has it, however long the rest takes.
  @Test
  void whatIsTakenIsTakenThoughTheAnswerHasNoEnd() {
    CountDownLatch over = new CountDownLatch(1);
    receiver.answers(
        "/n",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("tha".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          try {
            over.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    notice("n", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);

    send(outbox(keys, Duration.ofSeconds(2)));
    over.countDown();

    assertThat(onlyDelivery("n").lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(requireNonNull(onlyDelivery("n").lastAttempt()).status()).isEqualTo(200);
  }

  /// The receiver has it; to send it again would tell the same thing twice.
  @Test
  void whatIsTakenIsTakenThoughTheAnswerBreaksOff() {
    receiver.answers(
        "/n",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write("tha".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
        });
    notice("n", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);

    send();

    assertThat(onlyDelivery("n").lifecycle()).isEqualTo(Lifecycle.Succeeded);
  }

  @Test
  void whereItMayNotBeSentIsRefusedWhenItIsSaved() {
    assertRefused("https://elsewhere.example.com/a", "webhook: notices may not be sent to");
    assertRefused("http://hooks.example.com/a", "--notice-host");
    assertRefused("ftp://hooks.example.com/a", "must begin with https://");
    assertRefused("https://user:secret@hooks.example.com/a", "must not hold a user name");
    assertRefused("https://", "is not a URI");
    assertThat(notices.list(null)).isEmpty();
  }

  private void assertRefused(String webhook, String reason) {
    assertThatThrownBy(() -> create("refused", webhook, null, NoticeEvent.Failed))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("secret");
  }

  /// The node that sends has a word of its own.
  @Test
  void whereANodeMayNotSendItDoesNot() {
    create("n", "https://hooks.example.com/secret", null, NoticeEvent.Failed);
    run("j", Lifecycle.Failed);

    send();

    assertThat(requireNonNull(onlyDelivery("n").lastAttempt()).answer())
        .contains("may not be sent to https://hooks.example.com")
        .doesNotContain("secret");
  }

  @Test
  void nobodySeesTheAddressOrAKey() {
    MadeNotice made = create("n", "https://hooks.example.com/T0/secret", null, NoticeEvent.Failed);

    assertThat(made.notice().webhook()).isEqualTo("https://hooks.example.com/…");
    assertThat(notices.rotateKey("n", Duration.ZERO).secret()).isNotEqualTo(made.secret());
    List<String> kept = new ArrayList<>();
    for (String table : List.of("notice", "notice_secret", "audit_event")) {
      kept.addAll(
          jdbi.withHandle(handle ->
              handle
                  .createQuery("SELECT t::text FROM " + table + " t")
                  .mapTo(String.class)
                  .list()));
    }
    assertThat(kept).hasSizeGreaterThan(3).noneMatch(row -> row.contains("T0/secret"));
    assertThat(kept)
        .noneMatch(row -> row.contains(requireNonNull(made.secret()).substring("whsec_".length())));
  }

  @Test
  void aSecretOfAnotherNoticeDoesNotDecrypt() {
    notice("a", NoticeEvent.Failed);
    notice("b", NoticeEvent.Succeeded);
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE notice_secret s SET ciphertext = o.ciphertext
            FROM notice_secret o
            WHERE s.kind = 'Address' AND o.kind = 'Address' AND s.notice_id <> o.notice_id
            """));
    run("j", Lifecycle.Failed);

    send();

    assertThat(receiver.received("/b")).isEmpty();
    assertThat(requireNonNull(onlyDelivery("a").lastAttempt()).answer())
        .contains("the address of the webhook of notice 'a' cannot be decrypted");
  }

  /// With its job go a notice and its last deliveries, but not before they were tried.
  @Test
  void aDeletedJobsNoticesGoAfterItsLastExecutionWasTold() {
    create("of the job", receiver.place() + "/n", "j", NoticeEvent.Failed);
    run("j", Lifecycle.Failed);
    jdbi.useHandle(handle -> {
      handle.execute("UPDATE job SET delete_requested_at = now() WHERE name = 'j'");
      handle.execute("UPDATE job_execution SET followed = true");
    });
    HistoryStore history = jdbi.onDemand(HistoryStore.class);
    NoticeHistory left = new NoticeHistory(jdbi);
    assertThat(history.removableRuns(1_000_000, 10)).isEmpty();
    left.remove(Duration.ofDays(1));
    assertThat(notices.list("j")).hasSize(1);

    send();

    assertThat(receiver.received("/n")).hasSize(1);
    UUID run = history.removableRuns(1_000_000, 10).getFirst().executionId();
    assertThat(history.removeRuns(run)).hasSize(1);
    assertThat(history.removeDeletedJobs()).isEmpty();
    left.remove(Duration.ofDays(1));
    assertThat(notices.list(null)).isEmpty();
    assertThat(history.removeDeletedJobs()).containsExactly("j");
  }

  @Test
  void aChatIsShownATextWhichNothingInItCanMakeMoreOf() {
    create("slack", receiver.place() + "/slack", null, WebhookFormat.Slack);
    create("teams", receiver.place() + "/teams", null, WebhookFormat.Teams);
    UUID run = fleet.run("j", 1, "postgresql://s");
    report(Lifecycle.Failed, 1, "<!channel> & co");

    send();

    assertThat(json(onlyReceived("/slack").body()).at("/text").asString())
        .startsWith("*Job 'j' failed*\nDatabases: 1 of 1 ended: 1 failed\n")
        .contains("1 database: &lt;!channel&gt; &amp; co")
        .endsWith("<https://edj.example.com/executions/" + run + ">");
    JsonNode card = json(onlyReceived("/teams").body()).at("/attachments/0/content");
    assertThat(card.at("/body/0/inlines/0/text").asString()).isEqualTo("Job 'j' failed");
    assertThat(card.toString()).contains("<!channel> & co");
    assertThat(card.at("/actions/0/url").asString()).endsWith("/executions/" + run);
  }

  private void create(String name, String webhook, @Nullable String job, WebhookFormat format) {
    notices.create(new NewNotice(name, List.of(NoticeEvent.Failed), job, webhook, format, null));
  }

  private MadeNotice create(
      String name, String webhook, @Nullable String job, NoticeEvent... events) {
    return notices.create(new NewNotice(name, List.of(events), job, webhook, null, null));
  }

  /// About all jobs, to the path of its name; returns its secret.
  private String notice(String name, NoticeEvent... events) {
    return requireNonNull(create(name, receiver.place() + "/" + name, null, events).secret());
  }

  /// A run in which each database ended so.
  private UUID run(String job, Lifecycle... ends) {
    UUID run = fleet.run(job, ends.length, "postgresql://s");
    for (Lifecycle end : ends) {
      report(end, 1);
    }
    return run;
  }

  private void report(Lifecycle end, int children) {
    report(end, children, "no such table");
  }

  private void report(Lifecycle end, int children, String message) {
    List<ClaimedChild> claimed = new Claims(jdbi, new Random(1)).claim(node, children, 0);
    assertThat(claimed).hasSize(children);
    new Reports(jdbi)
        .record(
            claimed.stream()
                .map(child ->
                    new AttemptReport(
                        child,
                        TaskType.ScriptExecution,
                        end,
                        end,
                        null,
                        true,
                        end == Lifecycle.Succeeded ? null : message,
                        null,
                        List.of(),
                        List.of()))
                .toList());
  }

  /// All that is due.
  private void send() {
    send(outbox);
  }

  private static void send(Outbox by) {
    List<Runnable> due = by.take(50);
    while (!due.isEmpty()) {
      due.forEach(Runnable::run);
      due = by.take(50);
    }
  }

  private static List<Thread> started(List<Runnable> due) {
    return due.stream().map(one -> Thread.ofVirtual().start(one)).toList();
  }

  private void makeDue() {
    jdbi.useHandle(handle ->
        handle.execute("UPDATE notice_delivery SET due_at = now() WHERE due_at IS NOT NULL"));
  }

  private Delivery onlyDelivery(String notice) {
    List<Delivery> all = deliveries.list(notice, null, 10);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private Received onlyReceived(String path) {
    assertThat(receiver.received(path)).hasSize(1);
    return receiver.received(path).getFirst();
  }

  private static String signature(String secret, Received received) {
    return new SigningKey(secret)
        .signature(
            received.header("webhook-id"),
            Long.parseLong(received.header("webhook-timestamp")),
            received.body());
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
