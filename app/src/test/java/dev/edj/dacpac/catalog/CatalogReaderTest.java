package dev.edj.dacpac.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.edj.dacpac.LiveDatabase;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DataType;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ExtendedProperty.HostType;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Permission.SecurableClass;
import dev.edj.dacpac.model.Permission.State;
import dev.edj.dacpac.model.Role;
import dev.edj.dacpac.model.RoleMember;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.Sequence;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Synonym;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.TableType;
import dev.edj.dacpac.model.Unmodelled;
import dev.edj.dacpac.model.User;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Needs a SQL Server from 2017 on, as `SqlServerTest` does: one database with one of everything,
/// read once.
///
/// The tests hold SQL Server's documented behaviour. A statement that a stand-in refuses
/// ([LiveDatabase]) leaves out the test of what it makes; where it has something and says it
/// otherwise, a comment says how. All names are in lower case, since the stand-in makes them so.
@EnabledIfEnvironmentVariable(
    named = "EDJ_TEST_SQLSERVER_URL",
    matches = ".+",
    disabledReason = "no SQL Server: set EDJ_TEST_SQLSERVER_URL, _USER and _PASSWORD")
class CatalogReaderTest {

  private static final String RENAME = "6d3c2d1e-1f52-4c0b-9a51-1f64a6f4f0aa";

  /// Each in a batch of its own, in this order.
  private static final List<String> STATEMENTS =
      List.of(
          "CREATE ROLE reader",
          "CREATE SCHEMA sales AUTHORIZATION reader",
          "CREATE USER walker WITHOUT LOGIN WITH DEFAULT_SCHEMA = sales",
          "ALTER ROLE reader ADD MEMBER walker",
          "CREATE TYPE dbo.phone FROM NVARCHAR(20) NOT NULL",
          "CREATE TYPE dbo.lines AS TABLE "
              + "(id INT NOT NULL PRIMARY KEY, amount DECIMAL(9, 2) NULL, CHECK (id > 0))",
          """
          CREATE TABLE dbo.kinds (
            a_bigint BIGINT NOT NULL, a_numeric NUMERIC(9) NULL, a_decimal DECIMAL(18, 2) NULL,
            a_money MONEY NULL, a_bit BIT NULL, a_float FLOAT(30) NULL, a_real FLOAT(24) NULL,
            a_date DATE NULL, a_time TIME(0) NULL, a_datetime DATETIME NULL,
            a_datetime2 DATETIME2(3) NULL, a_datetimeoffset DATETIMEOFFSET NULL,
            a_char CHAR(4) NULL, a_varchar VARCHAR(MAX) NULL, a_nchar NCHAR(4) NULL,
            a_nvarchar NVARCHAR(50) NULL, a_ntext NTEXT NULL, a_binary BINARY(16) NULL,
            a_varbinary VARBINARY(MAX) NULL, a_uniqueidentifier UNIQUEIDENTIFIER NULL,
            a_variant SQL_VARIANT NULL, an_xml XML NULL, a_sysname SYSNAME NOT NULL,
            a_phone dbo.phone NOT NULL,
            an_exact VARCHAR(10) COLLATE Latin1_General_CS_AS NULL)
          """,
          "CREATE TABLE dbo.versions (id INT NOT NULL, version ROWVERSION)",
          "CREATE TABLE dbo.spatial (place GEOGRAPHY NULL, path HIERARCHYID NULL)",
          "CREATE TABLE dbo.special (id UNIQUEIDENTIFIER ROWGUIDCOL NOT NULL, "
              + "rare INT SPARSE NULL)",
          "CREATE TABLE dbo.masked (mail NVARCHAR(50) MASKED WITH (FUNCTION = 'email()') NULL)",
          """
          CREATE TABLE dbo.customers (
            id INT IDENTITY(5, 2) NOT NULL,
            code VARCHAR(10) NOT NULL,
            name NVARCHAR(50) NOT NULL CONSTRAINT df_customers_name DEFAULT N'nobody',
            since DATE NULL DEFAULT GETDATE(),
            amount DECIMAL(18, 2) NOT NULL,
            total AS (amount * 2) PERSISTED,
            CONSTRAINT pk_customers PRIMARY KEY CLUSTERED (id),
            CONSTRAINT uq_customers UNIQUE (code, name),
            CONSTRAINT ck_customers CHECK (amount > 0))
          """,
          """
          CREATE TABLE sales.orders (
            id INT NOT NULL PRIMARY KEY NONCLUSTERED,
            customer INT NULL,
            CONSTRAINT fk_orders FOREIGN KEY (customer) REFERENCES dbo.customers (id)
              ON DELETE SET NULL ON UPDATE CASCADE)
          """,
          "ALTER TABLE sales.orders NOCHECK CONSTRAINT fk_orders",
          "CREATE INDEX ix_customers ON dbo.customers (name, amount DESC) INCLUDE (code)",
          "CREATE UNIQUE INDEX ix_since ON dbo.customers (since) WHERE since IS NOT NULL",
          "CREATE VIEW dbo.names AS SELECT id, name FROM dbo.customers",
          "CREATE VIEW dbo.bound WITH SCHEMABINDING AS SELECT id, code FROM dbo.customers",
          "CREATE UNIQUE CLUSTERED INDEX ix_bound ON dbo.bound (id)",
          "-- CREATE is said below\nCREATE PROCEDURE dbo.show @lines dbo.lines READONLY AS "
              + "SELECT * FROM dbo.names",
          "CREATE OR ALTER PROCEDURE dbo.other AS EXECUTE show",
          "CREATE FUNCTION dbo.twice (@a INT) RETURNS INT AS BEGIN RETURN @a * 2 END",
          "CREATE FUNCTION dbo.one (@a INT) RETURNS TABLE AS RETURN (SELECT @a AS b)",
          "CREATE FUNCTION dbo.many (@a INT) RETURNS @r TABLE (i INT) AS "
              + "BEGIN INSERT @r VALUES (@a); RETURN END",
          "CREATE TRIGGER dbo.watch ON dbo.customers AFTER INSERT AS SELECT 1",
          "DISABLE TRIGGER dbo.watch ON dbo.customers",
          "CREATE SEQUENCE dbo.numbers AS INT START WITH 5 INCREMENT BY 2 MAXVALUE 1000 NO CACHE",
          "CREATE SYNONYM dbo.people FOR dbo.customers",
          "GRANT SELECT ON dbo.names TO reader WITH GRANT OPTION",
          "DENY UPDATE ON dbo.customers (name) TO walker",
          "GRANT EXECUTE ON SCHEMA::sales TO reader",
          "GRANT VIEW DEFINITION TO reader",
          property("it''s", "N'SCHEMA', N'dbo', N'TABLE', N'customers'"),
          property("a name", "N'SCHEMA', N'dbo', N'TABLE', N'customers', N'COLUMN', N'name'"),
          property(
              "a rule",
              "N'SCHEMA', N'dbo', N'TABLE', N'customers', N'CONSTRAINT', " + "N'ck_customers'"),
          property("quick", "N'SCHEMA', N'dbo', N'TABLE', N'customers', N'INDEX', N'ix_customers'"),
          property("input", "N'SCHEMA', N'dbo', N'PROCEDURE', N'show', N'PARAMETER', N'@lines'"),
          property("a number", "N'SCHEMA', N'dbo', N'TYPE', N'phone'"),
          property("shop", "N'SCHEMA', N'sales'"),
          "EXECUTE sys.sp_addextendedproperty N'owner', 5",
          "CREATE TABLE dbo.__RefactorLog (OperationKey UNIQUEIDENTIFIER NOT NULL PRIMARY KEY)",
          "EXECUTE sys.sp_addextendedproperty N'microsoft_database_tools_support', "
              + "N'refactoring log', N'SCHEMA', N'dbo', N'TABLE', N'__RefactorLog'",
          "INSERT dbo.__RefactorLog VALUES ('" + RENAME + "')",
          "CREATE TABLE dbo.sysdiagrams (id INT NOT NULL PRIMARY KEY, "
              + "name NVARCHAR(50) NULL DEFAULT N'')",
          "EXECUTE sys.sp_addextendedproperty N'microsoft_database_tools_support', "
              + "1, N'SCHEMA', N'dbo', N'TABLE', N'sysdiagrams'",
          "CREATE PROCEDURE dbo.secret WITH ENCRYPTION AS SELECT 1 AS a",
          "CREATE PROCEDURE dbo.counted;2 AS SELECT 1 AS a",
          "CREATE STATISTICS st_amount ON dbo.customers (amount)",
          "CREATE TABLE dbo.odd (id INT NOT NULL CONSTRAINT pk_odd PRIMARY KEY, a INT NULL, "
              + "b INT NULL, x XML NULL, e INT NULL)",
          "CREATE UNIQUE INDEX ix_dup ON dbo.odd (a) WITH (IGNORE_DUP_KEY = ON)",
          "CREATE INDEX ix_locks ON dbo.odd (b) WITH (ALLOW_ROW_LOCKS = OFF)",
          "CREATE INDEX ix_off ON dbo.odd (a, b)",
          "ALTER INDEX ix_off ON dbo.odd DISABLE",
          "CREATE INDEX ix_small ON dbo.odd (b, a) WITH (DATA_COMPRESSION = PAGE)",
          "CREATE PRIMARY XML INDEX ix_xml ON dbo.odd (x)",
          "CREATE NONCLUSTERED COLUMNSTORE INDEX ix_column ON dbo.odd (e)",
          "ALTER TABLE dbo.odd SET (LOCK_ESCALATION = DISABLE)",
          "CREATE XML SCHEMA COLLECTION dbo.shapes AS "
              + "N'<schema xmlns=\"http://www.w3.org/2001/XMLSchema\"/>'",
          "CREATE TRIGGER guard ON DATABASE FOR DROP_TABLE AS SELECT 1",
          "CREATE RULE dbo.positive AS @a > 0",
          "EXECUTE sp_bindrule N'dbo.positive', N'dbo.odd.e'",
          "CREATE PARTITION FUNCTION halves (INT) AS RANGE RIGHT FOR VALUES (0)",
          "CREATE PARTITION SCHEME on_halves AS PARTITION halves ALL TO ([PRIMARY])",
          "CREATE TABLE dbo.parted (id INT NOT NULL) ON on_halves (id)",
          """
          CREATE TABLE dbo.past (
            id INT NOT NULL PRIMARY KEY,
            b DATETIME2 GENERATED ALWAYS AS ROW START NOT NULL,
            e DATETIME2 GENERATED ALWAYS AS ROW END NOT NULL,
            PERIOD FOR SYSTEM_TIME (b, e))
          WITH (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.past_before))
          """,
          "CREATE QUEUE dbo.line",
          "CREATE SERVICE counter ON QUEUE dbo.line ([DEFAULT])",
          "CREATE APPLICATION ROLE till WITH PASSWORD = 'A 1 long enough!'");

  private static String property(String value, String host) {
    return "EXECUTE sys.sp_addextendedproperty N'MS_Description', N'%s', %s".formatted(value, host);
  }

  private static final Map<String, String> refused = new HashMap<>();

  private static @Nullable LiveDatabase live;
  private static @Nullable Database database;

  @BeforeAll
  static void createOneOfEverything() throws SQLException {
    live = LiveDatabase.create();
    for (String statement : STATEMENTS) {
      execute(live, statement);
    }
    try (Connection connection = live.connect()) {
      database = CatalogReader.read(connection);
    }
  }

  private static void execute(LiveDatabase live, String statement) throws SQLException {
    try {
      live.execute(statement);
    } catch (SQLException e) {
      if (!live.isStandIn()) {
        throw new SQLException(statement, e);
      }
      refused.put(statement, String.valueOf(e.getMessage()));
    }
  }

  @AfterAll
  static void dropDatabase() throws SQLException {
    if (live != null) {
      live.close();
    }
  }

  @Test
  void schemasHaveTheirOwner() {
    made("CREATE SCHEMA sales");
    assertThat(all(Schema.class)).extracting(Schema::name).containsExactly(ObjectName.of("sales"));
    exactly(() -> assertThat(all(Schema.class).getFirst().owner()).isEqualTo("reader"));
  }

  @Test
  void rolesUsersAndMembersAreThoseThatSomebodyMade() {
    made("CREATE ROLE reader");
    assertThat(all(Role.class)).extracting(Role::name).containsExactly(ObjectName.of("reader"));
    made("CREATE USER walker");
    assertThat(all(User.class))
        .containsExactly(
            new User(ObjectName.of("walker"), User.Origin.WITHOUT_LOGIN, null, "sales"));
    made("ALTER ROLE reader");
    assertThat(all(RoleMember.class)).containsExactly(new RoleMember("reader", "walker"));
  }

  @Test
  void typesHaveLengthsInCharacters() {
    assertThat(all(AliasType.class))
        .containsExactly(
            new AliasType(
                ObjectName.of("dbo", "phone"),
                DataType.builtIn("nvarchar", 20, null, null),
                false));
  }

  @Test
  void columnsHaveTheirTypes() {
    Table kinds = table("kinds");
    assertThat(type(kinds, "a_bigint")).isEqualTo(DataType.builtIn("bigint", null, null, null));
    assertThat(type(kinds, "a_numeric")).isEqualTo(DataType.builtIn("numeric", null, 9, 0));
    assertThat(type(kinds, "a_decimal")).isEqualTo(DataType.builtIn("decimal", null, 18, 2));
    assertThat(type(kinds, "a_money")).isEqualTo(DataType.builtIn("money", null, null, null));
    assertThat(type(kinds, "a_float")).isEqualTo(DataType.builtIn("float", null, 53, null));
    assertThat(type(kinds, "a_real")).isEqualTo(DataType.builtIn("real", null, null, null));
    assertThat(type(kinds, "a_date")).isEqualTo(DataType.builtIn("date", null, null, null));
    assertThat(type(kinds, "a_time")).isEqualTo(DataType.builtIn("time", null, null, 0));
    assertThat(type(kinds, "a_datetime")).isEqualTo(DataType.builtIn("datetime", null, null, null));
    assertThat(type(kinds, "a_datetime2")).isEqualTo(DataType.builtIn("datetime2", null, null, 3));
    // The stand-in keeps six digits where SQL Server keeps seven.
    assertThat(type(kinds, "a_datetimeoffset"))
        .isEqualTo(DataType.builtIn("datetimeoffset", null, null, live().isStandIn() ? 6 : 7));
    assertThat(type(kinds, "a_char")).isEqualTo(DataType.builtIn("char", 4, null, null));
    assertThat(type(kinds, "a_varchar"))
        .isEqualTo(DataType.builtIn("varchar", DataType.MAX, null, null));
    assertThat(type(kinds, "a_nchar")).isEqualTo(DataType.builtIn("nchar", 4, null, null));
    assertThat(type(kinds, "a_nvarchar")).isEqualTo(DataType.builtIn("nvarchar", 50, null, null));
    assertThat(type(kinds, "a_ntext")).isEqualTo(DataType.builtIn("ntext", null, null, null));
    assertThat(type(kinds, "a_binary")).isEqualTo(DataType.builtIn("binary", 16, null, null));
    assertThat(type(kinds, "a_varbinary"))
        .isEqualTo(DataType.builtIn("varbinary", DataType.MAX, null, null));
    assertThat(type(kinds, "a_variant"))
        .isEqualTo(DataType.builtIn("sql_variant", null, null, null));
    assertThat(type(kinds, "an_xml")).isEqualTo(DataType.builtIn("xml", null, null, null));
    assertThat(type(kinds, "a_sysname")).isEqualTo(DataType.builtIn("sysname", null, null, null));
    assertThat(type(kinds, "a_phone"))
        .isEqualTo(DataType.userDefined(ObjectName.of("dbo", "phone")));
    assertThat(kinds.columns()).extracting(Column::name).startsWith("a_bigint", "a_numeric");
  }

  @Test
  void aCollationIsNamedOnlyWhereItIsNotTheDatabases() {
    Table kinds = table("kinds");
    assertThat(simple(kinds, "a_nvarchar").collation()).isNull();
    assertThat(simple(kinds, "an_exact").collation()).isNotNull();
    exactly(
        () -> assertThat(simple(kinds, "an_exact").collation()).isEqualTo("Latin1_General_CS_AS"));
  }

  @Test
  void rowVersionsAndSpatialTypesAreBuiltIn() {
    made("CREATE TABLE dbo.versions");
    made("CREATE TABLE dbo.spatial");
    assertThat(type(table("versions"), "version"))
        .isEqualTo(DataType.builtIn("timestamp", null, null, null));
    assertThat(type(table("spatial"), "place"))
        .isEqualTo(DataType.builtIn("geography", null, null, null));
    assertThat(type(table("spatial"), "path"))
        .isEqualTo(DataType.builtIn("hierarchyid", null, null, null));
  }

  @Test
  void columnsHaveTheirProperties() {
    made("CREATE TABLE dbo.special");
    made("CREATE TABLE dbo.masked");
    assertThat(simple(table("special"), "id").rowGuid()).isTrue();
    assertThat(simple(table("special"), "rare").sparse()).isTrue();
    assertThat(simple(table("masked"), "mail").masking()).isEqualTo("email()");
  }

  @Test
  void identityAndComputedColumnsAreRead() {
    Table customers = table("customers");
    Column.Simple id = simple(customers, "id");
    assertThat(id.nullable()).isFalse();
    assertThat(id.identity())
        .isEqualTo(new Column.Identity(BigDecimal.valueOf(5), BigDecimal.valueOf(2), false));
    assertThat(column(customers, "total"))
        .isInstanceOfSatisfying(
            Column.Computed.class,
            total -> {
              assertThat(total.persisted()).isTrue();
              exactly(() -> assertThat(total.expression()).isEqualTo("([amount]*(2))"));
              exactly(() ->
                  assertThat(total.references())
                      .containsExactly(ObjectName.of("dbo", "customers", "amount")));
            });
  }

  /// The stand-in says of no index that it is clustered, and of all names of keys that it made them
  /// up.
  @Test
  void keysAreRead() {
    KeyConstraint primary = constraint(KeyConstraint.class, "pk_customers");
    assertThat(primary.isPrimary()).isTrue();
    assertThat(primary.columns()).containsExactly(new KeyColumn("id", true));
    KeyConstraint unique = constraint(KeyConstraint.class, "uq_customers");
    assertThat(unique.type()).isEqualTo(ObjectType.UNIQUE);
    assertThat(unique.clustered()).isFalse();
    assertThat(unique.columns())
        .containsExactly(new KeyColumn("code", true), new KeyColumn("name", true));
    exactly(() -> {
      assertThat(primary.clustered()).isTrue();
      assertThat(primary.systemNamed()).isFalse();
    });
    assertThat(all(KeyConstraint.class))
        .filteredOn(key -> key.table().equals(ObjectName.of("sales", "orders")))
        .singleElement()
        .matches(KeyConstraint::systemNamed);
  }

  @Test
  void checksAndDefaultsAreRead() {
    CheckConstraint check = constraint(CheckConstraint.class, "ck_customers");
    assertThat(check.enabled()).isTrue();
    assertThat(check.checked()).isTrue();
    assertThat(check.references()).contains(ObjectName.of("dbo", "customers"));
    assertThat(check.expression())
        .isEqualTo(live().isStandIn() ? "((amount > 0))" : "([amount]>(0))");
    List<DefaultConstraint> defaults =
        all(DefaultConstraint.class).stream()
            .filter(one -> one.table().equals(ObjectName.of("dbo", "customers")))
            .toList();
    assertThat(defaults).extracting(DefaultConstraint::column).contains("name", "since");
    exactly(() -> {
      DefaultConstraint name = constraint(DefaultConstraint.class, "df_customers_name");
      assertThat(name.expression()).isEqualTo("(N'nobody')");
      assertThat(name.systemNamed()).isFalse();
      assertThat(defaults)
          .filteredOn(one -> one.column().equals("since"))
          .singleElement()
          .matches(DefaultConstraint::systemNamed);
    });
  }

  @Test
  void foreignKeysAreRead() {
    ForeignKey key = all(ForeignKey.class).getFirst();
    assertThat(key.name()).isEqualTo(ObjectName.of("sales", "fk_orders"));
    assertThat(key.columns()).containsExactly("customer");
    assertThat(key.foreignTable()).isEqualTo(ObjectName.of("dbo", "customers"));
    assertThat(key.foreignColumns()).containsExactly("id");
    assertThat(key.onDelete()).isEqualTo(ForeignKey.Action.SET_NULL);
    assertThat(key.onUpdate()).isEqualTo(ForeignKey.Action.CASCADE);
    made("ALTER TABLE sales.orders NOCHECK");
    assertThat(key.enabled()).isFalse();
    assertThat(key.checked()).isFalse();
  }

  /// The stand-in appends a hash to an index's name, and does not keep filters.
  @Test
  void indexesAreRead() {
    Index index = index("ix_customers");
    assertThat(index.on()).isEqualTo(ObjectName.of("dbo", "customers"));
    assertThat(index.unique()).isFalse();
    assertThat(index.columns())
        .containsExactly(new KeyColumn("name", true), new KeyColumn("amount", false));
    assertThat(index.included()).containsExactly("code");
    assertThat(index("ix_since").unique()).isTrue();
    exactly(() -> {
      assertThat(index.name()).isEqualTo(ObjectName.of("dbo", "customers", "ix_customers"));
      assertThat(index("ix_since").filter()).isEqualTo("([since] IS NOT NULL)");
      assertThat(index("ix_bound").on()).isEqualTo(ObjectName.of("dbo", "bound"));
      assertThat(index("ix_bound").clustered()).isTrue();
    });
  }

  /// The stand-in takes every function for a scalar one, lists no references, and forgets what
  /// stands before `CREATE`.
  @Test
  void modulesHaveTheirTextAndWhereCreateStands() {
    SqlModule show = module("show");
    assertThat(show.type()).isEqualTo(ObjectType.PROCEDURE);
    assertThat(show.alterText()).contains("ALTER PROCEDURE dbo.show");
    assertThat(show.references()).contains(ObjectName.of("dbo", "lines"));
    assertThat(module("names").type()).isEqualTo(ObjectType.VIEW);
    assertThat(module("names").ansiNulls()).isTrue();
    assertThat(module("twice").type()).isEqualTo(ObjectType.SCALAR_FUNCTION);
    exactly(() -> {
      assertThat(show.alterText()).startsWith("-- CREATE is said below\nALTER");
      assertThat(show.references()).contains(ObjectName.of("dbo", "names"));
      assertThat(module("names").references()).contains(ObjectName.of("dbo", "customers"));
      assertThat(module("bound").schemaBound()).isTrue();
      assertThat(module("bound").references())
          .contains(ObjectName.of("dbo", "customers"), ObjectName.of("dbo", "customers", "code"));
      assertThat(module("other").alterText()).doesNotContainIgnoringCase("OR ALTER");
      assertThat(module("other").references()).containsExactly(ObjectName.of("dbo", "show"));
      assertThat(module("one").type()).isEqualTo(ObjectType.INLINE_FUNCTION);
      assertThat(module("many").type()).isEqualTo(ObjectType.TABLE_FUNCTION);
    });
  }

  @Test
  void triggersHaveTheirTableAndWhetherTheyAreOn() {
    SqlModule watch = module("watch");
    assertThat(watch.type()).isEqualTo(ObjectType.TRIGGER);
    assertThat(watch.parent()).isEqualTo(ObjectName.of("dbo", "customers"));
    assertThat(watch.references()).contains(ObjectName.of("dbo", "customers"));
    assertThat(watch.enabled()).isFalse();
  }

  @Test
  void tableTypesHaveColumnsAndConstraintsWithoutNames() {
    TableType lines =
        all(TableType.class).stream()
            .filter(type -> type.name().equals(ObjectName.of("dbo", "lines")))
            .findFirst()
            .orElseThrow();
    assertThat(lines.columns()).extracting(Column::name).containsExactly("id", "amount");
    assertThat(lines.constraints())
        .extracting(Constraint::type)
        .containsExactlyInAnyOrder(ObjectType.PRIMARY_KEY, ObjectType.CHECK);
    assertThat(lines.constraints())
        .allMatch(Constraint::systemNamed)
        .allMatch(constraint -> constraint.name() == null)
        .allMatch(constraint -> constraint.table().equals(lines.name()));
  }

  /// The stand-in has sequences and no list of them.
  @Test
  void sequencesAndSynonymsAreRead() {
    exactly(() ->
        assertThat(all(Sequence.class))
            .containsExactly(
                new Sequence(
                    ObjectName.of("dbo", "numbers"),
                    DataType.builtIn("int", null, null, null),
                    BigDecimal.valueOf(5),
                    BigDecimal.valueOf(2),
                    null,
                    BigDecimal.valueOf(1000),
                    false,
                    0)));
    made("CREATE SYNONYM");
    assertThat(all(Synonym.class))
        .containsExactly(
            new Synonym(ObjectName.of("dbo", "people"), ObjectName.of("dbo", "customers")));
  }

  /// The stand-in keeps permissions elsewhere.
  @Test
  void permissionsAreRead() {
    exactly(() ->
        assertThat(all(Permission.class))
            .contains(
                new Permission(
                    State.GRANT_WITH_GRANT_OPTION,
                    "SELECT",
                    SecurableClass.OBJECT,
                    ObjectName.of("dbo", "names"),
                    null,
                    "reader"),
                new Permission(
                    State.DENY,
                    "UPDATE",
                    SecurableClass.OBJECT,
                    ObjectName.of("dbo", "customers"),
                    "name",
                    "walker"),
                new Permission(
                    State.GRANT,
                    "EXECUTE",
                    SecurableClass.SCHEMA,
                    ObjectName.of("sales"),
                    null,
                    "reader"),
                new Permission(
                    State.GRANT,
                    "VIEW DEFINITION",
                    SecurableClass.DATABASE,
                    null,
                    null,
                    "reader")));
  }

  @Test
  void extendedPropertiesAreRead() {
    ObjectName customers = ObjectName.of("dbo", "customers");
    assertThat(all(ExtendedProperty.class))
        .contains(
            new ExtendedProperty(HostType.TABLE, customers, "MS_Description", "N'it''s'"),
            new ExtendedProperty(
                HostType.TABLE_COLUMN, customers.child("name"), "MS_Description", "N'a name'"));
    exactly(() ->
        assertThat(all(ExtendedProperty.class))
            .contains(
                new ExtendedProperty(HostType.DATABASE, null, "owner", "5"),
                of(HostType.CONSTRAINT, ObjectName.of("dbo", "ck_customers"), "a rule"),
                of(HostType.INDEX, customers.child("ix_customers"), "quick"),
                of(
                    HostType.PARAMETER_OF_PROCEDURE,
                    ObjectName.of("dbo", "show", "@lines"),
                    "input"),
                of(HostType.TYPE, ObjectName.of("dbo", "phone"), "a number"),
                of(HostType.SCHEMA, ObjectName.of("sales"), "shop")));
  }

  private static ExtendedProperty of(HostType type, ObjectName host, String value) {
    return new ExtendedProperty(type, host, "MS_Description", "N'" + value + "'");
  }

  @Test
  void renamesAreKnownAndTheirTableIsNot() {
    assertThat(database().renamesDone()).containsExactly(UUID.fromString(RENAME));
    assertThat(all(Table.class))
        .extracting(table -> table.name().last())
        .doesNotContain("__RefactorLog", "__refactorlog");
  }

  @Test
  void whatTheToolsMarkAsTheirsIsLeftOutWithAllThatBelongsToIt() {
    assertThat(database().objects())
        .noneMatch(object -> object.toString().contains("sysdiagrams"))
        .noneMatch(object -> object.toString().contains("microsoft_database_tools_support"));
  }

  @Test
  void whatHasNoRecordIsKnownToBeThere() {
    ObjectName odd = ObjectName.of("dbo", "odd");
    unmodelled("WITH ENCRYPTION", "encrypted module", ObjectName.of("dbo", "secret"));
    unmodelled("dbo.counted", "numbered procedure", ObjectName.of("dbo", "counted", "2"));
    unmodelled("st_amount", "statistics", ObjectName.of("dbo", "customers", "st_amount"));
    unmodelled("IGNORE_DUP_KEY", "index with IGNORE_DUP_KEY", odd.child("ix_dup"));
    unmodelled("ix_locks", "index without row locks or page locks", odd.child("ix_locks"));
    unmodelled("DISABLE", "disabled index", odd.child("ix_off"));
    unmodelled("ix_small", "compressed table or index", odd.child("ix_small"));
    unmodelled("ix_xml", "XML index", odd.child("ix_xml"));
    unmodelled("ix_column", "columnstore index", odd.child("ix_column"));
    unmodelled("LOCK_ESCALATION", "table with LOCK_ESCALATION", odd);
    unmodelled("dbo.shapes", "XML schema collection", ObjectName.of("dbo", "shapes"));
    unmodelled("TRIGGER guard", "trigger of the database", ObjectName.of("guard"));
    unmodelled("CREATE RULE", "rule", ObjectName.of("dbo", "positive"));
    unmodelled("sp_bindrule", "column with a bound rule", odd.child("e"));
    unmodelled("PARTITION FUNCTION", "partition function", ObjectName.of("halves"));
    unmodelled("PARTITION SCHEME", "partition scheme", ObjectName.of("on_halves"));
    unmodelled("dbo.parted", "partitioned table or index", ObjectName.of("dbo", "parted"));
    unmodelled("dbo.past", "temporal table", ObjectName.of("dbo", "past"));
    unmodelled("dbo.past", "temporal table", ObjectName.of("dbo", "past_before"));
    unmodelled("CREATE QUEUE", "queue", ObjectName.of("dbo", "line"));
    unmodelled("CREATE SERVICE", "service", ObjectName.of("counter"));
    unmodelled("APPLICATION ROLE", "application role", ObjectName.of("till"));
  }

  @Test
  void whatBelongsToATableIsInItsWay() {
    ObjectName odd = ObjectName.of("dbo", "odd");
    exactly(() ->
        assertThat(all(Unmodelled.class))
            .filteredOn(thing -> thing.name().parts().contains("odd"))
            .isNotEmpty()
            .allMatch(thing -> thing.references().contains(odd)));
  }

  /// What can be said of a compressed index or of a temporal table is said, so that one that does
  /// not change is no difference.
  @Test
  void whatIsSpecialIsKnownForTheRestToo() {
    exactly(() -> {
      assertThat(index("ix_small").columns()).hasSize(2);
      assertThat(index("ix_dup").unique()).isTrue();
      assertThat(table("past").columns()).hasSize(3);
    });
  }

  /// What a plan must never touch without having been told.
  @Test
  void nothingElseIsUnmodelled() {
    assertThat(all(Unmodelled.class))
        .extracting(Unmodelled::what)
        .doesNotContain("table or index in another filegroup", "filegroup", "route", "contract");
    assertThat(all(Unmodelled.class)).noneMatch(thing -> thing.what().startsWith("object of"));
  }

  @Test
  void aLoginThatIsNotShownEverythingIsRefused() throws SQLException {
    assumeThat(live().isStandIn())
        .as("the stand-in shows everything to everybody, and knows no VIEW DEFINITION")
        .isFalse();
    String user = "weak_" + live().name();
    String password = "aB3$" + UUID.randomUUID();
    live().execute("CREATE LOGIN %s WITH PASSWORD = '%s'".formatted(user, password));
    try {
      live().execute("CREATE USER %1$s FOR LOGIN %1$s".formatted(user));
      try (Connection connection = live().connectAs(user, password)) {
        assertThatThrownBy(() -> CatalogReader.read(connection))
            .isInstanceOf(SQLNonTransientException.class)
            .hasMessageContaining("VIEW DEFINITION");
      }
      live().execute("DROP USER " + user);
    } finally {
      live().execute("DROP LOGIN " + user);
    }
  }

  private static void unmodelled(String statement, String what, ObjectName name) {
    if (refused.keySet().stream().anyMatch(sql -> sql.contains(statement)) || isUnlisted(what)) {
      return;
    }
    assertThat(all(Unmodelled.class))
        .filteredOn(thing -> thing.what().equals(what))
        .extracting(Unmodelled::name)
        .contains(name);
  }

  /// Of what the stand-in takes without a word, and does not have.
  private static boolean isUnlisted(String what) {
    return live().isStandIn()
        && Set.of(
                "disabled index",
                "index with IGNORE_DUP_KEY",
                "index without row locks or page locks",
                "compressed table or index",
                "columnstore index",
                "XML index",
                "statistics",
                "table with LOCK_ESCALATION",
                "partition function",
                "partition scheme",
                "partitioned table or index",
                "temporal table")
            .contains(what);
  }

  /// Skips the rest of a test on a stand-in that refused a statement.
  private static void made(String statement) {
    assumeThat(refused.keySet().stream().filter(sql -> sql.contains(statement)).map(refused::get))
        .as("the stand-in refused '%s'", statement)
        .isEmpty();
  }

  /// What a stand-in need not hold.
  private static void exactly(Runnable assertions) {
    if (!live().isStandIn()) {
      assertions.run();
    }
  }

  private static <T extends DatabaseObject> List<T> all(Class<T> kind) {
    return database().objects(kind);
  }

  private static Table table(String name) {
    return all(Table.class).stream()
        .filter(table -> table.name().last().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Column column(Table table, String name) {
    return table.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Column.Simple simple(Table table, String name) {
    return (Column.Simple) column(table, name);
  }

  private static DataType type(Table table, String name) {
    return simple(table, name).dataType();
  }

  private static SqlModule module(String name) {
    return all(SqlModule.class).stream()
        .filter(module -> module.name().equals(ObjectName.of("dbo", name)))
        .findFirst()
        .orElseThrow();
  }

  private static Index index(String name) {
    return all(Index.class).stream()
        .filter(index -> index.name().last().startsWith(name))
        .findFirst()
        .orElseThrow();
  }

  private static <T extends Constraint> T constraint(Class<T> kind, String name) {
    return all(kind).stream()
        .filter(constraint -> ObjectName.of("dbo", name).equals(constraint.name()))
        .findFirst()
        .orElseThrow();
  }

  private static LiveDatabase live() {
    return Objects.requireNonNull(live);
  }

  private static Database database() {
    return Objects.requireNonNull(database);
  }
}
