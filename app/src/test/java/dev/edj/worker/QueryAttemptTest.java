package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.credential.NewCredential;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.KeptResult;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Reports;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.job.NewQuery;
import dev.edj.job.Queries;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attempts of queries on real servers, and what is kept of their rows.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class QueryAttemptTest {

  private static final int KIBIBYTE = 1024;
  private static final int PIECE = 256 * KIBIBYTE;

  private final TestBed bed = new TestBed();
  private final Queries queries =
      new Queries(bed.jdbi, bed.executions, new TimeOrderedIds(InstantSource.system()));
  private final Reports reports = new Reports(bed.jdbi);
  private final AtomicInteger number = new AtomicInteger();

  @AfterAll
  void close() {
    bed.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {Site.POSTGRESQL, Site.MARIADB})
  void aQueryIsRolledBackAndItsRowsAreKept(String scheme) throws Exception {
    Site site = Site.of(scheme);
    site.run("INSERT INTO effect VALUES (7)");
    AttemptReport report = run(child(site, reading(site, "SELECT id FROM effect"), 1));
    assertThat(report.childLifecycle()).as(report.message()).isEqualTo(Lifecycle.Succeeded);
    assertThat(TestBed.log(report)).startsWith("a query: ").endsWith("nothing was kept\n");
    KeptResult kept = Objects.requireNonNull(report.kept());
    assertThat(kept.rowCount()).isEqualTo(1);
    assertThat(kept.rows()).isEqualTo(new byte[] {0, 0, 0, 1, '7'});
  }

  @ParameterizedTest
  @ValueSource(strings = {Site.POSTGRESQL, Site.MARIADB})
  void aQueryThatWritesFailsForGoodAndWithoutEffect(String scheme) throws Exception {
    Site site = Site.of(scheme);
    site.run("INSERT INTO effect VALUES (7)");
    AttemptReport report = run(child(site, reading(site, "SELECT 1;\nDELETE FROM effect;\n"), 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("line 2").containsIgnoringCase("read");
    assertThat(report.kept()).isNull();
    assertThat(site.effects()).containsExactly("7");
  }

  @Test
  void whatIsTooMuchForAReportIsKeptInPiecesBeforeIt() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    ClaimedChild child = child(site, reading(site, rows(3_000)), 1);
    AttemptReport report = run(child);
    KeptResult kept = Objects.requireNonNull(report.kept());
    assertThat(kept.rowCount()).isEqualTo(3_000);
    assertThat(kept.keptRows()).isEqualTo(3_000);
    assertThat(kept.rows().length).isBetween(60 * KIBIBYTE, 64 * KIBIBYTE);

    assertThat(reports.record(List.of(report))).isEmpty();
    List<byte[]> pieces = pieces(child);
    assertThat(pieces).hasSizeGreaterThan(10).allMatch(piece -> piece.length <= PIECE);
    assertThat(numbers(kept.rows(), pieces)).isEqualTo(3_000L * 3_001 / 2);
    assertThat(keptBytes(child))
        .isEqualTo(kept.rows().length + pieces.stream().mapToLong(piece -> piece.length).sum());
  }

  @Test
  void noMoreIsKeptThanWasAskedForNorMoreThanFourMegabytes() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    UUID few = start(site, new NewQuery(rows(10), "", null, null, null, null, null, 5));
    KeptResult first = Objects.requireNonNull(run(child(site, few, 1)).kept());
    assertThat(first.rowCount()).isEqualTo(10);
    assertThat(first.keptRows()).isEqualTo(5);

    ClaimedChild child = child(site, reading(site, rows(6_000)), 1);
    KeptResult many = Objects.requireNonNull(run(child).kept());
    assertThat(many.rowCount()).isEqualTo(6_000);
    assertThat(many.keptRows()).isBetween(4_000, 4_200);
  }

  @Test
  void whereThereIsNoRoomTheFirstRowsAreKeptAndTheLogSaysSo() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    ClaimedChild child = child(site, reading(site, rows(3_000)), 1);
    execute(
        "UPDATE step_progress SET kept_bytes = 256 * 1024 * 1024 - 1000000 WHERE step_execution_id = ?",
        child.stepExecutionId());
    AttemptReport report = run(child);
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(TestBed.log(report)).contains("not all kept");
    assertThat(Objects.requireNonNull(report.kept()).keptRows()).isBetween(50, 64);
    assertThat(pieces(child)).isEmpty();
  }

  @Test
  void theNextAttemptReplacesWhatALostOneKept() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    UUID run = reading(site, rows(3_000));
    ClaimedChild lost = child(site, run, 1);
    run(lost);
    long before = keptBytes(lost);
    execute("UPDATE child_execution SET attempt = 2 WHERE execution_id = ?", lost.executionId());
    List<byte[]> pieces = pieces(lost);

    AttemptReport late = run(lost);
    assertThat(Objects.requireNonNull(late.kept()).keptRows()).isLessThan(3_000);
    ClaimedChild next = nextAttempt(lost);
    assertThat(Objects.requireNonNull(run(next).kept()).keptRows()).isEqualTo(3_000);
    assertThat(pieces(next)).hasSameSizeAs(pieces);
    assertThat(keptBytes(next)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {Site.POSTGRESQL, Site.MARIADB})
  void whatAQueryWritesOnPurposeStays(String scheme) throws Exception {
    Site site = Site.of(scheme);
    AttemptReport report =
        run(
            child(
                site,
                writing(site, "INSERT INTO effect VALUES (1);\nSELECT id FROM effect;\n"),
                1));
    assertThat(report.childLifecycle()).as(report.message()).isEqualTo(Lifecycle.Succeeded);
    assertThat(site.effects()).containsExactly("1");
    assertThat(Objects.requireNonNull(report.kept()).rowCount()).isEqualTo(1);
  }

  /// The error is one that passes by itself.
  @Test
  void whatAQueryWritesIsNotTriedAgain() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    UUID run =
        writing(
            site,
            "INSERT INTO effect VALUES (1);\nGO\nDO $$ BEGIN RAISE SQLSTATE '40001'; END $$;\n");
    AttemptReport report = run(child(site, run, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("40001");

    UUID reading = reading(site, "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$");
    assertThat(run(child(site, reading, 1)).childLifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
  }

  @Test
  void whatAQueryWritesIsNotWrittenAgainAfterALostAttempt() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    ClaimedChild lost = child(site, writing(site, "INSERT INTO effect VALUES (1)"), 1);
    AttemptReport report = run(nextAttempt(lost));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("may have run", "not run again");
    assertThat(TestBed.log(report)).contains("may have run");
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void whatAQueryWritesIsTriedAgainWhereTheServerCouldNotBeReached() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    UUID run = writing(site, "INSERT INTO effect VALUES (1)");
    int nowhere = bed.server("postgresql://localhost:1");
    ClaimedChild child = child(site, run, nowhere, 1);
    assertThat(run(child).childLifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
  }

  @Test
  void secretsOfAQueryReachTheServerAndAreNotKept() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    UUID run =
        start(
            site,
            new NewQuery(
                "SELECT '$(key)', '$(open)'",
                "",
                null,
                null,
                Map.of("open", "door"),
                Map.of("key", "top_5ecret"),
                null,
                null));
    KeptResult kept = Objects.requireNonNull(run(child(site, run, 1)).kept());
    assertThat(new String(kept.rows(), StandardCharsets.UTF_8))
        .contains("***", "door")
        .doesNotContain("5ecret");
  }

  /// So many rows of about a kibibyte, numbered.
  private static String rows(int count) {
    return "SELECT n, repeat('x', 1000) FROM generate_series(1, %d) AS n".formatted(count);
  }

  private UUID reading(Site site, String script) {
    return start(site, new NewQuery(script, "", null));
  }

  private UUID writing(Site site, String script) {
    return start(site, new NewQuery(script, "", null, false, null, null, null, null));
  }

  /// On a collection that nobody asks.
  private UUID start(Site site, NewQuery query) {
    String name = "query " + number.incrementAndGet();
    bed.fleet.collection(name);
    bed.fleet.credentials.create(
        new NewCredential(
            name, site.settings().user(), site.settings().password().text(), null, List.of("*")));
    NewQuery named =
        new NewQuery(
            query.script(),
            name,
            name,
            query.readOnly(),
            query.parameters(),
            query.secrets(),
            query.timeout(),
            query.maxRows());
    return queries.start(named, "test").id();
  }

  private ClaimedChild child(Site site, UUID run, int attempt) {
    return child(site, run, bed.server(site), attempt);
  }

  /// A child of the run, claimed.
  private ClaimedChild child(Site site, UUID run, int server, int attempt) {
    ClaimedChild child = TestBed.child(UUID.randomUUID(), bed.step(run), server, site, attempt);
    execute(
        """
        INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name, lifecycle, attempt,
            node_id, started_at, attempt_started_at)
        VALUES (?, ?, ?, ?, 'InProgress', ?, ?, now(), now())
        """,
        child.executionId(),
        child.stepExecutionId(),
        server,
        site.database(),
        attempt,
        child.nodeId());
    execute(
        "UPDATE step_progress SET in_progress = in_progress + 1 WHERE step_execution_id = ?",
        child.stepExecutionId());
    return child;
  }

  /// The same child claimed again, with nothing recorded of the attempt before.
  private static ClaimedChild nextAttempt(ClaimedChild child) {
    return new ClaimedChild(
        child.executionId(),
        child.stepExecutionId(),
        child.serverId(),
        child.database(),
        child.attempt() + 1,
        child.nodeId(),
        null,
        0,
        null,
        null);
  }

  private AttemptReport run(ClaimedChild child) {
    return bed.run(child);
  }

  private List<byte[]> pieces(ClaimedChild child) {
    return bed.jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT rows FROM kept_result_piece WHERE execution_id = :id ORDER BY piece")
            .bind("id", child.executionId())
            .mapTo(byte[].class)
            .list());
  }

  private long keptBytes(ClaimedChild child) {
    return bed.jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT kept_bytes FROM step_progress WHERE step_execution_id = :step")
            .bind("step", child.stepExecutionId())
            .mapTo(Long.class)
            .one());
  }

  /// The sum of the rows' numbers; each piece is of whole rows.
  private static long numbers(byte[] first, List<byte[]> pieces) {
    return numbers(first) + pieces.stream().mapToLong(QueryAttemptTest::numbers).sum();
  }

  private static long numbers(byte[] rows) {
    ByteBuffer bytes = ByteBuffer.wrap(rows);
    long sum = 0;
    while (bytes.hasRemaining()) {
      byte[] number = new byte[bytes.getInt()];
      bytes.get(number);
      sum += Long.parseLong(new String(number, StandardCharsets.UTF_8));
      bytes.position(bytes.position() + Integer.BYTES + 1_000);
    }
    return sum;
  }

  private void execute(String sql, @Nullable Object... arguments) {
    bed.jdbi.useHandle(handle -> handle.execute(sql, arguments));
  }
}
