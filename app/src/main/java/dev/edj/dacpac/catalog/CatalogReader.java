package dev.edj.dacpac.catalog;

import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.DatabaseObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Reads all that a deployment has to know of a live database.
public final class CatalogReader {

  /// How often a database may be found changed before it is given up.
  private static final int READS = 4;

  private CatalogReader() {}

  /// Reads a database, with a number of round trips that does not depend on what is in it. The
  /// catalog knows no snapshots: SQL Server keeps no versions of it, and each statement sees what
  /// is there while it runs. So everything is read twice. Where both say the same, nothing that the
  /// first began with had changed before the second was through with it, and in between all of it
  /// was there at the same time.
  ///
  /// @throws java.sql.SQLNonTransientException when the catalog hides something from the login, or
  ///   the server is none whose catalog this library knows
  /// @throws SQLTransientException when the database does not stop changing
  public static Database read(Connection connection) throws SQLException {
    Query query = new Query(connection);
    SystemViews views = SystemViews.ask(query);
    Server server = Server.ask(query, views);
    server.requireReadable();
    Database before = readOnce(query, views, server);
    for (int read = 1; read < READS; read++) {
      Database after = readOnce(query, views, server);
      if (isSame(before, after)) {
        return after;
      }
      before = after;
    }
    throw new SQLTransientException(
        "the database changed each time while its catalog was read; try again later");
  }

  private static boolean isSame(Database one, Database other) {
    return one.renamesDone().equals(other.renamesDone())
        && new HashSet<>(one.objects()).equals(new HashSet<>(other.objects()));
  }

  private static Database readOnce(Query query, SystemViews views, Server server)
      throws SQLException {
    Scope scope = Scope.read(query, views, server);
    return new Database(server.collation(), server.caseSensitive(), objects(scope), renames(scope));
  }

  private static List<DatabaseObject> objects(Scope scope) throws SQLException {
    Security security = Security.read(scope);
    List<DatabaseObject> objects = new ArrayList<>(security.objects());
    objects.addAll(security.readMembers(scope.query()));
    objects.addAll(new Permissions(scope, security).read());
    objects.addAll(scope.types().aliases());
    addTables(scope, objects);
    objects.addAll(Sequences.read(scope));
    objects.addAll(Synonyms.read(scope));
    objects.addAll(Modules.read(scope));
    objects.addAll(new Properties(scope, security).read());
    objects.addAll(Peculiarities.read(scope));
    objects.addAll(OtherThings.read(scope));
    return objects;
  }

  private static void addTables(Scope scope, List<DatabaseObject> objects) throws SQLException {
    Indexes indexes = Indexes.read(scope);
    List<Owned> constraints =
        Stream.of(indexes.keys(), Constraints.readChecks(scope), Constraints.readDefaults(scope))
            .flatMap(List::stream)
            .toList();
    Tables tables = new Tables(scope);
    objects.addAll(tables.tables());
    objects.addAll(tables.tableTypes(constraints));
    objects.addAll(indexes.others());
    constraints.stream()
        .filter(owned -> !owned.owner().isTableType())
        .map(Owned::constraint)
        .forEach(objects::add);
    objects.addAll(Constraints.readForeignKeys(scope));
  }

  private static final String RENAMES =
      """
      SELECT r.OperationKey
      FROM dbo.__RefactorLog r
      """;

  private static Set<UUID> renames(Scope scope) throws SQLException {
    return scope.server().refactorLog()
        ? Set.copyOf(scope.query().rows(RENAMES, row -> UUID.fromString(row.text("OperationKey"))))
        : Set.of();
  }
}
