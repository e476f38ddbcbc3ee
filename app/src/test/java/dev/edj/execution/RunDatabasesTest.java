package dev.edj.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.edj.problem.EdjException;
import dev.edj.testing.TestControlDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The databases of one run, on two servers with ten each: db0 … db9.
class RunDatabasesTest {

  private static final String A = "postgresql://a";
  private static final String B = "postgresql://b";

  private TestControlDatabase database;
  private Jdbi jdbi;
  private RunDatabases databases;
  private UUID run;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
    databases = new RunDatabases(jdbi);
    Fleet fleet = new Fleet(jdbi);
    fleet.server(A, 100);
    fleet.server(B, 100);
    fleet.job("one", "Default execution policy");
    run = fleet.run("one", 10, A, B);
    fleet.run("one", 3, A);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void allAreListedInTheirOrderWithHowTheyStand() {
    fail(B, "db3", "no");

    assertThat(databases.all(run)).hasSize(20);
    assertThat(databases.all(run).getFirst())
        .isEqualTo(new RunDatabase(1, A, "db0", Lifecycle.Created));
    assertThat(databases.all(run).get(13))
        .isEqualTo(new RunDatabase(1, B, "db3", Lifecycle.Failed));
    assertThat(databases.byServer(run))
        .extracting(ServerCounts::server, server -> server.children())
        .containsExactly(
            tuple(A, new Counts(10, 0, 0, 0, 0, 0, 0, 0)),
            tuple(B, new Counts(9, 0, 0, 0, 1, 0, 0, 0)));
  }

  @Test
  void theyAreFoundByAPartOfTheirName() {
    assertThat(names(filter(null, null, "B3", null))).containsExactly("a/db3", "b/db3");
    assertThat(names(filter(null, B, "d*3", null))).containsExactly("b/db3");
    assertThat(names(filter(null, null, "d_3", null))).isEmpty();
    assertThat(names(filter(null, null, "%", null))).isEmpty();
  }

  @Test
  void theyAreFoundByAPartOfTheirError() {
    fail(A, "db1", "error 1: Login failed for user x");
    fail(B, "db2", "error 1: Login failed for user y");
    fail(B, "db4", "other");

    assertThat(names(filter(null, null, null, "login failed"))).containsExactly("a/db1", "b/db2");
    assertThat(names(filter(null, null, null, "error 1: * user y"))).containsExactly("b/db2");
    assertThat(names(filter(Lifecycle.TimedOut, null, null, "login"))).isEmpty();
    assertThat(names(filter(Lifecycle.Failed, null, "db4", null))).containsExactly("b/db4");
  }

  @Test
  void aPageGoesOnWhereTheOneBeforeEnded() {
    List<String> all = new ArrayList<>();
    UUID after = null;
    do {
      Page<JobExecution> page =
          databases.page(run, new DatabaseFilter(null, 1, null, "db", null, after, 7));
      page.items().forEach(item -> all.add(place(item)));
      after = page.next() == null ? null : UUID.fromString(page.next());
    } while (after != null);

    assertThat(all).hasSize(20).doesNotHaveDuplicates();
    assertThat(databases.page(run, new DatabaseFilter(null, 2, null, null, null, null, 7)).items())
        .isEmpty();
  }

  @Test
  void errorsAreGroupedWithTheMostFrequentFirst() {
    fail(A, "db1", "error 4060: Cannot open database \"db1\"");
    fail(A, "db2", "other");
    fail(B, "db2", "error 4060: Cannot open database \"db2\"");

    assertThat(databases.errors(run))
        .extracting(ErrorGroup::message, ErrorGroup::size)
        .containsExactly(tuple("error 4060: Cannot open database \"…\"", 2), tuple("other", 1));
  }

  @Test
  void fromOneFailedDatabaseTheNextAndTheLastAreFound() {
    UUID first = fail(A, "db8", "no");
    UUID second = fail(B, "db1", "no");
    UUID third = fail(B, "db5", "no");
    UUID between = databases.child(run, 1, B, "db3");

    assertThat(databases.failedAfter(first)).map(JobExecution::id).contains(second);
    assertThat(databases.failedAfter(between)).map(JobExecution::id).contains(third);
    assertThat(databases.failedAfter(third)).isEmpty();
    assertThat(databases.failedBefore(between)).map(JobExecution::id).contains(second);
    assertThat(databases.failedBefore(first)).isEmpty();
  }

  @Test
  void aDatabaseThatIsNoneOfTheRunIsSaidToBeMissing() {
    assertThatThrownBy(() -> databases.child(run, 1, A, "db10")).isInstanceOf(EdjException.class);
    assertThatThrownBy(() -> databases.page(run, filter(null, "postgresql://c", null, null)))
        .isInstanceOf(EdjException.class);
  }

  @Test
  void theScriptOfAChildIsTheOneThatItsRunPinned() {
    assertThat(databases.script(databases.child(run, 1, A, "db0"), 1_000)).contains("SELECT 1");
    assertThat(databases.waves(run)).isEmpty();
  }

  /// Nothing is read that is no child of the run, and nothing sorted but the page.
  @Test
  void pagesAreReadInTheOrderOfAnIndex() {
    String inOrder = "step_execution_id_server_id_database_name";
    assertThat(plan(RunDatabasesStore.RARE)).contains("child_execution_unsuccessful");
    assertThat(plan(RunDatabasesStore.NAMED)).contains(inOrder).doesNotContain("Seq Scan");
    assertThat(plan(RunDatabasesStore.WITH_ERROR)).contains(inOrder).doesNotContain("Seq Scan");
  }

  private String plan(String statement) {
    return jdbi.inTransaction(handle -> {
      handle.attach(PageStore.class).begin();
      return String.join(
          "\n",
          handle
              .createQuery("EXPLAIN " + statement)
              .bind("run", run)
              .bind("lifecycle", "Failed")
              .bindMethods(
                  new DatabaseCriteria(
                      null, null, new String[] {"Failed"}, "%x%", "%x%", 0, 0, "", 50))
              .mapTo(String.class)
              .list());
    });
  }

  private List<String> names(DatabaseFilter filter) {
    return databases.page(run, filter).items().stream().map(RunDatabasesTest::place).toList();
  }

  private static String place(JobExecution child) {
    return (A.equals(child.server()) ? "a/" : "b/") + child.database();
  }

  private static DatabaseFilter filter(
      @Nullable Lifecycle lifecycle,
      @Nullable String server,
      @Nullable String name,
      @Nullable String error) {
    return new DatabaseFilter(lifecycle, null, server, name, error, null, 100);
  }

  private UUID fail(String server, String name, String message) {
    UUID child = databases.child(run, 1, server, name);
    jdbi.useTransaction(handle -> {
      handle.execute(
          """
          INSERT INTO task_execution (execution_id, task_number, type, lifecycle, created_at, message)
          VALUES (?, 1, 'ScriptExecution', 'Failed', now(), ?)
          """,
          child,
          message);
      handle.execute(
          """
          UPDATE child_execution SET lifecycle = 'Failed', attempt = 1, started_at = now(), ended_at = now()
          WHERE execution_id = ?
          """,
          child);
    });
    return child;
  }
}
