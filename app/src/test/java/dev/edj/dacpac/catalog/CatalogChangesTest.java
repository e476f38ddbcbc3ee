package dev.edj.dacpac.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.dacpac.LiveDatabase;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.Table;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// A database that changes while its catalog is read, and how often it is asked. Needs a SQL
/// Server, as [CatalogReaderTest] does.
@EnabledIfEnvironmentVariable(
    named = "EDJ_TEST_SQLSERVER_URL",
    matches = ".+",
    disabledReason = "no SQL Server: set EDJ_TEST_SQLSERVER_URL, _USER and _PASSWORD")
class CatalogChangesTest {

  /// What is done before each statement of the reader.
  private interface Before {
    void statement(int number) throws SQLException;
  }

  private static @Nullable LiveDatabase live;

  @BeforeAll
  static void createDatabase() throws SQLException {
    live = LiveDatabase.create();
  }

  @AfterAll
  static void dropDatabase() throws SQLException {
    if (live != null) {
      live.close();
    }
  }

  /// The names of objects are read before their columns: what is made between the two has columns
  /// and no name.
  @Test
  void whatIsMadeMeanwhileIsReadWhole() throws SQLException {
    Database database =
        read(number -> {
          if (number == 5) {
            live().execute("CREATE TABLE dbo.late (id INT NOT NULL PRIMARY KEY)");
          }
        });
    ObjectName late = ObjectName.of("dbo", "late");
    assertThat(database.objects(Table.class)).extracting(Table::name).contains(late);
    assertThat(database.objects(KeyConstraint.class))
        .extracting(KeyConstraint::table)
        .contains(late);
  }

  @Test
  void aDatabaseThatDoesNotStopChangingIsGivenUp() {
    assertThatThrownBy(() ->
            read(number -> {
              if (number % 15 == 0) {
                live().execute("CREATE TABLE dbo.another" + number + " (id INT NOT NULL)");
              }
            }))
        .isInstanceOf(SQLTransientException.class);
  }

  @Test
  void theNumberOfStatementsIsFixed() throws SQLException {
    AtomicInteger statements = new AtomicInteger();
    read(number -> statements.incrementAndGet());
    assertThat(statements).hasValue(38);
  }

  private static Database read(Before before) throws SQLException {
    try (Connection connection = live().connect()) {
      return CatalogReader.read(watched(connection, before));
    }
  }

  private static Connection watched(Connection connection, Before before) {
    AtomicInteger number = new AtomicInteger();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("createStatement")) {
                before.statement(number.incrementAndGet());
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static LiveDatabase live() {
    return Objects.requireNonNull(live);
  }
}
