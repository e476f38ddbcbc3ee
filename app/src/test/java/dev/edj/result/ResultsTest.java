package dev.edj.result;

import static dev.edj.result.KeptFixture.COLUMNS;
import static dev.edj.result.KeptFixture.numbered;
import static dev.edj.result.ListCursor.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.ColumnType;
import dev.edj.engine.rows.ColumnType.Kind;
import dev.edj.engine.rows.RowTable;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.result.Comparison.ComparedChild;
import dev.edj.result.Comparison.ComparedGroup;
import dev.edj.result.Comparison.ComparedStep;
import dev.edj.result.Comparison.Difference;
import dev.edj.testing.TestControlDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Results as they are found: in the control database, and in a destination's table.
class ResultsTest {

  private static final ResultFilter ALL = ResultFilter.NONE;

  private TestControlDatabase database;
  private KeptFixture kept;
  private Results results;

  /// The tables that steps send their rows to, as far as a test has some.
  private final MemoryRowStore destination = new MemoryRowStore();

  private @Nullable Long stepWithDestination;
  private @Nullable TargetException unreachable;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    kept = new KeptFixture(database.jdbi());
    Executions executions =
        new Executions(
            database.jdbi(), new TimeOrderedIds(InstantSource.system()), new EndSignal());
    results = new Results(database.jdbi(), executions, this::find);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Destinations.@Nullable Destination find(long step) {
    return Objects.equals(stepWithDestination, step) ? new Table() : null;
  }

  private final class Table implements Destinations.Destination {

    @Override
    public RowTable table() {
      return new RowTable(null, "collected", false, false);
    }

    @Override
    public MemoryRowStore open() throws TargetException {
      if (unreachable != null) {
        throw unreachable;
      }
      return destination;
    }
  }

  @Test
  void resultsComeInTheOrderOfServersAndDatabases() {
    UUID run = kept.run(3, "a", "b");
    for (String server : List.of("b", "a")) {
      for (String name : List.of("db2", "db0")) {
        kept.keepNames(kept.child(run, server, name), server + name);
      }
    }

    assertThat(csv(run, ALL))
        .isEqualTo(
            """
            server,database,id,name
            a,db0,1,adb0
            a,db2,1,adb2
            b,db0,1,bdb0
            b,db2,1,bdb2
            """);
  }

  @Test
  void manyChildrenComePageByPage() {
    UUID run = kept.run(1_100, "a");
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                INSERT INTO kept_result (execution_id, step_execution_id, columns, row_count, kept_rows, digest, rows)
                SELECT execution_id, step_execution_id, ?, 1, 1, 'x', ? FROM child_execution
                """,
                KeptFixture.json(COLUMNS),
                KeptFixture.bytes(ListCursor.of(COLUMNS, numbered("x")))));

    List<String> databases =
        lines(run, ALL, ResultFormat.csv).stream().skip(1).map(l -> l.split(",", -1)[1]).toList();

    assertThat(databases)
        .doesNotHaveDuplicates()
        .hasSize(1_100)
        .isEqualTo(
            database
                .jdbi()
                .withHandle(handle ->
                    handle
                        .createQuery("SELECT database_name FROM child_execution ORDER BY 1")
                        .mapTo(String.class)
                        .list()));
  }

  @Test
  void aFilterLeavesOutTheOthers() {
    UUID run = kept.run(2, "a", "b");
    kept.addStep(run, "Second");
    for (String server : List.of("a", "b")) {
      for (String name : List.of("db0", "db1")) {
        kept.keepNames(kept.child(run, 1, server, name), "first");
        kept.keepNames(kept.child(run, 2, server, name), "second");
      }
    }

    assertThat(csv(run, new ResultFilter("b", "db1", "Second", Lifecycle.Created)))
        .isEqualTo("server,database,id,name\nb,db1,1,second\n");
    assertThat(csv(run, new ResultFilter("a", "db0", null, null)))
        .isEqualTo("step,server,database,id,name\nJobStep,a,db0,1,first\nSecond,a,db0,1,second\n");
    assertThat(csv(kept.child(run, 2, "a", "db1"), ALL))
        .isEqualTo("server,database,id,name\na,db1,1,second\n");
    assertThatThrownBy(() -> csv(run, new ResultFilter("c", null, null, null)))
        .hasMessage("server 'c' does not exist");
    assertThatThrownBy(() -> csv(run, new ResultFilter(null, null, "Third", null)))
        .hasMessage("step 'Third' does not exist");
    assertThatThrownBy(() -> csv(run, new ResultFilter(null, "db9", null, null)))
        .isInstanceOf(EdjException.class);
    assertThatThrownBy(() -> csv(run, new ResultFilter(null, null, null, Lifecycle.Failed)))
        .isInstanceOf(EdjException.class);
  }

  @Test
  void aServerMayBeWrittenAsPeopleDo() {
    UUID run = kept.run(1, "postgresql://a.example.com");
    kept.keepNames(kept.child(run, "postgresql://a.example.com", "db0"), "x");

    assertThat(csv(run, new ResultFilter("PostgreSQL://A.example.com:5432", null, null, null)))
        .contains("db0,1,x");
  }

  @Test
  void whereThereIsNothingItSaysWhy() {
    UUID run = kept.run(1, "a");

    assertThatThrownBy(() -> csv(run, ALL))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_ENDED));
    kept.end(run, 0);
    assertThatThrownBy(() -> csv(run, ALL))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_RESULTS));
    UUID unknown = UUID.randomUUID();
    assertThatThrownBy(() -> csv(unknown, ALL))
        .hasMessage("job execution '%s' does not exist", unknown);
  }

  @Test
  void aResultWithoutRowsIsAResult() {
    UUID run = kept.run(1, "a");
    kept.keepNames(kept.child(run, "a", "db0"));

    assertThat(csv(run, ALL)).isEqualTo("server,database,id,name\n");
    assertThat(lines(run, ALL, ResultFormat.rows))
        .singleElement()
        .asString()
        .contains("\"rowCount\":0");
  }

  @Test
  void aResultOfWhichOnlyTheFirstRowsAreKeptSaysSo() {
    UUID run = kept.run(1, "a");
    kept.keep(kept.child(run, "a", "db0"), COLUMNS, 5_000, numbered("x", "y"));

    assertThat(lines(run, ALL, ResultFormat.rows))
        .hasSize(3)
        .first()
        .asString()
        .endsWith("\"rowCount\":5000,\"truncated\":true}");
  }

  @Test
  void whatDoesNotFitIntoOneRowIsPutTogetherAgainWhereverItIsCut() {
    UUID run = kept.run(1, "a");
    String[] names = IntStream.range(0, 200).mapToObj(i -> "name " + i).toArray(String[]::new);
    kept.keepInPieces(kept.child(run, "a", "db0"), COLUMNS, 7, numbered(names));

    assertThat(lines(run, ALL, ResultFormat.csv))
        .hasSize(201)
        .last()
        .isEqualTo("a,db0,200,name 199");
  }

  @Test
  void rowsThatGoWhileTheyAreReadAreMissed() {
    UUID run = kept.run(1, "a");
    kept.keepBroken(kept.child(run, "a", "db0"), COLUMNS, numbered("x"));

    assertThatThrownBy(() -> csv(run, ALL)).hasMessageContaining("removed while");
  }

  @Test
  void resultsThatGoWhileOthersAreReadAreMissedToo() {
    UUID run = kept.run(100, "a");
    for (int i = 0; i < 100; i++) {
      kept.keepNames(kept.child(run, "a", "db" + i), "x");
    }
    KeptResults step =
        new KeptResults(database.jdbi(), new ResultStore.StepRow(kept.step(run), 1, "JobStep"));

    assertThatThrownBy(() ->
            step.read(
                new WantedChildren(null, null, null, null),
                (child, rows) ->
                    database.jdbi().useHandle(handle -> handle.execute("DELETE FROM kept_result"))))
        .hasMessageContaining("removed while");
  }

  @Test
  void theHeaderOfATableHasTheColumnsOfAll() {
    UUID run = kept.run(3, "a");
    List<Column> others =
        List.of(
            new Column("extra", ColumnType.of(Kind.BOOLEAN)),
            new Column("id", ColumnType.of(Kind.BIGINT)));
    kept.keep(kept.child(run, "a", "db1"), others, List.of(row("true", "9")));
    kept.keepNames(kept.child(run, "a", "db0"), "x");
    kept.keepNames(kept.child(run, "a", "db2"), "y");

    assertThat(csv(run, ALL))
        .isEqualTo(
            """
            server,database,id,name,extra
            a,db0,1,x,
            a,db1,9,,true
            a,db2,1,y,
            """);
  }

  @Test
  void aDestinationIsReadInTheSameOrder() {
    UUID run = kept.run(2, "a", "b");
    stepWithDestination = kept.step(run);
    for (String server : List.of("a", "b")) {
      destination.put(kept.child(run, server, "db1"), COLUMNS, numbered(server, "y"));
    }

    assertThat(csv(run, ALL))
        .isEqualTo(
            """
            server,database,id,name
            a,db1,1,a
            a,db1,2,y
            b,db1,1,b
            b,db1,2,y
            """);
    assertThat(lines(run, new ResultFilter("b", null, null, null), ResultFormat.rows))
        .hasSize(3)
        .first()
        .asString()
        .endsWith("\"rowCount\":null,\"truncated\":false}");
    assertThat(destination.closed()).isTrue();
  }

  @Test
  void childrenWithoutRowsLeaveNothingInADestination() {
    UUID run = kept.run(3, "a");
    stepWithDestination = kept.step(run);
    destination.put(kept.child(run, "a", "db1"), COLUMNS, numbered("x"));

    assertThat(lines(run, ALL, ResultFormat.rows)).hasSize(2);
    assertThat(csv(run, ALL)).isEqualTo("server,database,id,name\na,db1,1,x\n");
    assertThatThrownBy(() -> csv(run, new ResultFilter(null, "db0", null, null)))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_ENDED));
  }

  @Test
  void aDestinationThatCannotBeReadIsSaidInItsOwnWords() {
    UUID run = kept.run(1, "a");
    stepWithDestination = kept.step(run);
    unreachable = failure("this node only has the role api, so it holds no private key");

    assertThatThrownBy(() -> csv(run, ALL))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_UNREACHABLE))
        .hasMessage(
            "the rows of step 'JobStep' cannot be read from their destination, the table collected:"
                + " this node only has the role api, so it holds no private key");
  }

  @Test
  void whatFailsInTheMiddleOfADestinationIsSaidToo() {
    UUID run = kept.run(1, "a");
    stepWithDestination = kept.step(run);
    destination.put(kept.child(run, "a", "db0"), COLUMNS, numbered("x"));
    destination.failAtEnd(new SQLException("the connection was lost"));

    assertThatThrownBy(() -> csv(run, ALL))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_UNREACHABLE))
        .hasMessageEndingWith("the connection was lost");
  }

  @Test
  void whatFailsAtTheReceivingEndIsNoFailureOfTheDestination() {
    UUID run = kept.run(1, "a");
    stepWithDestination = kept.step(run);
    // More than is held back before it is written.
    destination.put(kept.child(run, "a", "db0"), COLUMNS, numbered("x".repeat(100_000)));
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("full");
          }
        };

    assertThatThrownBy(
            () -> {
              ResultReading reading = results.open(run, ALL);
              reading.write(reading.writer(ResultFormat.csv, full), () -> true);
            })
        .isInstanceOf(IOException.class)
        .hasMessage("full");
  }

  @Test
  void aServiceThatStopsGivesUpTheRest() {
    UUID run = kept.run(1, "a");
    kept.keepNames(kept.child(run, "a", "db0"), "x");

    assertThatThrownBy(
            () -> {
              ResultReading reading = results.open(run, ALL);
              ResultWriter writer = reading.writer(ResultFormat.rows, new ByteArrayOutputStream());
              reading.write(writer, () -> false);
            })
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STOPPING));
  }

  @Test
  @Timeout(60)
  void resultsAreFollowedAsTheyComeAndEachComesOnce() throws Exception {
    UUID run = kept.run(3, "a");
    kept.keepNames(kept.child(run, "a", "db2"), "first");
    Lines lines = new Lines();
    CompletableFuture<Void> following = follow(run, lines);

    lines.awaitCount(2);
    kept.keepNames(kept.child(run, "a", "db0"), "second");
    lines.awaitCount(4);
    kept.keepNames(kept.child(run, "a", "db1"), "third");
    kept.end(run, 0);
    following.get(30, TimeUnit.SECONDS);

    assertThat(lines.all().stream().filter(line -> line.startsWith("[")))
        .containsExactly("[1,\"first\"]", "[1,\"second\"]", "[1,\"third\"]");
  }

  @Test
  @Timeout(60)
  void aResultWhoseTransactionTookLongIsNotMissed() throws Exception {
    UUID run = kept.run(2, "a");
    kept.keepNames(kept.child(run, "a", "db0"), "young");
    Lines lines = new Lines();
    CompletableFuture<Void> following = follow(run, lines);
    lines.awaitCount(2);

    kept.keepNames(kept.child(run, "a", "db1"), "old");
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "UPDATE kept_result SET kept_at = kept_at - interval '1 hour' WHERE execution_id = ?",
                kept.child(run, "a", "db1")));
    kept.end(run, 0);
    following.get(30, TimeUnit.SECONDS);

    assertThat(lines.all())
        .filteredOn(line -> line.startsWith("["))
        .hasSize(2)
        .contains("[1,\"old\"]");
  }

  @Test
  void rowsThatGoToADestinationAreNotFollowed() {
    UUID run = kept.run(1, "a");
    stepWithDestination = kept.step(run);

    assertThatThrownBy(
            () -> {
              ResultReading reading = results.open(run, ALL);
              reading.follow(
                  reading.writer(ResultFormat.rows, new ByteArrayOutputStream()), () -> true);
            })
        .hasMessageStartingWith("follow: the rows go to a destination");
  }

  private CompletableFuture<Void> follow(UUID run, OutputStream out) {
    return CompletableFuture.runAsync(() -> {
      try {
        ResultReading reading = results.open(run, ALL);
        reading.follow(reading.writer(ResultFormat.rows, out), () -> true);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
  }

  @Test
  void databasesAreGroupedByWhatTheyReturned() throws Exception {
    UUID run = kept.run(6, "a");
    for (int i = 0; i < 3; i++) {
      // In another order, which does not matter.
      List<List<@Nullable Object>> rows = new ArrayList<>(numbered("x", "y", "y"));
      Collections.rotate(rows, i);
      kept.keep(kept.child(run, "a", "db" + i), COLUMNS, rows);
    }
    kept.keep(
        kept.child(run, "a", "db3"),
        COLUMNS,
        List.of(row(1, "x"), row(2, "y"), row(4, null), row(4, null)));
    kept.end(run, 1);

    ComparedStep step = results.compare(run, null).steps().getFirst();

    assertThat(step.compared()).isEqualTo(4);
    assertThat(step.children().failed()).isEqualTo(1);
    assertThat(step.withoutResult()).isEqualTo(1);
    assertThat(step.groupCount()).isEqualTo(2);
    ComparedGroup largest = step.groups().getFirst();
    assertThat(largest.size()).isEqualTo(3);
    assertThat(largest.rowCount()).isEqualTo(3);
    assertThat(largest.difference()).isNull();
    assertThat(largest.children())
        .extracting(ComparedChild::database)
        .containsExactly("db0", "db1", "db2");
    ComparedGroup other = step.groups().getLast();
    assertThat(other.children()).extracting(ComparedChild::database).containsExactly("db3");
    Difference difference = Objects.requireNonNull(other.difference());
    assertThat(difference.columns()).containsExactly("id", "name");
    assertThat(difference.columnsOnlyHere()).isEmpty();
    assertThat(difference.onlyHere().count()).isEqualTo(2);
    assertThat(difference.onlyHere().first())
        .containsExactly(Arrays.asList("4", null), Arrays.asList("4", null));
    assertThat(difference.onlyThere().count()).isEqualTo(1);
    assertThat(difference.onlyThere().first()).containsExactly(List.of("3", "y"));
    assertThat(difference.firstRowsOnly()).isFalse();
  }

  @Test
  void columnsDifferByNameAndType() throws Exception {
    UUID run = kept.run(3, "a");
    kept.keepNames(kept.child(run, "a", "db0"), "x");
    kept.keepNames(kept.child(run, "a", "db1"), "x");
    kept.keep(
        kept.child(run, "a", "db2"),
        List.of(
            new Column("new", ColumnType.text(null)), new Column("ID", ColumnType.of(Kind.TEXT))),
        List.of(row("n", "1")));

    Difference difference =
        Objects.requireNonNull(
            results.compare(run, "JobStep").steps().getFirst().groups().getLast().difference());

    assertThat(difference.columns()).containsExactly("id");
    assertThat(difference.columnsOnlyHere()).containsExactly("new");
    assertThat(difference.columnsOnlyThere()).containsExactly("name");
    assertThat(difference.columnsOfOtherType()).containsExactly("id");
  }

  @Test
  void whatIsTruncatedIsComparedByItsFirstRowsOnly() throws Exception {
    UUID run = kept.run(2, "a");
    kept.keepNames(kept.child(run, "a", "db0"), "x");
    kept.keep(kept.child(run, "a", "db1"), COLUMNS, 5_000, numbered("x", "y"));

    ComparedStep step = results.compare(run, null).steps().getFirst();

    Difference difference = Objects.requireNonNull(step.groups().getLast().difference());
    assertThat(difference.firstRowsOnly()).isTrue();
    assertThat(step.groups().getLast().rowCount()).isEqualTo(5_000);
  }

  @Test
  void ofManyGroupsAndDatabasesTheFirstAreNamed() throws Exception {
    UUID run = kept.run(60, "a");
    for (int i = 0; i < 60; i++) {
      kept.keepNames(kept.child(run, "a", "db" + i), i < 30 ? "same" : "other " + i);
    }

    ComparedStep step = results.compare(run, null).steps().getFirst();

    assertThat(step.groupCount()).isEqualTo(31);
    assertThat(step.compared()).isEqualTo(60);
    assertThat(step.groups()).hasSize(20);
    assertThat(step.groups().getFirst().size()).isEqualTo(30);
    assertThat(step.groups().getFirst().children()).hasSize(20);
  }

  @Test
  void rowsOfADestinationAreComparedToo() throws Exception {
    UUID run = kept.run(3, "a");
    stepWithDestination = kept.step(run);
    destination.put(kept.child(run, "a", "db2"), COLUMNS, numbered("x", "y"));
    destination.put(kept.child(run, "a", "db0"), COLUMNS, numbered("x"));
    destination.put(kept.child(run, "a", "db1"), COLUMNS, numbered("x"));
    kept.end(run, 0);

    ComparedStep step = results.compare(run, null).steps().getFirst();

    assertThat(step.groups()).extracting(ComparedGroup::size).containsExactly(2L, 1L);
    Difference difference = Objects.requireNonNull(step.groups().getLast().difference());
    assertThat(difference.onlyHere().first()).containsExactly(List.of("2", "y"));
    assertThat(difference.onlyThere().count()).isZero();
  }

  /// A table does not tell who returned no rows from who returned no result.
  @Test
  void ofADestinationWhatSucceededIsComparedWithOrWithoutRows() throws Exception {
    UUID run = kept.run(4, "a");
    stepWithDestination = kept.step(run);
    for (String name : List.of("db0", "db1")) {
      destination.put(kept.child(run, "a", name), COLUMNS, numbered("x"));
    }
    kept.end(run, 1);
    kept.fail(kept.child(run, "a", "db3"));

    ComparedStep step = results.compare(run, null).steps().getFirst();

    assertThat(step.compared()).isEqualTo(3);
    assertThat(step.withoutResult()).isZero();
    assertThat(step.groups()).extracting(ComparedGroup::size).containsExactly(2L, 1L);
    Difference difference = Objects.requireNonNull(step.groups().getLast().difference());
    assertThat(difference.onlyThere().first()).containsExactly(List.of("1", "x"));
    assertThat(difference.onlyHere().count()).isZero();
  }

  @Test
  void ofLongValuesADifferenceShowsTheBeginning() throws Exception {
    UUID run = kept.run(2, "a");
    kept.keepNames(kept.child(run, "a", "db0"), "é".repeat(5_000));
    kept.keep(
        kept.child(run, "a", "db1"),
        List.of(COLUMNS.getFirst(), new Column("name", ColumnType.binary(null))),
        List.of(row(1, new byte[5_000])));
    kept.end(run, 0);

    ComparedStep step = results.compare(run, null).steps().getFirst();

    Difference difference = Objects.requireNonNull(step.groups().getLast().difference());
    assertThat(List.of(difference.onlyHere(), difference.onlyThere()))
        .allSatisfy(rows ->
            assertThat(rows.first().getFirst().getLast())
                .hasSizeBetween(1_000, 1_001)
                .endsWith("…"));
  }

  @Test
  void onlyRunsWithResultsAreCompared() {
    UUID run = kept.run(1, "a");
    UUID child = kept.child(run, "a", "db0");

    assertThatThrownBy(() -> results.compare(child, null))
        .hasMessage("id: %s is a child; name its parent %s", child, run);
    assertThatThrownBy(() -> results.compare(run, null)).isInstanceOf(EdjException.class);
  }

  /// With plain line ends.
  private String csv(UUID id, ResultFilter filter) {
    return lines(id, filter, ResultFormat.csv).stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private List<String> lines(UUID id, ResultFilter filter, ResultFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ResultReading reading = results.open(id, filter);
      reading.write(reading.writer(format, out), () -> true);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return out.toString(UTF_8).lines().toList();
  }

  private static TargetException failure(String message) {
    return new TargetException(
        new TargetError(TargetError.Kind.CONNECT, null, null, null, null, message, false, ""));
  }

  /// Lines that somebody waits for.
  private static final class Lines extends OutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile CountDownLatch written = new CountDownLatch(1);

    @Override
    public synchronized void write(int value) {
      bytes.write(value);
    }

    @Override
    public void flush() {
      written.countDown();
    }

    void awaitCount(int count) throws InterruptedException {
      while (all().size() < count) {
        written = new CountDownLatch(1);
        if (all().size() < count && !written.await(10, TimeUnit.SECONDS)) {
          throw new AssertionError("only " + all());
        }
      }
    }

    synchronized List<String> all() {
      return bytes.toString(UTF_8).lines().toList();
    }
  }
}
