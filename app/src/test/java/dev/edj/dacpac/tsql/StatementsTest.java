package dev.edj.dacpac.tsql;

import static dev.edj.dacpac.tsql.Made.check;
import static dev.edj.dacpac.tsql.Made.counted;
import static dev.edj.dacpac.tsql.Made.foreignKey;
import static dev.edj.dacpac.tsql.Made.initially;
import static dev.edj.dacpac.tsql.Made.key;
import static dev.edj.dacpac.tsql.Made.nullable;
import static dev.edj.dacpac.tsql.Made.primaryKey;
import static dev.edj.dacpac.tsql.Made.required;
import static dev.edj.dacpac.tsql.Made.table;
import static dev.edj.dacpac.tsql.Made.text;
import static dev.edj.dacpac.tsql.Made.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DataType;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.IndexOptions;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.Sequence;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Synonym;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.TableType;
import dev.edj.dacpac.model.Unmodelled;
import dev.edj.dacpac.tsql.RenameStatements.Renamed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatementsTest {

  private static final ObjectName ORDERS = ObjectName.of("dbo", "Orders");
  private static final DataType INT = type("int");

  @Test
  void aTableOfColumnsOfAllKinds() {
    Table table =
        table(
            ObjectName.of("it's", "a]b"),
            counted("Id"),
            new Column.Simple(
                "Big",
                DataType.builtIn("decimal", null, 38, 0),
                false,
                new Column.Identity(new BigDecimal("1E+3"), new BigDecimal("-1"), true),
                false,
                false,
                null,
                null),
            new Column.Simple(
                "Name",
                text("nvarchar", DataType.MAX),
                true,
                null,
                false,
                true,
                "Latin1_General_BIN2",
                "partial(1, \"it's\", 0)"),
            new Column.Simple(
                "Row", type("uniqueidentifier"), false, null, true, false, null, null),
            nullable("Place", type("geography")),
            nullable("Who", type("sysname")),
            nullable("Code", DataType.userDefined(ObjectName.of("dbo", "Co]de"))),
            nullable("At", DataType.builtIn("datetime2", null, null, 0)),
            nullable("Rate", type("float")),
            required("Version", type("rowversion")),
            new Column.Computed("Sum", "[a]+1 -- one", true, false, Set.of()));
    assertThat(Statements.create(table))
        .containsExactly(
            """
            CREATE TABLE [it's].[a]]b] (
                [Id]      INT               IDENTITY (1, 1) NOT NULL,
                [Big]     DECIMAL (38)      IDENTITY (1000, -1) NOT FOR REPLICATION NOT NULL,
                [Name]    NVARCHAR (MAX)    COLLATE Latin1_General_BIN2 SPARSE MASKED WITH (FUNCTION = 'partial(1, "it''s", 0)') NULL,
                [Row]     UNIQUEIDENTIFIER  ROWGUIDCOL NOT NULL,
                [Place]   [sys].[geography] NULL,
                [Who]     [sys].[sysname]   NULL,
                [Code]    [dbo].[Co]]de]    NULL,
                [At]      DATETIME2 (0)     NULL,
                [Rate]    FLOAT (53)        NULL,
                [Version] ROWVERSION        NOT NULL,
                [Sum]     AS                [a]+1 -- one
             PERSISTED NOT NULL
            );\
            """);
  }

  @Test
  void aTableWithConstraintsUnderOtherSettings() {
    Table table = new Table(ORDERS, List.of(required("Id", INT), required("Sum", INT)), false);
    KeyConstraint key =
        new KeyConstraint(
            ObjectName.of("dbo", "PK"),
            false,
            ObjectType.PRIMARY_KEY,
            ORDERS,
            false,
            List.of(new KeyColumn("Id", false)),
            new IndexOptions(90, true, false));
    assertThat(
            TableStatements.create(
                table,
                List.of(key, key(ObjectType.UNIQUE, null, ORDERS, true, "Sum", "Id")),
                List.of(check("CK", ORDERS, "[Sum]>0 OR (1=1)"))))
        .containsExactly(
            "SET ANSI_NULLS OFF;\n\nSET QUOTED_IDENTIFIER ON;",
            """
            CREATE TABLE [dbo].[Orders] (
                [Id]  INT NOT NULL,
                [Sum] INT NOT NULL,
                CONSTRAINT [PK] PRIMARY KEY NONCLUSTERED ([Id] DESC) WITH (FILLFACTOR = 90, PAD_INDEX = ON, STATISTICS_NORECOMPUTE = ON),
                UNIQUE CLUSTERED ([Sum] ASC, [Id] ASC),
                CONSTRAINT [CK] CHECK ([Sum]>0 OR (1=1))
            );\
            """,
            "SET ANSI_NULLS, QUOTED_IDENTIFIER ON;");
  }

  @Test
  void columnsAreAddedChangedAndDropped() {
    assertThat(
            TableStatements.addColumns(
                ORDERS,
                List.of(
                    NewColumn.plain(nullable("A", INT)),
                    new NewColumn(
                        required("Long", text("char", 3)),
                        initially("DF", ORDERS, "Long", "'abc'")),
                    new NewColumn(required("B", INT), initially(null, ORDERS, "B", "((1))")))))
        .containsExactly(
            """
            ALTER TABLE [dbo].[Orders]
                ADD [A]    INT      NULL,
                    [Long] CHAR (3) CONSTRAINT [DF] DEFAULT 'abc' NOT NULL,
                    [B]    INT      DEFAULT ((1)) NOT NULL;\
            """);
    assertThat(TableStatements.dropColumns(ORDERS, List.of("A", "B]")))
        .containsExactly("ALTER TABLE [dbo].[Orders] DROP COLUMN [A], COLUMN [B]]];");
    assertThat(
            TableStatements.alterColumn(
                ORDERS,
                new Column.Simple(
                    "A",
                    text("varchar", 5),
                    true,
                    null,
                    false,
                    true,
                    "Latin1_General_CI_AS",
                    null)))
        .containsExactly(
            "ALTER TABLE [dbo].[Orders] ALTER COLUMN [A] VARCHAR (5) COLLATE Latin1_General_CI_AS NULL SPARSE;");
    assertThat(TableStatements.markRowGuid(ORDERS, "A", true))
        .containsExactly("ALTER TABLE [dbo].[Orders] ALTER COLUMN [A] ADD ROWGUIDCOL;");
    assertThat(TableStatements.markSparse(ORDERS, "A", false))
        .containsExactly("ALTER TABLE [dbo].[Orders] ALTER COLUMN [A] DROP SPARSE;");
    assertThat(TableStatements.markNotForReplication(ORDERS, "A", true))
        .containsExactly("ALTER TABLE [dbo].[Orders] ALTER COLUMN [A] ADD NOT FOR REPLICATION;");
    assertThat(TableStatements.mask(ORDERS, "A", "default()"))
        .containsExactly(
            "ALTER TABLE [dbo].[Orders] ALTER COLUMN [A] ADD MASKED WITH (FUNCTION = 'default()');");
    assertThat(TableStatements.unmask(ORDERS, "A"))
        .containsExactly("ALTER TABLE [dbo].[Orders] ALTER COLUMN [A] DROP MASKED;");
  }

  @Test
  void constraintsAreAddedSwitchedAndDropped() {
    ForeignKey key =
        new ForeignKey(
            ObjectName.of("dbo", "FK"),
            false,
            ORDERS,
            List.of("A", "B"),
            ObjectName.of("x", "y"),
            List.of("C", "D"),
            ForeignKey.Action.CASCADE,
            ForeignKey.Action.SET_DEFAULT,
            true,
            false,
            false);
    assertThat(Statements.create(key))
        .containsExactly(
            """
            ALTER TABLE [dbo].[Orders] WITH NOCHECK
                ADD CONSTRAINT [FK] FOREIGN KEY ([A], [B]) REFERENCES [x].[y] ([C], [D]) ON DELETE CASCADE ON UPDATE SET DEFAULT NOT FOR REPLICATION;\
            """,
            "ALTER TABLE [dbo].[Orders] NOCHECK CONSTRAINT [FK];");
    CheckConstraint check =
        new CheckConstraint(
            ObjectName.of("dbo", "CK"), false, ORDERS, "(1=1)", true, true, true, Set.of());
    assertThat(Statements.create(check))
        .containsExactly(
            "ALTER TABLE [dbo].[Orders]\n    ADD CONSTRAINT [CK] CHECK NOT FOR REPLICATION (1=1);");
    assertThat(ConstraintStatements.add(check("CK", ORDERS, "(a)=(b) -- c"), true))
        .containsExactly(
            "ALTER TABLE [dbo].[Orders] WITH NOCHECK\n    ADD CONSTRAINT [CK] CHECK ((a)=(b) -- c\n);");
    assertThat(Statements.create(initially(null, ORDERS, "A", "((1))")))
        .containsExactly("ALTER TABLE [dbo].[Orders]\n    ADD DEFAULT ((1)) FOR [A];");
    assertThat(ConstraintStatements.add(primaryKey("PK", ORDERS, "A"), true))
        .containsExactly(
            "ALTER TABLE [dbo].[Orders]\n    ADD CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([A] ASC);");
    assertThat(ConstraintStatements.check(key))
        .containsExactly("ALTER TABLE [dbo].[Orders] WITH CHECK CHECK CONSTRAINT [FK];");
    assertThat(ConstraintStatements.enable(key))
        .containsExactly("ALTER TABLE [dbo].[Orders] WITH NOCHECK CHECK CONSTRAINT [FK];");
    assertThat(Statements.drop(key))
        .containsExactly("ALTER TABLE [dbo].[Orders] DROP CONSTRAINT [FK];");
  }

  @Test
  void aNameThatTheServerMadeUpIsDroppedAndNotMadeAgain() {
    KeyConstraint key =
        new KeyConstraint(
            ObjectName.of("dbo", "PK__Orders__1A2B"),
            true,
            ObjectType.PRIMARY_KEY,
            ORDERS,
            true,
            List.of(new KeyColumn("Id", true)),
            IndexOptions.DEFAULT);
    assertThat(Statements.create(key))
        .containsExactly("ALTER TABLE [dbo].[Orders]\n    ADD PRIMARY KEY CLUSTERED ([Id] ASC);");
    assertThat(Statements.drop(key))
        .containsExactly("ALTER TABLE [dbo].[Orders] DROP CONSTRAINT [PK__Orders__1A2B];");
    Table table = table(ORDERS, counted("Id"));
    TableRebuild rebuild =
        new TableRebuild(table, table, List.of(key), List.of(), null, NameRule.CASE_INSENSITIVE);
    assertThat(rebuild.batches().getFirst())
        .contains("    PRIMARY KEY CLUSTERED ([Id] ASC)\n")
        .doesNotContain("PK__Orders__1A2B");
  }

  @Test
  void aConstraintWithoutANameIsLookedUpByWhatItIsOn() {
    assertThat(Statements.drop(initially(null, ORDERS, "it's", "1")).getFirst())
        .contains("N'ALTER TABLE [dbo].[Orders] DROP CONSTRAINT '")
        .contains("OBJECT_ID(N'[dbo].[Orders]')")
        .contains("[parent_column_id]) = N'it''s'");
    assertThat(Statements.drop(key(ObjectType.UNIQUE, null, ORDERS, false, "A", "B")).getFirst())
        .contains("[found].[type] = 'UQ'", ") = 2", "= 1 AND COL_NAME", "= N'A'", "= N'B'");
    assertThat(Statements.drop(foreignKey(null, ORDERS, "A", ORDERS, "B")).getFirst())
        .contains("[sys].[foreign_keys]", "[referenced_object_id] = OBJECT_ID(N'[dbo].[Orders]')");
  }

  @Test
  void anIndexWithAllThatItMayHave() {
    Index index =
        new Index(
            ORDERS.child("IX]"),
            ORDERS,
            true,
            false,
            List.of(new KeyColumn("A", true), new KeyColumn("B", false)),
            List.of("C", "D"),
            "([A]>(1))",
            new IndexOptions(80, false, true),
            Set.of());
    assertThat(Statements.create(index))
        .containsExactly(
            """
            CREATE UNIQUE NONCLUSTERED INDEX [IX]]]
                ON [dbo].[Orders]([A] ASC, [B] DESC)
                INCLUDE([C], [D]) WHERE ([A]>(1)) WITH (FILLFACTOR = 80);\
            """);
    assertThat(Statements.drop(index)).containsExactly("DROP INDEX [IX]]]\n    ON [dbo].[Orders];");
  }

  @Test
  void aModuleGoesInAsItIsWritten() {
    String text = "-- it's CREATE $(x)\r\nCREATE TRIGGER t ON Orders AFTER INSERT AS\r\nGO\r\n";
    SqlModule trigger = module(ObjectType.TRIGGER, text, false, false, ORDERS, false);
    assertThat(Statements.create(trigger))
        .containsExactly(
            "SET ANSI_NULLS, QUOTED_IDENTIFIER OFF;",
            text,
            "SET ANSI_NULLS, QUOTED_IDENTIFIER ON;",
            "DISABLE TRIGGER [dbo].[m]\n    ON [dbo].[Orders];");
    assertThat(ModuleStatements.alter(module(ObjectType.TRIGGER, text, true, true, ORDERS, true)))
        .containsExactly(text.replace("\nCREATE", "\nALTER"));
    assertThat(ModuleStatements.enable(trigger, true))
        .containsExactly("ENABLE TRIGGER [dbo].[m]\n    ON [dbo].[Orders];");
    assertThat(ModuleStatements.refresh(ObjectName.of("dbo", "it's")))
        .containsExactly("EXECUTE sp_refreshsqlmodule N'[dbo].[it''s]';");
    assertThat(Statements.drop(trigger)).containsExactly("DROP TRIGGER [dbo].[m];");
    assertThat(
            Statements.drop(
                module(ObjectType.INLINE_FUNCTION, "CREATE FUNCTION", true, true, null, true)))
        .containsExactly("DROP FUNCTION [dbo].[m];");
  }

  @Test
  void typesSequencesAndSynonyms() {
    assertThat(Statements.create(new AliasType(ORDERS, text("nvarchar", 50), false)))
        .containsExactly("CREATE TYPE [dbo].[Orders]\n    FROM NVARCHAR (50) NOT NULL;");
    TableType type =
        new TableType(
            ORDERS,
            List.of(required("Id", INT), nullable("Name", text("char", 3))),
            List.of(
                primaryKey(null, ORDERS, "Id"),
                initially(null, ORDERS, "Name", "'a'"),
                check(null, ORDERS, "[Id]>(0)")));
    assertThat(Statements.create(type))
        .containsExactly(
            """
            CREATE TYPE [dbo].[Orders] AS TABLE (
                [Id]   INT      NOT NULL,
                [Name] CHAR (3) DEFAULT 'a' NULL,
                PRIMARY KEY CLUSTERED ([Id] ASC),
                CHECK ([Id]>(0)));\
            """);
    Sequence sequence =
        new Sequence(
            ORDERS,
            type("bigint"),
            new BigDecimal("1E+2"),
            new BigDecimal("-1"),
            new BigDecimal("-5"),
            null,
            true,
            0);
    assertThat(Statements.create(sequence))
        .containsExactly(
            """
            CREATE SEQUENCE [dbo].[Orders]
                AS BIGINT
                START WITH 100
                INCREMENT BY -1
                MINVALUE -5
                CYCLE
                NO CACHE;\
            """);
    assertThat(SequenceStatements.alter(sequence))
        .containsExactly(
            """
            ALTER SEQUENCE [dbo].[Orders]
                INCREMENT BY -1
                MINVALUE -5
                NO MAXVALUE
                CYCLE
                NO CACHE;\
            """);
    assertThat(SequenceStatements.restart(sequence))
        .containsExactly("ALTER SEQUENCE [dbo].[Orders]\n    RESTART WITH 100;");
    assertThat(Statements.create(new Synonym(ORDERS, ObjectName.of("server", "", "s", "it's]"))))
        .containsExactly("CREATE SYNONYM [dbo].[Orders] FOR [server]..[s].[it's]]];");
  }

  @Test
  void aSequenceOfAnotherTypeBeginsWhereTheOldOneStopped() {
    ObjectName name = ObjectName.of("dbo", "it's]");
    Sequence before =
        new Sequence(name, type("int"), BigDecimal.ONE, BigDecimal.TWO, null, null, false, null);
    Sequence after =
        new Sequence(name, type("bigint"), BigDecimal.ONE, BigDecimal.TWO, null, null, false, null);
    assertThat(SequenceStatements.remake(before, after))
        .containsExactly(
            """
            DECLARE @next AS DECIMAL (38, 0);
            SELECT @next = CAST([current_value] AS DECIMAL (38, 0)) + CAST([increment] AS DECIMAL (38, 0))
            FROM   [sys].[sequences]
            WHERE  [object_id] = OBJECT_ID(N'[dbo].[it''s]]]')
                   AND [is_exhausted] = 1;
            IF @next IS NULL
                SET @next = NEXT VALUE FOR [dbo].[it's]]];

            DROP SEQUENCE [dbo].[it's]]];

            CREATE SEQUENCE [dbo].[it's]]]
                AS BIGINT
                START WITH 1
                INCREMENT BY 2;

            DECLARE @restart AS NVARCHAR (MAX) = N'ALTER SEQUENCE [dbo].[it''s]]] RESTART WITH ' + CAST(@next AS NVARCHAR (40)) + N';';
            EXECUTE sp_executesql @restart;\
            """);
  }

  @Test
  void renamesAndMoves() {
    assertThat(
            RenameStatements.rename(
                ObjectName.of("dbo", "it's", "a]b"), "Ünï'$(x)", Renamed.COLUMN))
        .containsExactly(
            "EXECUTE sp_rename @objname = N'[dbo].[it''s].[a]]b]', @newname = N'Ünï''$(x)', @objtype = N'COLUMN';");
    assertThat(RenameStatements.transfer(ORDERS, "a]b", ObjectType.TABLE))
        .containsExactly("ALTER SCHEMA [a]]b]\n    TRANSFER [dbo].[Orders];");
    assertThat(RenameStatements.transfer(ORDERS, "new", ObjectType.TABLE_TYPE))
        .containsExactly("ALTER SCHEMA [new]\n    TRANSFER TYPE::[dbo].[Orders];");
  }

  @Test
  void aNameCannotEndTheCommentOfAGuard() {
    assertThat(
            DataLossGuard.batch(
                ObjectName.of("dbo", "*/ DROP TABLE x --"),
                List.of("The column */ DROP TABLE x /* is being dropped.", "Two")))
        .startsWith("/*\nThe column * / DROP TABLE x / * is being dropped.\n\nTwo\n*/\n\nIF EXISTS")
        .contains("from [dbo].[*/ DROP TABLE x --])");
    assertThat(Statements.print("it's")).isEqualTo("PRINT N'it''s';");
  }

  @Test
  void whatIsNotModelledAndWhatIsNoWordIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Statements.drop(new Unmodelled(ORDERS, "XML index", Set.of())));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            TableStatements.alterColumn(
                ORDERS,
                new Column.Simple("A", INT, true, null, false, false, "x; DROP TABLE y", null)));
  }

  private static SqlModule module(
      ObjectType type,
      String text,
      boolean ansiNulls,
      boolean quotedIdentifiers,
      @Nullable ObjectName parent,
      boolean enabled) {
    return new SqlModule(
        ObjectName.of("dbo", "m"),
        type,
        text,
        text.lastIndexOf("CREATE"),
        ansiNulls,
        quotedIdentifiers,
        false,
        parent,
        enabled,
        Set.of());
  }
}
