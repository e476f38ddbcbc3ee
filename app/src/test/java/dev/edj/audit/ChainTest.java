package dev.edj.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import dev.edj.testing.TestControlDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What nobody can do to the audit log without being found out.
class ChainTest {

  private static final String WORDS = "SET LOCAL edj.audit_change = 'this breaks the audit log'";

  private final TestControlDatabase database = TestControlDatabase.create();
  private final Jdbi jdbi = database.jdbi();
  private final Jdbi owner = database.owner();
  private final AuditLog log = new AuditLog(jdbi);
  private final Chain chain = new Chain(jdbi);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anEventSaysWhoDidWhatToWhatAndFromWhere() {
    UUID run = UUID.randomUUID();
    Origin ada = new Origin(Actor.program("ada", "ci"), "192.0.2.7");
    ada.call(() -> {
      jdbi.useTransaction(handle ->
          NewAuditEvent.of("execution.start")
              .named("nightly")
              .id(run)
              .version(3)
              .scripts(List.of("aa", "bb"))
              .execution(run)
              .before(Map.of("a", 1))
              .after(Map.of("b", List.of("é")))
              .record(handle));
      return null;
    });

    AuditEvent event = listed().getFirst();
    assertThat(event.actor()).isEqualTo(Actor.program("ada", "ci"));
    assertThat(event.address()).isEqualTo("192.0.2.7");
    assertThat(event.action()).isEqualTo("execution.start");
    assertThat(event.object())
        .isEqualTo(new AuditedObject("execution", "nightly", run.toString(), 3));
    assertThat(event.scripts()).containsExactly("aa", "bb");
    assertThat(event.execution()).isEqualTo(run);
    assertThat(event.before()).hasToString("{\"a\":1}");
    assertThat(event.after()).hasToString("{\"b\":[\"é\"]}");
    assertThat(log.event(event.id())).isEqualTo(event);
  }

  @Test
  void whatNobodyAskedForIsTheServices() {
    record(1);
    assertThat(listed().getFirst().actor()).isEqualTo(Actor.SERVICE);
    assertThat(listed().getFirst().address()).isNull();
  }

  @Test
  void anEventIsNotWithoutItsChange() {
    jdbi.useTransaction(handle -> {
      NewAuditEvent.of("job.create").record(handle);
      handle.rollback();
    });
    assertThat(listed()).isEmpty();
  }

  @Test
  void eventsAreLinkedInTheOrderInWhichTheyAreCommitted() {
    try (Handle slow = jdbi.open()) {
      slow.begin();
      NewAuditEvent.of("job.create").named("slow").record(slow);
      record(1);
      chain.extend();
      assertThat(log.verify(null, null).events()).isEqualTo(1);
      slow.commit();
    }
    chain.extend();

    AuditEvent late = events("slow").getFirst();
    assertThat(late.number()).isEqualTo(2L);
    assertThat(late.id()).isLessThan(events("1").getFirst().id());
    assertThat(log.verify(null, null)).satisfies(ChainTest::isIntact);
  }

  @Test
  void anyNumberOfControllersMakeOneChain() throws Exception {
    record(2_500);
    try (ExecutorService controllers = Executors.newFixedThreadPool(4)) {
      Callable<Boolean> untilDone =
          () -> {
            while (log.verify(null, null).unlinked() > 0) {
              new Chain(jdbi).extend();
            }
            return true;
          };
      for (var done : controllers.invokeAll(List.of(untilDone, untilDone, untilDone, untilDone))) {
        assertThat(done.get()).isTrue();
      }
    }
    Verification verification = log.verify(null, null);
    assertThat(verification).satisfies(ChainTest::isIntact);
    assertThat(verification.events()).isEqualTo(2_500);
    assertThat(verification.head().number()).isEqualTo(2_500);
  }

  @Test
  void whatHasNoLinkYetIsReported() {
    record(3);
    assertThat(log.verify(null, null).unlinked()).isEqualTo(3);
    chain.extend();
    assertThat(log.verify(null, null).unlinked()).isZero();
  }

  @Test
  void aChangedEventIsFound() {
    recordAndLink(3);
    tamper("UPDATE audit_event SET actor_name = 'eve' WHERE event_id = 2");
    assertThat(problems()).singleElement().asString().startsWith("number 2, event 2 (job.create");
  }

  @Test
  void everyColumnIsCovered() {
    recordAndLink(1);
    Map<String, String> changes =
        Map.ofEntries(
            Map.entry("occurred_at", "occurred_at + interval '1 microsecond'"),
            Map.entry("actor_kind", "'Local'"),
            Map.entry("actor_name", "'x'"),
            Map.entry("actor_token", "'x'"),
            Map.entry("client_address", "'x'"),
            Map.entry("action", "'job.update'"),
            Map.entry("object_kind", "'jo'"),
            Map.entry("object_name", "'x'"),
            Map.entry("object_id", "'x'"),
            Map.entry("object_version", "7"),
            Map.entry("scripts", "'{x}'"),
            Map.entry("execution_id", "gen_random_uuid()"),
            Map.entry("before", "'{\"x\":1}'"),
            Map.entry("after", "'{\"x\":1}'"));
    List<String> columns =
        jdbi.withHandle(handle ->
            handle
                .createQuery(
                    "SELECT column_name FROM information_schema.columns WHERE table_name = 'audit_event'")
                .mapTo(String.class)
                .list());
    assertThat(columns).containsAll(changes.keySet()).hasSize(changes.size() + 1);
    changes.forEach((column, value) ->
        owner.useTransaction(handle -> {
          handle.execute(WORDS);
          handle.execute("ALTER TABLE audit_event DROP CONSTRAINT IF EXISTS audit_event_check");
          handle.execute("UPDATE audit_event SET %s = %s".formatted(column, value));
          AuditStore store = handle.attach(AuditStore.class);
          Link link = store.links(0, 1).getFirst();
          assertThat(Link.NONE.next(store.linked(1, 1).getFirst()).hash())
              .as(column)
              .isNotEqualTo(link.hash());
          handle.rollback();
        }));
  }

  @Test
  void aDeletedEventIsFound() {
    recordAndLink(3);
    tamper("DELETE FROM audit_link WHERE number = 2", "DELETE FROM audit_event WHERE event_id = 2");
    assertThat(problems()).containsExactly("number 2 is missing");
  }

  @Test
  void anEventThatIsGoneFromUnderItsLinkIsFound() {
    recordAndLink(2);
    tamper(
        "ALTER TABLE audit_link DROP CONSTRAINT audit_link_event_id_fkey",
        "DELETE FROM audit_event WHERE event_id = 1");
    assertThat(problems()).containsExactly("the event of number 1 is missing");
  }

  @Test
  void eventsInAnotherOrderAreFound() {
    recordAndLink(3);
    tamper(
        "ALTER TABLE audit_link DROP CONSTRAINT audit_link_event_id_key",
        "UPDATE audit_link SET event_id = 3 - event_id WHERE number < 3");
    assertThat(problems())
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem).endsWith("it was changed or moved"));
  }

  @Test
  void aTailThatWasRemovedIsFoundByWhoeverKeptTheHead() {
    recordAndLink(3);
    ChainHead head = log.verify(null, null).head();
    tamper("DELETE FROM audit_link WHERE number > 1", "DELETE FROM audit_event WHERE event_id > 1");

    assertThat(log.verify(null, null)).satisfies(ChainTest::isIntact);
    assertThat(log.verify(null, head).problems())
        .containsExactly("the chain ends at number 1 and had come to 3: its end was removed");
  }

  @Test
  void aChainThatWasWrittenAnewIsFoundByWhoeverKeptAHead() {
    recordAndLink(3);
    ChainHead head = log.verify(null, null).head();
    tamper(
        "DELETE FROM audit_link",
        "UPDATE audit_event SET actor_name = 'eve' WHERE event_id = 2",
        "INSERT INTO audit_pending SELECT event_id FROM audit_event");
    chain.extend();
    recordAndLink(1);

    assertThat(log.verify(null, null)).satisfies(ChainTest::isIntact);
    assertThat(log.verify(null, head).problems())
        .singleElement()
        .asString()
        .startsWith("number 3 has the hash");
    assertThat(log.verify(head, null).intact()).isFalse();
  }

  @Test
  void anEventThatWasTakenOutOfThoseWaitingForALinkIsFound() {
    record(2);
    jdbi.useHandle(handle -> handle.execute("DELETE FROM audit_pending WHERE event_id = 1"));
    chain.extend();
    assertThat(problems())
        .containsExactly(
            "1 events have no link and are not waiting for one, the first being event 1");
  }

  @Test
  void aVerificationCanBeginWhereTheLastOneEnded() {
    recordAndLink(2);
    ChainHead head = log.verify(null, null).head();
    recordAndLink(3);
    Verification verification = log.verify(ChainHead.parse("x", head.text()), head);
    assertThat(verification).satisfies(ChainTest::isIntact);
    assertThat(verification.events()).isEqualTo(3);
    assertThat(verification.head().number()).isEqualTo(5);
  }

  @Test
  void aHeadThatIsNoneIsRefused() {
    assertThatThrownBy(() -> ChainHead.parse("expectHead", "12:abc"))
        .isInstanceOf(EdjException.class)
        .hasMessageStartingWith("expectHead: is not a head");
  }

  @Test
  void notEvenTheOwnersSessionChangesRowsUnlessItSaysSo() {
    recordAndLink(1);
    for (String table : List.of("audit_event", "audit_link")) {
      for (String statement :
          List.of(
              "UPDATE %s SET event_id = DEFAULT WHERE false",
              "DELETE FROM %s WHERE false", "TRUNCATE %s CASCADE")) {
        assertThatThrownBy(
                () -> owner.useHandle(handle -> handle.execute(statement.formatted(table))))
            .as(statement)
            .hasMessageContaining("are never changed or removed");
      }
    }
  }

  @Test
  void whatIsExportedCanBeCheckedByAnybody() throws Exception {
    recordAndLink(1_200);
    String before = "0".repeat(64);
    long number = 0;
    for (String line : exported(0)) {
      number++;
      String event = line.substring(line.indexOf("\"event\":") + 8, line.length() - 1);
      String hash =
          HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest((before + "\n" + number + "\n" + event).getBytes(UTF_8)));
      assertThat(line)
          .startsWith(
              "{\"number\":%d,\"previousHash\":\"%s\",\"hash\":\"%s\""
                  .formatted(number, before, hash));
      before = hash;
    }
    assertThat(number).isEqualTo(1_200);
    assertThat(log.verify(null, null).head()).isEqualTo(new ChainHead(number, before));
    assertThat(exported(1_199)).containsExactly(exported(0).getLast());
  }

  @Test
  void eventsAreFoundByWhoWhatWhichAndWhen() {
    new Origin(Actor.local("ada"), null)
        .call(() -> {
          jdbi.useTransaction(
              handle -> NewAuditEvent.of("target.delete").named("db").id("4711").record(handle));
          return null;
        });
    record(3);
    AuditEvent ada = events("db").getFirst();

    AuditFilter all = AuditFilter.page(10);

    assertThat(log.list(all.by("ada")).items()).containsExactly(ada);
    assertThat(log.list(all.of("target.delete")).items()).containsExactly(ada);
    assertThat(log.list(all.toA("target")).items()).containsExactly(ada);
    assertThat(log.list(all.to("4711")).items()).containsExactly(ada);
    Instant later = ada.time().plusNanos(1_000);
    assertThat(log.list(all.between(later, null)).items()).hasSize(3).doesNotContain(ada);
    assertThat(log.list(all.between(null, later)).items()).containsExactly(ada);
  }

  @Test
  void eventsComeInPagesNewestFirst() {
    record(5);
    AuditPage first = log.list(AuditFilter.page(3));
    AuditPage second = log.list(AuditFilter.page(3).after(3L));
    assertThat(first.items()).extracting(AuditEvent::id).containsExactly(5L, 4L, 3L);
    assertThat(second.items()).extracting(AuditEvent::id).containsExactly(2L, 1L);
    assertThat(first.next()).isEqualTo("3");
    assertThat(second.next()).isNull();
  }

  private void recordAndLink(int events) {
    record(events);
    boolean more = true;
    while (more) {
      more = chain.extend();
    }
  }

  private void record(int events) {
    jdbi.useTransaction(handle ->
        NewAuditEvent.record(
            handle,
            IntStream.rangeClosed(1, events)
                .mapToObj(number ->
                    NewAuditEvent.of("job.create")
                        .named(Integer.toString(number))
                        .after(Map.of("text", "line\nbreak \"%d\"".formatted(number))))
                .toList()));
  }

  private void tamper(String... statements) {
    owner.useTransaction(handle -> {
      handle.execute(WORDS);
      for (String statement : statements) {
        handle.execute(statement);
      }
    });
  }

  private List<String> problems() {
    Verification verification = log.verify(null, null);
    assertThat(verification.intact()).isFalse();
    return verification.problems();
  }

  private static void isIntact(Verification verification) {
    assertThat(verification.problems()).isEmpty();
    assertThat(verification.intact()).isTrue();
  }

  private List<String> exported(long after) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    log.export(after, out);
    return out.toString(UTF_8).lines().toList();
  }

  private List<AuditEvent> listed() {
    return log.list(AuditFilter.page(100)).items();
  }

  private List<AuditEvent> events(String object) {
    return log.list(AuditFilter.page(100).to(object)).items();
  }
}
