package dev.edj.failpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.Node;
import dev.edj.execution.Claims;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.Fleet;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.notice.NewNotice;
import dev.edj.notice.NoticeEvent;
import dev.edj.notice.Notices;
import dev.edj.schedule.Firings;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewScheduleRule;
import dev.edj.schedule.NewTrigger;
import dev.edj.schedule.ScheduleClock;
import dev.edj.schedule.Schedules;
import dev.edj.schedule.Triggers;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.PrivateKeys;
import dev.edj.settings.NoticeSettings;
import dev.edj.testing.NoticeReceiver;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.Unpacked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a real process between any two statements of claim, report, expand, reap, fire and send,
/// and lets another node take over. `-Dfailpoint.step=1` tries every boundary; by default it is
/// every 47th, to save time.
@Order(1)
class FailpointIT {

  private static final int STEP = Integer.getInteger("failpoint.step", 47);

  /// More than there are: an idle node passes no end of them, but this one ends with its work.
  private static final int MOST = 2_000;

  private static final String POLICY = "Default execution policy";

  @TempDir private Path directory;

  private final NoticeReceiver receiver = NoticeReceiver.start();

  @AfterEach
  void stopReceiver() {
    receiver.close();
  }

  @Test
  void whereverANodeIsKilledNothingIsLostOrRecordedTwice() throws Exception {
    int killed = 0;
    for (int boundary = 1; boundary < MOST; boundary += STEP) {
      if (!killedAt(String.valueOf(boundary))) {
        assertThat(killed).as("boundaries at which the process was killed").isGreaterThan(5);
        return;
      }
      killed++;
    }
    throw new AssertionError("the process never ended by itself");
  }

  /// Nobody knows then whether it has arrived.
  @Test
  void aNoticeThatWasSentAndNotNotedIsSentAgainUnderTheSameId() throws Exception {
    assertThat(killedAt("DeliveryStore.end")).isTrue();

    List<String> ids = receiver.ids("DeliveryStore.end");
    assertThat(ids).hasSizeGreaterThan(4).doesNotContainNull();
    assertThat(Set.copyOf(ids)).hasSize(4);
  }

  /// Whether there was such a boundary.
  private boolean killedAt(String boundary) throws IOException, InterruptedException {
    try (TestControlDatabase database = TestControlDatabase.create()) {
      Jdbi jdbi = database.jdbi();
      Path keys = directory.resolve("keys-" + boundary + ".json");
      PrivateKeys.open(keys, jdbi);
      insertWork(jdbi, database.owner());
      NoticeSettings notices = new NoticeSettings(Set.of(receiver.place()), null);
      new Notices(jdbi, new EncryptionKeys(jdbi), notices)
          .create(
              new NewNotice(
                  "told",
                  List.of(NoticeEvent.Succeeded),
                  null,
                  receiver.place() + "/" + boundary,
                  null,
                  null));
      int status = runDoomed(database, keys, boundary);
      assertThat(status)
          .as("exit status at boundary %s:%n%s", boundary, Files.readString(nodeLog()))
          .isIn(0, Boundaries.KILLED);
      if (status == Boundaries.KILLED) {
        jdbi.useHandle(handle -> {
          handle.execute("UPDATE node SET heartbeat_at = now() - interval '1 minute'");
          handle.execute(
              "UPDATE notice_delivery SET due_at = now() WHERE lifecycle = 'InProgress'");
        });
        try (Node successor =
            FailpointNode.node(
                database.database(), database.address(), keys, notices, "successor")) {
          successor.start();
          assertThat(FailpointNode.awaitEnd(jdbi, Duration.ofSeconds(30)))
              .as("all runs ended after a kill at boundary %s", boundary)
              .isTrue();
        }
      }
      check(jdbi, boundary);
      return status == Boundaries.KILLED;
    }
  }

  /// A run that is to be expanded, one of which a lost node holds two children, and a planned time
  /// that is due.
  private static void insertWork(Jdbi jdbi, Jdbi owner) {
    Fleet fleet = new Fleet(jdbi);
    jdbi.useHandle(handle -> {
      handle.execute(
          "UPDATE credential SET key_id = (SELECT key_id FROM encryption_key WHERE key_id <> 'k')");
      handle.execute("DELETE FROM encryption_key WHERE key_id = 'k'");
    });
    owner.useHandle(handle -> handle.execute(Witness.TABLE));
    int server = fleet.server("postgresql://s", 10);
    jdbi.useHandle(handle -> {
      for (String name : List.of("a", "b", "fails")) {
        handle.execute(
            """
            WITH d AS (
              INSERT INTO target (target_id, name, kind, server_id, database_name)
              VALUES (gen_random_uuid(), ?, 'Database', ?, ?) RETURNING target_id)
            INSERT INTO target_child (parent_id, child_id, membership)
            SELECT p.target_id, d.target_id, 'Include' FROM d, target p WHERE p.name = 'all'
            """,
            name,
            server,
            name);
      }
    });
    fleet.job("lost", POLICY);
    fleet.run("lost", 3, "postgresql://s");
    long gone = fleet.node("gone");
    assertThat(new Claims(jdbi, new Random(1)).claim(gone, 2, 0)).hasSize(2);
    jdbi.useHandle(
        handle -> handle.execute("UPDATE node SET heartbeat_at = now() - interval '1 minute'"));
    fleet.job("new", POLICY);
    TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
    new Executions(jdbi, ids, new EndSignal()).start("new", "test");
    fleet.job("timed", POLICY);
    fleet.job("follower", POLICY);
    insertPlannedTime(jdbi, ids, fleet.now());
  }

  /// Of the job `timed`, which `follower` follows.
  private static void insertPlannedTime(Jdbi jdbi, TimeOrderedIds ids, Instant now) {
    ScheduleClock earlier = handle -> now.minusSeconds(10);
    NewScheduleRule once =
        new NewScheduleRule(
            "Once", null, now.minusSeconds(5).toString(), null, null, null, null, null, null, null);
    new Schedules(jdbi, earlier, new Firings(jdbi, ids, earlier))
        .create(new NewSchedule("now", once));
    Triggers triggers = new Triggers(jdbi, earlier);
    triggers.create(new NewTrigger("timed", "now", null, null, null, null, null));
    triggers.create(new NewTrigger("follower", null, "timed", null, null, null, null));
  }

  private int runDoomed(TestControlDatabase database, Path keys, String boundary)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Unpacked.commandLine(directory, FailpointNode.class));
    command.addAll(
        List.of(
            database.address().url(),
            Objects.requireNonNull(database.address().user()),
            Objects.requireNonNull(database.address().password()),
            keys.toString(),
            receiver.place(),
            boundary));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(nodeLog().toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the process neither ended nor was killed");
    }
    return process.exitValue();
  }

  private Path nodeLog() {
    return directory.resolve("node.log");
  }

  private void check(Jdbi jdbi, String boundary) {
    assertNone(
        jdbi,
        boundary,
        "run with another number of notices than one that has arrived",
        """
        SELECT execution_id::text FROM job_execution e
        WHERE (SELECT count(*) FROM notice_delivery d
               WHERE d.execution_id = e.execution_id AND d.lifecycle = 'Succeeded') <> 1
        """);
    assertThat(Set.copyOf(receiver.ids(boundary)))
        .as("ids of notices after a kill at boundary %s", boundary)
        .hasSize(4);
    assertNone(
        jdbi,
        boundary,
        "run that did not end well",
        "SELECT execution_id::text FROM job_execution WHERE lifecycle <> 'Succeeded' OR node_id IS NOT NULL");
    assertNone(
        jdbi,
        boundary,
        "child that did not end well",
        "SELECT execution_id::text FROM child_execution WHERE lifecycle <> 'Succeeded' OR node_id IS NOT NULL");
    assertNone(
        jdbi,
        boundary,
        "job with another number of runs than one",
        """
        SELECT name FROM job j
        WHERE (SELECT count(*) FROM job_execution e WHERE e.job_id = j.job_id) <> 1
        """);
    assertNone(
        jdbi,
        boundary,
        "planned time with another number of runs than one",
        """
        SELECT name FROM schedule s
        WHERE (SELECT count(*) FROM job_execution e
               WHERE e.schedule_name = s.name AND e.planned_at = s.start_at) <> 1
        """);
    assertNone(
        jdbi,
        boundary,
        "run of a schedule with another number of followers than one",
        """
        SELECT execution_id::text FROM job_execution e
        WHERE schedule_name IS NOT NULL
          AND (SELECT count(*) FROM job_execution f WHERE f.follows_id = e.execution_id) <> 1
        """);
    assertNone(
        jdbi,
        boundary,
        "run of a trigger that is not recorded as its firing",
        """
        SELECT execution_id::text FROM job_execution e
        WHERE created_by = 'trigger'
          AND (SELECT count(*) FROM firing f WHERE f.execution_id = e.execution_id) <> 1
        """);
    int children =
        jdbi.withHandle(handle ->
            handle.createQuery("SELECT count(*) FROM child_execution").mapTo(Integer.class).one());
    assertThat(children).as("children after a kill at boundary %s", boundary).isEqualTo(12);
    assertNone(
        jdbi,
        boundary,
        "child that no target has seen",
        "SELECT execution_id::text FROM child_execution WHERE execution_id NOT IN (SELECT execution_id FROM witness)");
    assertNone(
        jdbi,
        boundary,
        "attempt that ran twice",
        "SELECT execution_id::text FROM witness GROUP BY execution_id, attempt HAVING count(*) > 1");
    assertNone(
        jdbi,
        boundary,
        "child with another number of successes than one",
        """
        SELECT c.execution_id::text FROM child_execution c
        WHERE (SELECT count(*) FROM task_execution t
               WHERE t.execution_id = c.execution_id AND t.lifecycle = 'Succeeded') <> 1
        """);
    assertNone(
        jdbi,
        boundary,
        "attempt that is not recorded",
        """
        SELECT execution_id::text FROM witness w
        WHERE NOT EXISTS (SELECT FROM task_execution t
                          WHERE t.execution_id = w.execution_id AND t.task_number = w.attempt)
        """);
    assertNone(
        jdbi,
        boundary,
        "step whose counters are wrong",
        """
        SELECT step_execution_id::text FROM step_progress p
        WHERE succeeded <> 3 OR created + in_progress + waiting_for_retry + failed + timed_out + canceled + skipped <> 0
        """);
  }

  private static void assertNone(Jdbi jdbi, String boundary, String what, String sql) {
    List<String> found =
        jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
    assertThat(found).as("%s, after a kill at boundary %s", what, boundary).isEmpty();
  }
}
