package dev.edj.controldb;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.testing.TestControlDatabase;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.util.Throwables;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the failure of a statement says gets into logs, so it has no values.
class FailedStatementTest {

  private TestControlDatabase database;
  private Jdbi jdbi;

  @BeforeEach
  void openControlDatabase() {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
  }

  @AfterEach
  void closeControlDatabase() {
    database.close();
  }

  @Test
  void itsTextHasTheStatementAndNoValues() {
    assertThatThrownBy(() ->
            jdbi.useHandle(handle ->
                handle
                    .createUpdate("INSERT INTO no_such_table VALUES (:hash)")
                    .bind("hash", "b0und-value")
                    .execute()))
        .hasMessageContaining("INSERT INTO no_such_table")
        .hasMessageContaining("does not exist")
        .hasMessageNotContaining("b0und-value")
        .hasStackTraceContaining("PSQLException");
  }

  @Test
  void theRowThatAConstraintRefusesIsNotRepeated() {
    assertThatThrownBy(() ->
            jdbi.useHandle(handle -> {
              handle.execute("CREATE TEMPORARY TABLE kept (name text NOT NULL, hash text)");
              PreparedBatch batch = handle.prepareBatch("INSERT INTO kept VALUES (:name, :hash)");
              batch.bind("name", "first").bind("hash", "0ther-value").add();
              batch.bind("name", (String) null).bind("hash", "b0und-value").add();
              batch.execute();
            }))
        .hasStackTraceContaining("violates not-null constraint")
        .extracting(Throwables::getStackTrace, as(InstanceOfAssertFactories.STRING))
        .doesNotContain("b0und-value", "0ther-value");
  }
}
