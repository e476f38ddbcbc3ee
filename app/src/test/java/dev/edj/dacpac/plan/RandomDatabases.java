package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.file.RefactorOperation;
import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DataType;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.IndexOptions;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Role;
import dev.edj.dacpac.model.RoleMember;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.Sequence;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Synonym;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.TableType;
import dev.edj.dacpac.model.User;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Databases by chance: two of them made with the same random numbers have most of their names in
/// common, and differ in everything else now and then.
final class RandomDatabases {

  private static final List<DataType> NUMBERS =
      List.of(
          DataType.builtIn("int", null, null, null),
          DataType.builtIn("bigint", null, null, null),
          DataType.builtIn("decimal", null, 18, 2));
  private static final List<DataType> TEXTS =
      List.of(
          DataType.builtIn("nvarchar", 20, null, null),
          DataType.builtIn("nvarchar", 40, null, null),
          DataType.builtIn("varchar", DataType.MAX, null, null));

  private final Random random;
  private final Map<String, DatabaseObject> objects = new LinkedHashMap<>();

  RandomDatabases(long seed) {
    this.random = new Random(seed);
  }

  Database database() {
    objects.clear();
    for (int i = 0; i < 2; i++) {
      if (chance(80)) {
        put(new Schema(ObjectName.of("s" + i), "dbo"));
      }
      if (chance(60)) {
        put(new Role(ObjectName.of("r" + i), "dbo"));
      }
      if (chance(60)) {
        put(
            new User(
                ObjectName.of("u" + i),
                User.Origin.WITHOUT_LOGIN,
                null,
                chance(50) ? "dbo" : "s0"));
      }
    }
    if (has("r0") && has("u0") && chance(70)) {
      put(new RoleMember("r0", "u0"));
    }
    types();
    functions();
    for (int i = 0; i < 5; i++) {
      if (chance(85)) {
        table(i);
      }
    }
    foreignKeys();
    views();
    modules();
    extras();
    return new Database("Latin1_General_CI_AS", false, List.copyOf(objects.values()), Set.of());
  }

  /// A log that renames some columns of a database and then some of its tables.
  List<RefactorOperation> renames(Database database) {
    List<RefactorOperation> log = new ArrayList<>();
    for (Table table : database.objects(Table.class)) {
      for (Column column : table.columns()) {
        if (column instanceof Column.Simple && chance(15)) {
          log.add(
              rename(table.name().child(column.name()), "SqlSimpleColumn", "n_" + column.name()));
        }
      }
    }
    for (Table table : database.objects(Table.class)) {
      if (chance(15)) {
        log.add(rename(table.name(), "SqlTable", "n_" + table.name().last()));
      }
    }
    return log;
  }

  private RefactorOperation rename(ObjectName name, String type, String newName) {
    return new RefactorOperation(
        new UUID(random.nextLong(), random.nextLong()),
        name,
        type,
        new RefactorOperation.Rename(newName));
  }

  private void types() {
    if (chance(50)) {
      put(new AliasType(ObjectName.of("dbo", "Money"), any(NUMBERS), chance(50)));
    }
    if (chance(60)) {
      ObjectName name = ObjectName.of("dbo", "Rows");
      put(new TableType(name, List.of(simple("a"), simple("b")), List.of()));
    }
    if (chance(50)) {
      put(
          new Sequence(
              ObjectName.of("dbo", "Numbers"),
              DataType.builtIn("int", null, null, null),
              BigDecimal.ONE,
              BigDecimal.valueOf(1 + random.nextInt(2)),
              null,
              null,
              chance(50),
              null));
    }
    if (chance(40)) {
      put(
          new Synonym(
              ObjectName.of("dbo", "Elsewhere"),
              ObjectName.of("other", "dbo", "T" + random.nextInt(2))));
    }
  }

  private void functions() {
    if (chance(70)) {
      put(
          module(
              ObjectName.of("dbo", "fn"),
              ObjectType.SCALAR_FUNCTION,
              "CREATE FUNCTION dbo.fn() RETURNS int WITH SCHEMABINDING AS BEGIN RETURN %d END"
                  .formatted(random.nextInt(2)),
              true,
              null,
              Set.of()));
    }
  }

  private void table(int number) {
    String schema = number % 2 == 0 || !has("s" + number % 4 / 2) ? "dbo" : "s" + number % 4 / 2;
    ObjectName name = ObjectName.of(schema, "T" + number);
    List<Column> columns = new ArrayList<>();
    columns.add(
        new Column.Simple(
            "id",
            DataType.builtIn("int", null, null, null),
            false,
            chance(30) ? new Column.Identity(BigDecimal.ONE, BigDecimal.ONE, false) : null,
            false,
            false,
            null,
            null));
    for (int i = 0; i < 5; i++) {
      if (chance(70)) {
        columns.add(simple("c" + i));
      }
    }
    if (chance(10)) {
      columns.add(random.nextInt(columns.size()), simple("late"));
    }
    if (columns.size() > 1 && chance(30)) {
      String other = columns.getLast().name();
      columns.add(
          new Column.Computed(
              "computed",
              "[%s] + %d".formatted(other, random.nextInt(2)),
              false,
              true,
              Set.of(name.child(other))));
    }
    Table table = new Table(name, columns, true);
    put(table);
    keys(table);
    constraints(table);
    indexes(table);
  }

  private Column.Simple simple(String name) {
    return new Column.Simple(
        name,
        any(name.hashCode() % 2 == 0 ? NUMBERS : TEXTS),
        chance(60),
        null,
        false,
        false,
        null,
        null);
  }

  private void keys(Table table) {
    if (chance(80)) {
      boolean named = chance(70);
      put(
          new KeyConstraint(
              named ? sibling(table, "PK_") : null,
              !named,
              ObjectType.PRIMARY_KEY,
              table.name(),
              chance(80),
              List.of(new KeyColumn("id", chance(80))),
              IndexOptions.DEFAULT));
    }
    column(table)
        .filter(column -> chance(40))
        .ifPresent(column ->
            put(
                new KeyConstraint(
                    sibling(table, "UQ_"),
                    false,
                    ObjectType.UNIQUE,
                    table.name(),
                    false,
                    List.of(new KeyColumn(column, true)),
                    IndexOptions.DEFAULT)));
  }

  private void constraints(Table table) {
    for (Column column : table.columns()) {
      if (column instanceof Column.Simple simple && simple.identity() == null && chance(25)) {
        boolean named = chance(60);
        boolean calls = has("[dbo].[fn]") && chance(30);
        put(
            new DefaultConstraint(
                named ? sibling(table, "DF_" + column.name() + "_") : null,
                !named,
                table.name(),
                column.name(),
                calls ? "dbo.fn()" : "(%d)".formatted(random.nextInt(2)),
                calls ? Set.of(table.name(), ObjectName.of("dbo", "fn")) : Set.of(table.name())));
      }
    }
    column(table)
        .filter(column -> chance(40))
        .ifPresent(column ->
            put(
                new CheckConstraint(
                    sibling(table, "CK_"),
                    false,
                    table.name(),
                    "[%s] <> %d".formatted(column, random.nextInt(2)),
                    false,
                    true,
                    true,
                    Set.of(table.name(), table.name().child(column)))));
  }

  private void indexes(Table table) {
    column(table).filter(column -> chance(50)).ifPresent(column -> index(table, column));
  }

  private void index(Table table, String column) {
    boolean filtered = chance(20);
    put(
        new Index(
            table.name().child("IX"),
            table.name(),
            chance(30),
            false,
            List.of(new KeyColumn(column, chance(70))),
            chance(30) ? List.of("id") : List.of(),
            filtered ? "[%s] IS NOT NULL".formatted(column) : null,
            IndexOptions.DEFAULT,
            filtered ? Set.of(table.name().child(column)) : Set.of()));
  }

  private void foreignKeys() {
    List<KeyConstraint> keys =
        objects.values().stream()
            .filter(KeyConstraint.class::isInstance)
            .map(KeyConstraint.class::cast)
            .toList();
    for (Table table : tables()) {
      if (!keys.isEmpty() && chance(60)) {
        KeyConstraint key = any(keys);
        column(table)
            .ifPresent(column ->
                put(
                    new ForeignKey(
                        sibling(table, "FK_"),
                        false,
                        table.name(),
                        List.of(column),
                        key.table(),
                        List.of(key.columns().getFirst().name()),
                        chance(70) ? ForeignKey.Action.NO_ACTION : ForeignKey.Action.CASCADE,
                        ForeignKey.Action.NO_ACTION,
                        false,
                        true,
                        true)));
      }
    }
  }

  private void views() {
    for (Table table : tables()) {
      if (chance(50)) {
        boolean bound = chance(50);
        ObjectName name = sibling(table, "V_");
        put(
            module(
                name,
                ObjectType.VIEW,
                "CREATE VIEW %s %s AS SELECT id, %d AS n FROM %s"
                    .formatted(
                        name, bound ? "WITH SCHEMABINDING" : "", random.nextInt(2), table.name()),
                bound,
                null,
                Set.of(table.name(), table.name().child("id"))));
        if (bound && chance(60)) {
          put(
              new Index(
                  name.child("IX"),
                  name,
                  true,
                  true,
                  List.of(new KeyColumn("id", true)),
                  List.of(),
                  null,
                  IndexOptions.DEFAULT,
                  Set.of()));
        }
        if (bound && chance(40)) {
          ObjectName above = sibling(table, "W_");
          put(
              module(
                  above,
                  ObjectType.VIEW,
                  "CREATE VIEW %s WITH SCHEMABINDING AS SELECT id FROM %s".formatted(above, name),
                  true,
                  null,
                  Set.of(name, name.child("id"))));
        }
      }
    }
  }

  private void modules() {
    for (Table table : tables()) {
      if (chance(30)) {
        ObjectName name = sibling(table, "TR_");
        put(
            module(
                name,
                ObjectType.TRIGGER,
                "CREATE TRIGGER %s ON %s AFTER INSERT AS PRINT '%d'"
                    .formatted(name, table.name(), random.nextInt(2)),
                false,
                table.name(),
                Set.of(table.name())));
      }
      if (chance(40)) {
        ObjectName name = sibling(table, "P_");
        boolean takesRows = has("[dbo].[Rows]") && chance(50);
        put(
            module(
                name,
                ObjectType.PROCEDURE,
                "CREATE PROCEDURE %s%s AS SELECT %d FROM %s"
                    .formatted(
                        name,
                        takesRows ? " @rows dbo.Rows READONLY" : "",
                        random.nextInt(2),
                        table.name()),
                false,
                null,
                takesRows
                    ? Set.of(table.name(), ObjectName.of("dbo", "Rows"))
                    : Set.of(table.name())));
      }
    }
  }

  private void extras() {
    for (DatabaseObject object : List.copyOf(objects.values())) {
      ObjectName name = object.name();
      if (name == null || name.parts().size() != 2) {
        continue;
      }
      boolean securable = object instanceof Table || object.type() == ObjectType.VIEW;
      if (securable && has("r1") && chance(30)) {
        put(
            new Permission(
                chance(70) ? Permission.State.GRANT : Permission.State.DENY,
                "SELECT",
                Permission.SecurableClass.OBJECT,
                name,
                null,
                "r1"));
      }
      if (object instanceof Table table && chance(30)) {
        Column column = any(table.columns());
        put(
            new ExtendedProperty(
                ExtendedProperty.HostType.TABLE_COLUMN,
                name.child(column.name()),
                "Description",
                "N'%d'".formatted(random.nextInt(2))));
      }
    }
  }

  private List<Table> tables() {
    return objects.values().stream()
        .filter(Table.class::isInstance)
        .map(Table.class::cast)
        .toList();
  }

  private Optional<String> column(Table table) {
    List<String> names =
        table.columns().stream()
            .filter(column -> column instanceof Column.Simple && !column.name().equals("id"))
            .map(Column::name)
            .toList();
    return names.isEmpty() ? Optional.empty() : Optional.of(any(names));
  }

  private static ObjectName sibling(Table table, String prefix) {
    return table.name().owner().child(prefix + table.name().last());
  }

  private static SqlModule module(
      ObjectName name,
      ObjectType type,
      String text,
      boolean schemaBound,
      @Nullable ObjectName parent,
      Set<ObjectName> references) {
    return new SqlModule(
        name, type, text, 0, true, true, schemaBound, parent, true, new HashSet<>(references));
  }

  private void put(DatabaseObject object) {
    objects.put(
        object.name() == null
            ? "unnamed " + objects.size()
            : object.type() == ObjectType.ROLE || object.type() == ObjectType.USER
                ? object.name().last()
                : object.name().parts().size() == 1
                    ? object.name().last()
                    : object.name().toString(),
        object);
  }

  private boolean has(String name) {
    return objects.containsKey(name);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
