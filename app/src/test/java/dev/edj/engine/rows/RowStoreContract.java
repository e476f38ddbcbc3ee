package dev.edj.engine.rows;

import static dev.edj.engine.rows.RowSpoolTest.bytes;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.engine.rows.ColumnType.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every engine does alike as the destination of collected rows. A subclass names the server,
/// and how its SQL says the same.
abstract class RowStoreContract {

  static final AtomicInteger TABLES = new AtomicInteger();

  private static final Column NUMBER = new Column("n", ColumnType.of(Kind.INTEGER));
  private static final Column TEXT = new Column("t", ColumnType.text(50));
  private static final WriteLimits IMPATIENT =
      WriteLimits.USUAL.withLockWait(Duration.ofSeconds(1));

  abstract Site site();

  /// As this engine writes it in a statement.
  abstract String quoted(String name);

  /// The names of the indexes of a table, one in a row.
  abstract String selectIndexes(String table);

  /// The names of the tables that begin so.
  abstract String selectTables(String begin);

  /// A type for `internal_execution_id`.
  abstract String uuid();

  /// The longest name of a table.
  abstract int longestName();

  @Test
  void theTableIsCreatedWithItsIndex() throws Exception {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    write(table, child, spool(List.of(NUMBER, TEXT), "1", "one", "2", null));
    assertThat(values("SELECT * FROM " + table.name()))
        .containsExactlyInAnyOrder(
            Arrays.asList(child.toString(), "1", "one"),
            Arrays.asList(child.toString(), "2", null));
    assertThat(values(selectIndexes(table.name()))).containsExactly(List.of(indexOf(table)));
  }

  String indexOf(RowTable table) throws TargetException {
    return "IX_" + table.name() + "_Internal_Execution_ID";
  }

  @Test
  void aSecondWriteReplacesTheFirstAndNobodyElses() throws Exception {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    write(table, other, spool(List.of(NUMBER), "7"));
    write(table, child, spool(List.of(NUMBER), "1", "2"));
    write(table, child, spool(List.of(NUMBER), "3"));
    assertThat(stored(table, child)).containsExactly(List.of("3"));
    assertThat(stored(table, other)).containsExactly(List.of("7"));
    write(table, child, spool(List.of(NUMBER)));
    assertThat(stored(table, child)).isEmpty();
  }

  /// More than are deleted and written by one statement.
  @Test
  void manyRowsAreReplaced() throws Exception {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    write(table, child, numbers(5_000));
    write(table, child, numbers(4_001));
    assertThat(values("SELECT COUNT(*) FROM " + table.name())).containsExactly(List.of("4001"));
  }

  @Test
  void aResultWithoutRowsCreatesTheTable() throws Exception {
    RowTable table = newTable();
    write(table, UUID.randomUUID(), spool(List.of(NUMBER)));
    assertThat(values("SELECT * FROM " + table.name())).isEmpty();
  }

  @Test
  void nothingIsWrittenOnceTheWorkIsSomebodyElses() throws Exception {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    try (RowStore store = open()) {
      TargetError error =
          errorOf(() ->
              store.replace(table, origin(child), spool(List.of(NUMBER), "1"), false, () -> false));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.CANCELED);
      assertThat(values(selectTables(table.name()))).isEmpty();
      store.replace(table, origin(child), spool(List.of(NUMBER), "1"), false, () -> true);
      errorOf(() ->
          store.replace(table, origin(child), spool(List.of(NUMBER), "2"), true, () -> false));
      assertThat(errorOf(() -> store.remove(table, child, () -> false)).kind())
          .isEqualTo(TargetError.Kind.CANCELED);
      assertThat(store.isUsable()).isTrue();
    }
    assertThat(stored(table, child)).containsExactly(List.of("1"));
  }

  @Test
  void aLockThatIsHeldIsATransientFailureInBoundedTime() throws Exception {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    write(table, UUID.randomUUID(), spool(List.of(NUMBER), "1"));
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        RowStore store = open(IMPATIENT)) {
      Future<?> holder =
          threads.submit(() -> {
            try (RowStore first = open()) {
              first.replace(
                  table, origin(child), spool(List.of(NUMBER), "1"), false, waiting(held, seen));
            }
            return true;
          });
      assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
      long start = System.nanoTime();
      TargetError error =
          errorOf(() ->
              store.replace(table, origin(child), spool(List.of(NUMBER), "2"), true, () -> true));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.LOCK);
      assertThat(error.transientFailure()).isTrue();
      assertThat(error.message()).contains("was not free within 1 s").contains(holderWord());
      seen.countDown();
      holder.get(20, TimeUnit.SECONDS);
      assertThat(store.isUsable()).isTrue();
      store.replace(table, origin(child), spool(List.of(NUMBER), "3"), true, () -> true);
    }
    assertThat(stored(table, child)).containsExactly(List.of("3"));
  }

  /// What a message says of a session that holds a lock.
  String holderWord() {
    return "It is held by session ";
  }

  private static BooleanSupplier waiting(CountDownLatch reached, CountDownLatch goOn) {
    return () -> {
      reached.countDown();
      try {
        return goOn.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /// While one child's transaction is open, after its rows were deleted and before the new ones are
  /// there, the others' are not kept waiting.
  @Test
  void writersOfOneTableDoNotWaitForEachOther() throws Exception {
    RowTable table = newTable();
    UUID slow = UUID.randomUUID();
    write(table, slow, numbers(10));
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          threads.submit(() -> {
            try (RowStore store = open()) {
              store.replace(table, origin(slow), numbers(20), true, waiting(held, goOn));
            }
            return true;
          });
      assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
      try (RowStore store = open(IMPATIENT)) {
        for (int i = 0; i < 5; i++) {
          UUID child = UUID.randomUUID();
          store.replace(table, origin(child), numbers(10), true, () -> true);
          store.replace(table, origin(child), numbers(20), true, () -> true);
        }
      }
      goOn.countDown();
      writer.get(20, TimeUnit.SECONDS);
    }
    assertThat(stored(table, slow)).hasSize(20);
  }

  @Test
  void twentyThreadsCreateAndWriteOneTable() throws Exception {
    RowTable table = newTable();
    List<UUID> children = new ArrayList<>();
    List<Callable<Boolean>> writes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      UUID child = UUID.randomUUID();
      children.add(child);
      String number = String.valueOf(i);
      writes.add(() -> {
        try (RowStore store = open()) {
          store.replace(
              table, origin(child), spool(List.of(NUMBER), number, number), false, () -> true);
          store.replace(
              table, origin(child), spool(List.of(NUMBER), number, number), true, () -> true);
        }
        return true;
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> written : threads.invokeAll(writes)) {
        assertThat(written.get()).isTrue();
      }
    }
    for (int i = 0; i < 20; i++) {
      String number = String.valueOf(i);
      assertThat(stored(table, children.get(i))).containsExactly(List.of(number), List.of(number));
    }
    assertThat(values(selectIndexes(table.name()))).hasSize(1);
  }

  @Test
  void fourConnectionsWriteHundredsOfChildrenOverAndOver() throws Exception {
    RowTable table = newTable();
    write(table, UUID.randomUUID(), spool(List.of(NUMBER, TEXT)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writers.add(() -> {
          try (RowStore store = open()) {
            for (int child = 0; child < 50; child++) {
              UUID id = UUID.randomUUID();
              RowSpool rows = spool(List.of(NUMBER, TEXT), "1", "one", "2", "two", "3", null);
              store.replace(table, origin(id), rows, false, () -> true);
              store.replace(table, origin(id), rows, true, () -> true);
            }
          }
          return true;
        });
      }
      for (Future<Boolean> writer : threads.invokeAll(writers)) {
        assertThat(writer.get()).isTrue();
      }
    }
    assertThat(values("SELECT COUNT(*) FROM " + table.name())).containsExactly(List.of("600"));
  }

  @Test
  void aWriterThatIsCutOffInTheMiddleLeavesWhatWasThere() throws Exception {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    write(table, child, spool(List.of(NUMBER), "1"));
    RowSpool many = numbers(500_000);
    try (RowStore store = open()) {
      TargetError error =
          errorOf(() ->
              store.replace(
                  table,
                  origin(child),
                  many,
                  true,
                  () -> {
                    Thread.ofVirtual()
                        .start(() -> {
                          sleep(100);
                          store.abort();
                        });
                    return true;
                  }));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.CANCELED);
      assertThat(store.isUsable()).isFalse();
    }
    assertThat(stored(table, child)).containsExactly(List.of("1"));
    write(table, child, spool(List.of(NUMBER), "2"));
    assertThat(stored(table, child)).containsExactly(List.of("2"));
  }

  /// Its node may be paused, or cut off from the server without a word.
  @Test
  void aWriterThatFallsSilentLosesItsTransactionAndItsLock() throws Exception {
    assumeThat(endsSilentSessions()).isTrue();
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    write(table, child, spool(List.of(NUMBER), "1"));
    WriteLimits shortSilence = WriteLimits.USUAL.withSilence(Duration.ofSeconds(1));
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        RowStore silent = open(shortSilence);
        RowStore next = open()) {
      Future<TargetError> failure =
          threads.submit(() ->
              errorOf(() ->
                  silent.replace(
                      table,
                      origin(child),
                      spool(List.of(NUMBER), "2"),
                      true,
                      waiting(held, goOn))));
      assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
      next.replace(table, origin(child), spool(List.of(NUMBER), "3"), true, () -> true);
      goOn.countDown();
      assertThat(failure.get(20, TimeUnit.SECONDS).transientFailure()).isTrue();
      assertThat(silent.isUsable()).isFalse();
    }
    assertThat(stored(table, child)).containsExactly(List.of("3"));
  }

  boolean endsSilentSessions() {
    return true;
  }

  /// Its node may be paused, and go on later.
  @Test
  void whetherAChildHasRowsIsKnownOnceItsWriterHasEnded() throws Exception {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        RowStore impatient = open(IMPATIENT);
        RowStore store = open()) {
      assertThat(store.contains(table, child, () -> true)).isFalse();
      write(table, UUID.randomUUID(), spool(List.of(NUMBER), "1"));
      assertThat(store.contains(table, child, () -> true)).isFalse();
      Future<?> writer =
          threads.submit(() -> {
            try (RowStore slow = open()) {
              RowSpool rows = spool(List.of(NUMBER), "2");
              slow.replace(table, origin(child), rows, false, waiting(held, goOn));
            }
            return true;
          });
      assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
      TargetError error = errorOf(() -> impatient.contains(table, child, () -> true));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.LOCK);
      Future<Boolean> asked = threads.submit(() -> store.contains(table, child, () -> true));
      goOn.countDown();
      writer.get(20, TimeUnit.SECONDS);
      assertThat(asked.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(errorOf(() -> store.contains(table, child, () -> false)).kind())
          .isEqualTo(TargetError.Kind.CANCELED);
      assertThat(store.isUsable()).isTrue();
    }
  }

  static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aColumnThatIsMissingIsNamed() throws Exception {
    RowTable table = existing("n " + integer());
    TargetError error = failure(table, spool(List.of(NUMBER, TEXT), "1", "one"));
    assertThat(error.message())
        .contains("has no column 't'", destinationType(TEXT.type()), table.name());
    assertStatementThatDoesNotPass(error);
  }

  abstract String integer();

  abstract String destinationType(ColumnType type);

  @Test
  void aColumnThatIsMissingIsAddedWhenTheJobSaysSo() throws Exception {
    RowTable table = adding(existing("n " + integer()));
    UUID child = UUID.randomUUID();
    write(table, child, spool(List.of(NUMBER, TEXT), "1", "one"));
    assertThat(stored(table, child)).containsExactly(List.of("1", "one"));
    assertThat(values(selectIndexes(table.name()))).isEmpty();
  }

  @Test
  void aTableWithoutTheExecutionsIdSaysSoOrGetsIt() throws Exception {
    RowTable table = newTable();
    site().run("CREATE TABLE %s (n %s)".formatted(table.name(), integer()));
    assertThat(failure(table, spool(List.of(NUMBER), "1")).message())
        .contains("has no column 'internal_execution_id'");
    UUID child = UUID.randomUUID();
    write(adding(table), child, spool(List.of(NUMBER), "1"));
    assertThat(stored(table, child)).containsExactly(List.of("1"));
    assertThat(values(selectIndexes(table.name()))).hasSize(1);
  }

  @Test
  void aColumnThatTheResultLacksIsNamedUnlessItMayBeEmpty() throws Exception {
    RowTable table = existing("n " + integer(), "extra " + integer() + " NULL");
    write(table, UUID.randomUUID(), spool(List.of(NUMBER), "1"));
    RowTable strict =
        existing(
            "n " + integer(),
            "d " + integer() + " DEFAULT 5 NOT NULL",
            "must " + integer() + " NOT NULL");
    assertThat(failure(strict, spool(List.of(NUMBER), "1")).message())
        .contains("column 'must'", "may not be NULL");
  }

  @Test
  void aTypeOfAnotherFamilyIsNamedWithBothTypes() throws Exception {
    RowTable table = existing("t " + integer());
    TargetError error = failure(table, spool(List.of(TEXT), "1"));
    assertThat(error.message()).contains("column 't'", integer(), destinationType(TEXT.type()));
    assertStatementThatDoesNotPass(error);
  }

  @Test
  void aValueThatANarrowerColumnCannotHoldIsRefusedWithTheColumnsName() throws Exception {
    RowTable table = existing("n " + integer(), "t varchar(3)", "d decimal(5,2)");
    Column wide = new Column("n", ColumnType.of(Kind.BIGINT));
    Column decimal = new Column("d", ColumnType.decimal(10, 4));
    List<Column> columns = List.of(wide, TEXT, decimal);
    UUID child = UUID.randomUUID();
    write(table, child, spool(columns, "2147483647", "abc", "123.4500"));
    assertThat(stored(table, child)).containsExactly(List.of("2147483647", "abc", "123.45"));
    assertNames("n", failure(table, spool(columns, "2147483648", "abc", "1")));
    assertNames("t", failure(table, spool(columns, "1", "abcd", "1")));
    assertNames("d", failure(table, spool(columns, "1", "abc", "1.2345")));
    assertNames("d", failure(table, spool(columns, "1", "abc", "12345")));
  }

  /// Servers round without a word, and a time perhaps into another day.
  @Test
  void nothingIsRounded() throws Exception {
    RowTable table =
        existing(
            "n " + integer(),
            "ts " + destinationType(ColumnType.time(Kind.TIMESTAMP, 0)),
            "tm " + destinationType(ColumnType.time(Kind.TIME, 0)),
            "z " + destinationType(ColumnType.time(Kind.TIMESTAMP_WITH_ZONE, 0)));
    List<Column> columns =
        List.of(
            new Column("n", ColumnType.decimal(10, 2)),
            new Column("ts", ColumnType.time(Kind.TIMESTAMP, 6)),
            new Column("tm", ColumnType.time(Kind.TIME, 6)),
            new Column("z", ColumnType.time(Kind.TIMESTAMP_WITH_ZONE, 6)));
    String[] whole = {"5.00", "2026-12-31 23:59:59", "23:59:59", "2026-12-31 23:59:59+00:00"};
    String[] finer = {"5.50", "2026-12-31 23:59:59.6", "23:59:59.6", "2026-12-31 23:59:59.6+00:00"};
    UUID child = UUID.randomUUID();
    write(table, child, spool(columns, whole));
    assertThat(stored(table, child).getFirst().subList(0, 3))
        .containsExactly("5", "2026-12-31 23:59:59", "23:59:59");
    for (int i = 0; i < whole.length; i++) {
      String[] one = whole.clone();
      one[i] = finer[i];
      assertNames(columns.get(i).name(), failure(table, spool(columns, one)));
    }
  }

  @Test
  void aDoubleThatIsNoFloatIsRefusedByAColumnOfFloats() throws Exception {
    RowTable table = existing("r " + single());
    List<Column> columns = List.of(new Column("r", ColumnType.of(Kind.DOUBLE)));
    UUID child = UUID.randomUUID();
    write(table, child, spool(columns, "0.5"));
    assertThat(stored(table, child)).containsExactly(List.of("0.5"));
    assertNames("r", failure(table, spool(columns, "0.1")));
  }

  /// A type for floats of 32 bits.
  String single() {
    return "real";
  }

  private static void assertNames(String column, TargetError error) {
    assertThat(error.message()).containsPattern("\\bcolumn ['`\"]?(\\S+`\\.`)?" + column + "\\b");
    assertThat(error.transientFailure()).isFalse();
  }

  private static void assertStatementThatDoesNotPass(TargetError error) {
    assertThat(error.kind()).isEqualTo(TargetError.Kind.STATEMENT);
    assertThat(error.transientFailure()).isFalse();
  }

  @Test
  void namesAreNothingButNames() throws Exception {
    for (String name :
        List.of(
            "it's \"quoted\"",
            "[brackets]",
            "a`b",
            "x]; drop table y; --",
            "x\"; drop table y; --",
            "semi;colon",
            "таблица",
            "perc%ent ?")) {
      if (!allows(name)) {
        continue;
      }
      RowTable table = new RowTable(null, name + TABLES.incrementAndGet(), false, false);
      UUID child = UUID.randomUUID();
      List<Column> columns =
          List.of(
              new Column(name, ColumnType.of(Kind.INTEGER)),
              new Column(name + "2", ColumnType.text(null)));
      write(table, child, spool(columns, "1", "one"));
      write(table, child, spool(columns, "2", name));
      RowSpool stored = site().stored(table, child);
      assertThat(stored.columns()).extracting(Column::name).containsExactly(name, name + "2");
      assertThat(Site.values(stored)).containsExactly(List.of("2", name));
      try (RowStore store = open()) {
        store.remove(table, child, () -> true);
      }
      assertThat(stored(table, child)).isEmpty();
    }
  }

  /// Whether the server understands such a name in its own quotes.
  boolean allows(String name) {
    return true;
  }

  @Test
  void longNamesAreCutAndStayDifferent() throws Exception {
    assumeThat(allows("x".repeat(longestName()))).isTrue();
    String longName = "n".repeat(longestName());
    RowTable table =
        new RowTable(
            null, "t".repeat(longestName() - 5) + newTable().name().substring(0, 5), false, false);
    UUID child = UUID.randomUUID();
    List<Column> columns =
        List.of(
            new Column(longName + "a", ColumnType.of(Kind.INTEGER)),
            new Column(longName + "b", ColumnType.of(Kind.INTEGER)));
    write(table, child, spool(columns, "1", "2"));
    write(table, child, spool(columns, "3", "4"));
    assertThat(stored(table, child)).containsExactly(List.of("3", "4"));
    RowTable tooLong = new RowTable(null, "t".repeat(longestName() + 1), false, false);
    assertThat(failure(tooLong, spool(List.of(NUMBER), "1")).message()).contains("ttt");
  }

  @Test
  void columnsAreFoundAsTheServerFindsThem() throws Exception {
    RowTable table = existing("total " + integer());
    UUID child = UUID.randomUUID();
    write(table, child, spool(List.of(new Column("Total", ColumnType.of(Kind.INTEGER))), "1"));
    assertThat(stored(table, child)).containsExactly(List.of("1"));
  }

  @Test
  void aResultMayNotHaveTheNamesOfEdjsOwnColumns() throws Exception {
    Column own = new Column("Internal_Execution_Id", ColumnType.text(null));
    assertThat(failure(newTable(), spool(List.of(own), "1")).message())
        .contains("'Internal_Execution_Id'", "another name");
    Column server = new Column("source_server", ColumnType.text(null));
    write(newTable(), UUID.randomUUID(), spool(List.of(server), "1"));
    RowTable telling = new RowTable(null, newTable().name(), false, true);
    assertThat(failure(telling, spool(List.of(server), "1")).message()).contains("'source_server'");
  }

  @Test
  void theSourceIsToldOnRequest() throws Exception {
    RowTable table = new RowTable(null, newTable().name(), false, true);
    UUID child = UUID.randomUUID();
    write(table, child, spool(List.of(NUMBER), "1"));
    List<@Nullable String> row = values("SELECT * FROM " + table.name()).getFirst();
    assertThat(row.subList(0, 3))
        .containsExactly(child.toString(), site().name(), site().settings().database());
    assertThat(row.get(3)).startsWith("20");
    assertThat(row.get(4)).isEqualTo("1");
    assertThat(stored(table, child)).containsExactly(List.of("1"));
  }

  @Test
  void aTableThatChangesIsLookedAtAgain() throws Exception {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    try (RowStore store = open()) {
      store.replace(
          table, origin(child), spool(List.of(NUMBER, TEXT), "1", "a"), false, () -> true);
      site().run("DROP TABLE " + table.name());
      store.replace(table, origin(child), spool(List.of(NUMBER, TEXT), "2", "b"), true, () -> true);
      assertThat(stored(table, child)).containsExactly(List.of("2", "b"));
      site().run("ALTER TABLE %s DROP COLUMN t".formatted(table.name()));
      TargetError error =
          errorOf(() ->
              store.replace(
                  table, origin(child), spool(List.of(NUMBER, TEXT), "3", "c"), true, () -> true));
      assertThat(error.message()).contains("no column 't'");
      assertThat(stored(table, child)).containsExactly(List.of("2"));
      store.replace(table, origin(child), spool(List.of(NUMBER), "4"), true, () -> true);
    }
    assertThat(stored(table, child)).containsExactly(List.of("4"));
  }

  @Test
  void rowsAreReadChildByChild() throws Exception {
    RowTable table = newTable();
    List<UUID> children = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    write(table, children.get(0), numbers(3));
    write(table, children.get(2), numbers(2_500));
    List<String> read = new ArrayList<>();
    try (RowStore store = open()) {
      store.read(
          table,
          children,
          (id, rows) -> {
            RowSpool spool = Site.spool(rows);
            read.add(
                children.indexOf(id)
                    + ":"
                    + spool.count()
                    + ":"
                    + spool.columns().getFirst().name());
          });
      assertThat(store.isUsable()).isTrue();
      store.read(new RowTable(null, "not_there", false, false), children, (_, _) -> read.add("?"));
    }
    assertThat(read).containsExactly("0:3:n", "1:0:n", "2:2500:n");
  }

  @Test
  void aReaderMayStopEarlyAndTheStoreGoesOn() throws Exception {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    write(table, child, numbers(5_000));
    try (RowStore store = open()) {
      UncheckedIOException failure =
          catchThrowableOfType(
              UncheckedIOException.class,
              () ->
                  store.read(
                      table,
                      List.of(child),
                      (_, rows) -> {
                        rows.next();
                        throw new IOException("full");
                      }));
      assertThat(failure).hasMessageContaining("full");
      store.replace(table, origin(child), numbers(1), true, () -> true);
    }
    assertThat(stored(table, child)).hasSize(1);
  }

  @Test
  void aChildsRowsAreRemoved() throws Exception {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    try (RowStore store = open()) {
      store.remove(table, child, () -> true);
      store.replace(table, origin(child), numbers(3), false, () -> true);
      store.replace(table, origin(other), numbers(3), false, () -> true);
      store.remove(table, child, () -> true);
    }
    assertThat(stored(table, child)).isEmpty();
    assertThat(stored(table, other)).hasSize(3);
  }

  @Test
  void longValuesComeThroughWhole() throws Exception {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    String text = "Zoë's 🦆\t\\N\r\n'\"\\".repeat(250_000);
    byte[] binary = new byte[5_000_000];
    for (int i = 0; i < binary.length; i++) {
      binary[i] = (byte) ((i * 31) >> 3);
    }
    List<Column> columns =
        List.of(
            new Column("a", ColumnType.text(null)),
            new Column("b", ColumnType.binary(null)),
            NUMBER);
    RowSpool rows = new RowSpool(columns, Site.spools());
    for (String number : List.of("1", "2")) {
      rows.add(new TestRow(columns, List.of(bytes(text), binary, bytes(number))));
    }
    write(table, child, rows);
    assertThat(digest(site().stored(table, child))).isEqualTo(digest(rows));
  }

  @Test
  void everyKindOfValueAndNullComesThrough() throws Exception {
    List<Column> columns = new ArrayList<>();
    List<byte @Nullable []> values = new ArrayList<>();
    List<byte @Nullable []> nulls = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (kind != Kind.TIMESTAMP_WITH_ZONE) { // MySQL has none, see below
        ColumnType type = kind == Kind.DECIMAL ? ColumnType.decimal(38, 10) : ColumnType.of(kind);
        columns.add(new Column("c_" + kind.name().toLowerCase(Locale.ROOT), type));
        values.add(sample(kind));
        nulls.add(null);
      }
    }
    RowSpool rows = new RowSpool(columns, Site.spools());
    rows.add(new TestRow(columns, values));
    rows.add(new TestRow(columns, nulls));
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    write(table, child, rows);
    assertThat(digest(site().stored(table, child))).isEqualTo(digest(rows));
  }

  private static byte[] sample(Kind kind) {
    return switch (kind) {
      case BOOLEAN -> bytes("true");
      case SMALLINT -> bytes("-32768");
      case INTEGER -> bytes("2147483647");
      case BIGINT -> bytes("-9223372036854775808");
      case DECIMAL -> bytes("-1234567890123456789012345678.0123456789");
      case REAL -> bytes("0.1");
      case DOUBLE -> bytes("1.7976931348623157E308");
      case TEXT -> bytes("");
      case BINARY -> new byte[] {0, 1, '\\', '\'', (byte) 0xFF, '\n', '\t'};
      case DATE -> bytes("0001-01-01");
      case TIME -> bytes("23:59:59.999999");
      case TIMESTAMP -> bytes("9999-12-31 23:59:59.999999");
      case TIMESTAMP_WITH_ZONE -> bytes("2026-11-22 13:05:00.25+01:00");
      case UUID -> bytes("00112233-4455-6677-8899-aabbccddeeff");
      case JSON -> bytes("{\"a\": 1}");
      case XML -> bytes("<a>1</a>");
    };
  }

  @Test
  void anyNumberOfTextsHasRoomInARow() throws Exception {
    List<Column> columns = new ArrayList<>();
    String[] values = new String[120];
    for (int i = 0; i < values.length; i++) {
      columns.add(new Column("c" + i, ColumnType.text(255)));
      values[i] = "value " + i;
    }
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    write(table, child, spool(columns, values));
    assertThat(stored(table, child)).containsExactly(List.of(values));
  }

  @Test
  void aStoreThatWasRefusedSomethingCanBeUsedAgain() throws Exception {
    RowTable table = existing("n " + integer(), "t varchar(3)");
    UUID child = UUID.randomUUID();
    try (RowStore store = open()) {
      errorOf(() ->
          store.replace(
              table,
              origin(child),
              spool(List.of(NUMBER, TEXT), "1", "long text"),
              false,
              () -> true));
      assertThat(store.isUsable()).isTrue();
      store.replace(
          table, origin(child), spool(List.of(NUMBER, TEXT), "1", "abc"), true, () -> true);
    }
    assertThat(stored(table, child)).containsExactly(List.of("1", "abc"));
  }

  // What tests say.

  final RowStore open() throws TargetException {
    return RowStore.open(site().settings());
  }

  final RowStore open(WriteLimits limits) throws TargetException {
    return JdbcRowStore.open(site().settings(), limits);
  }

  final RowOrigin origin(UUID child) {
    return site().origin(child);
  }

  static RowTable newTable() {
    return new RowTable(null, "results_" + TABLES.incrementAndGet(), false, false);
  }

  private static RowTable adding(RowTable table) {
    return new RowTable(table.schema(), table.name(), true, table.tellsSource());
  }

  /// A table that somebody else made, with the column of the execution's id.
  final RowTable existing(String... columns) throws TargetException {
    RowTable table = newTable();
    site()
        .run(
            "CREATE TABLE %s (internal_execution_id %s, %s)"
                .formatted(table.name(), uuid(), String.join(", ", columns)));
    return table;
  }

  final void write(RowTable table, UUID child, RowSpool rows) throws TargetException, IOException {
    try (RowStore store = open()) {
      store.replace(table, origin(child), rows, true, () -> true);
    }
  }

  final TargetError failure(RowTable table, RowSpool rows) throws TargetException {
    try (RowStore store = open()) {
      return errorOf(
          () -> store.replace(table, origin(UUID.randomUUID()), rows, false, () -> true));
    }
  }

  interface Failing {
    void run() throws TargetException, IOException;
  }

  static TargetError errorOf(Failing call) {
    TargetException failure = catchThrowableOfType(TargetException.class, call::run);
    assertThat(failure).as("the failure").isNotNull();
    return requireNonNull(failure).error();
  }

  final List<List<@Nullable String>> stored(RowTable table, UUID child) throws TargetException {
    return Site.values(site().stored(table, child));
  }

  final List<List<@Nullable String>> values(String query) throws TargetException {
    return site().values(query);
  }

  static RowSpool numbers(int count) throws IOException {
    RowSpool spool = new RowSpool(List.of(NUMBER), Site.spools());
    for (int i = 0; i < count; i++) {
      spool.add(new TestRow(List.of(NUMBER), List.of(bytes(String.valueOf(i)))));
    }
    return spool;
  }

  /// @param values as many rows as there are values for
  static RowSpool spool(List<Column> columns, @Nullable String... values) throws IOException {
    RowSpool spool = new RowSpool(columns, Site.spools());
    for (int i = 0; i < values.length; i += columns.size()) {
      List<byte @Nullable []> row = new ArrayList<>();
      for (String value : Arrays.asList(values).subList(i, i + columns.size())) {
        row.add(value == null ? null : bytes(value));
      }
      spool.add(new TestRow(columns, row));
    }
    return spool;
  }

  static byte[] digest(RowSpool spool) throws IOException {
    RowDigest digest = new RowDigest(spool.columns());
    RowCursor<IOException> rows = spool.read();
    while (rows.next()) {
      digest.add(rows);
    }
    return digest.value();
  }
}
