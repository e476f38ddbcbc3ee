package dev.edj.dacpac.tsql;

import static dev.edj.dacpac.tsql.Made.counted;
import static dev.edj.dacpac.tsql.Made.initially;
import static dev.edj.dacpac.tsql.Made.key;
import static dev.edj.dacpac.tsql.Made.nullable;
import static dev.edj.dacpac.tsql.Made.primaryKey;
import static dev.edj.dacpac.tsql.Made.required;
import static dev.edj.dacpac.tsql.Made.table;
import static dev.edj.dacpac.tsql.Made.text;
import static dev.edj.dacpac.tsql.Made.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.IndexOptions;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.Table;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableRebuildTest {

  private static final ObjectName ORDERS = ObjectName.of("it's", "Or]ders");

  @Test
  void rowsGoIntoATableThatTakesTheOldOnesPlace() {
    Table before =
        table(
            ORDERS,
            counted("ID"),
            nullable("Name", text("varchar", 10)),
            nullable("Version", type("timestamp")),
            nullable("Gone", type("int")));
    Table after =
        table(
            ORDERS,
            required("New", type("bit")),
            counted("Id"),
            nullable("Name", text("varchar", 20)),
            nullable("Version", type("timestamp")),
            new Column.Computed("Gone", "[Id]*(2)", false, true, Set.of()));
    TableRebuild rebuild =
        new TableRebuild(
            before,
            after,
            List.of(
                primaryKey("PK", ORDERS, "Id"),
                key(ObjectType.UNIQUE, null, ORDERS, false, "Name")),
            List.of(initially("DF", ORDERS, "New", "((1))")),
            null,
            NameRule.CASE_INSENSITIVE);
    assertThat(rebuild.batches())
        .containsExactly(
            """
            BEGIN TRANSACTION;

            SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;

            SET XACT_ABORT ON;

            CREATE TABLE [it's].[tmp_ms_xx_Or]]ders] (
                [New]     BIT          CONSTRAINT [DF] DEFAULT ((1)) NOT NULL,
                [Id]      INT          IDENTITY (1, 1) NOT NULL,
                [Name]    VARCHAR (20) NULL,
                [Version] ROWVERSION   NULL,
                [Gone]    AS           [Id]*(2),
                CONSTRAINT [tmp_ms_xx_constraint_PK1] PRIMARY KEY CLUSTERED ([Id] ASC),
                UNIQUE NONCLUSTERED ([Name] ASC)
            );

            IF EXISTS (SELECT TOP 1 1\s
                       FROM   [it's].[Or]]ders])
                BEGIN
                    SET IDENTITY_INSERT [it's].[tmp_ms_xx_Or]]ders] ON;
                    INSERT INTO [it's].[tmp_ms_xx_Or]]ders] ([Id], [Name])
                    SELECT   [Id],
                             [Name]
                    FROM     [it's].[Or]]ders]
                    ORDER BY [Id] ASC;
                    SET IDENTITY_INSERT [it's].[tmp_ms_xx_Or]]ders] OFF;
                END

            DROP TABLE [it's].[Or]]ders];

            EXECUTE sp_rename N'[it''s].[tmp_ms_xx_Or]]ders]', N'Or]ders';

            EXECUTE sp_rename N'[it''s].[tmp_ms_xx_constraint_PK1]', N'PK', N'OBJECT';

            COMMIT TRANSACTION;

            SET TRANSACTION ISOLATION LEVEL READ COMMITTED;\
            """);
  }

  @Test
  void withoutAKeyRowsComeAsTheyCome() {
    Table table = table(ORDERS, nullable("A", type("int")), nullable("B", type("int")));
    assertThat(rebuild(table, null).batches().getFirst())
        .contains(
            """
                    INSERT INTO [it's].[tmp_ms_xx_Or]]ders] ([A], [B])
                    SELECT [A],
                           [B]
                    FROM   [it's].[Or]]ders];
                END
            """);
  }

  @Test
  void aClusteredIndexIsThereBeforeTheRows() {
    Table table = table(ORDERS, nullable("A", type("int")));
    Index index =
        new Index(
            ORDERS.child("IX"),
            ORDERS,
            false,
            true,
            List.of(new KeyColumn("A", false)),
            List.of(),
            null,
            IndexOptions.DEFAULT,
            Set.of());
    assertThat(rebuild(table, index).batches().getFirst())
        .contains(
            """
            CREATE CLUSTERED INDEX [tmp_ms_xx_index_IX1]
                ON [it's].[tmp_ms_xx_Or]]ders]([A] DESC);

            IF EXISTS\
            """)
        .contains("        ORDER BY [A] DESC;")
        .contains(
            "EXECUTE sp_rename N'[it''s].[Or]]ders].[tmp_ms_xx_index_IX1]', N'IX', N'INDEX';");
  }

  @Test
  void namesStayShortEnoughAndApart() {
    String long1 = "a".repeat(127) + "1";
    String long2 = "a".repeat(127) + "2";
    Table table = table(ORDERS, nullable("A", type("int")));
    String batch =
        new TableRebuild(
                table,
                table,
                List.of(
                    primaryKey(long1, ORDERS, "A"),
                    key(ObjectType.UNIQUE, long2, ORDERS, false, "A")),
                List.of(),
                null,
                NameRule.CASE_SENSITIVE)
            .batches()
            .getFirst();
    List<String> names =
        batch
            .lines()
            .filter(line -> line.contains("    CONSTRAINT ["))
            .map(line -> line.replaceAll(".*CONSTRAINT \\[(\\w+)\\].*", "$1"))
            .toList();
    assertThat(names).hasSize(2).doesNotHaveDuplicates().allMatch(name -> name.length() == 128);
    assertThat(batch).contains("N'" + long1 + "', N'OBJECT'");
  }

  private static TableRebuild rebuild(Table table, @Nullable Index index) {
    return new TableRebuild(table, table, List.of(), List.of(), index, NameRule.CASE_INSENSITIVE);
  }
}
