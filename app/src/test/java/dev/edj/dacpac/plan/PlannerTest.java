package dev.edj.dacpac.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.edj.dacpac.file.DacpacException;
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
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.Unmodelled;
import dev.edj.dacpac.model.User;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private static final ObjectName ORDERS = ObjectName.of("dbo", "Orders");
  private static final DataType INT = DataType.builtIn("int", null, null, null);
  private static final UUID KEY = UUID.fromString("f9b5a521-ac79-4ce0-b3f7-4b639133a455");

  @Test
  void aColumnAtTheEndIsAddedWithItsDefault() throws DacpacException {
    DeploymentPlan plan =
        plan(
            database(orders(number("Id"))),
            database(
                orders(number("Id"), notNull("State")),
                new DefaultConstraint(
                    ObjectName.of("dbo", "DF_State"),
                    false,
                    ORDERS,
                    "State",
                    "(0)",
                    Set.of(ORDERS))));

    assertThat(script(plan))
        .contains("ALTER TABLE [dbo].[Orders]")
        .contains("CONSTRAINT [DF_State] DEFAULT (0)")
        .doesNotContain("Rows were detected")
        .doesNotContain("CREATE TABLE");
  }

  @Test
  void aColumnThatNeedsAValueIsAddedToAnEmptyTableOnly() throws DacpacException {
    DeploymentPlan plan =
        plan(database(orders(number("Id"))), database(orders(number("Id"), notNull("State"))));

    assertThat(plan.steps().getFirst().phase()).isEqualTo(Phase.DATA_LOSS_GUARD);
    assertThat(script(plan)).contains("Rows were detected");
    assertThat(plan.alerts()).extracting(Alert::kind).containsExactly(Alert.Kind.DATA_ISSUE);
  }

  @Test
  void aColumnThatGoesIsGuardedUnlessSomebodySaysOtherwise() throws DacpacException {
    Database before = database(orders(number("Id"), number("Old")));
    Database after = database(orders(number("Id")));

    assertThat(script(plan(before, after)))
        .contains("[dbo].[Orders].[Old] is being dropped, data loss could occur")
        .contains("DROP COLUMN [Old]");
    DeploymentPlan unguarded =
        plan(
            before,
            after,
            PublishOptions.DEFAULT.with(PublishOption.BLOCK_ON_POSSIBLE_DATA_LOSS, false));
    assertThat(script(unguarded))
        .doesNotContain("Rows were detected")
        .contains("DROP COLUMN [Old]");
    assertThat(unguarded.alerts()).hasSize(1);
  }

  @Test
  void aColumnInTheMiddleRebuildsTheTableUnlessTheOrderDoesNotCount() throws DacpacException {
    Database before = database(orders(number("Id"), number("Last")), primaryKey("Id"));
    Database after =
        database(orders(number("Id"), number("Middle"), number("Last")), primaryKey("Id"));

    assertThat(script(plan(before, after)))
        .contains("tmp_ms_xx_Orders")
        .contains("INSERT INTO [dbo].[tmp_ms_xx_Orders] ([Id], [Last])")
        .doesNotContain("Rows were detected");
    assertThat(
            script(
                plan(
                    before,
                    after,
                    PublishOptions.DEFAULT.with(PublishOption.IGNORE_COLUMN_ORDER, true))))
        .doesNotContain("tmp_ms_xx")
        .contains("[Middle] INT NULL");
    assertThatThrownBy(() ->
            plan(
                before,
                after,
                PublishOptions.DEFAULT.with(PublishOption.ALLOW_TABLE_RECREATION, false)))
        .isInstanceOf(DacpacException.class)
        .hasMessageContaining("[dbo].[Orders]")
        .hasMessageContaining("AllowTableRecreation");
  }

  @Test
  void aTextColumnGrowsUnderItsIndexButNotUnderItsPrimaryKey() throws DacpacException {
    Index index = index("IX", "Name");

    assertThat(script(plan(database(orders(text(20)), index), database(orders(text(40)), index))))
        .contains("ALTER COLUMN [Name] NVARCHAR (40)")
        .doesNotContain("DROP INDEX")
        .doesNotContain("Rows were detected");
    assertThat(
            script(
                plan(
                    database(orders(text(20)), primaryKey("Name")),
                    database(orders(text(40)), primaryKey("Name")))))
        .containsSubsequence(
            "DROP CONSTRAINT [PK]", "ALTER COLUMN [Name]", "ADD CONSTRAINT [PK] PRIMARY KEY");
  }

  @Test
  void aTextColumnThatShrinksIsGuardedAndItsIndexIsMadeAnew() throws DacpacException {
    Index index = index("IX", "Name");
    assertThat(script(plan(database(orders(text(40)), index), database(orders(text(20)), index))))
        .containsSubsequence(
            "is currently NVARCHAR (40) NOT NULL but is being changed to NVARCHAR (20) NOT NULL",
            "Rows were detected",
            "DROP INDEX [IX]",
            "ALTER COLUMN [Name] NVARCHAR (20)",
            "CREATE NONCLUSTERED INDEX [IX]");
  }

  @Test
  void whatTheServerDoesNotConvertIsGuardedAndNotMoved() throws DacpacException {
    Column.Simple moment =
        new Column.Simple(
            "Id", DataType.builtIn("date", null, null, null), true, null, false, false, null, null);
    assertThat(
            script(
                plan(
                    database(orders(number("Id"), number("Other"))),
                    database(orders(moment, number("Other"))))))
        .containsSubsequence(
            "There is no implicit conversion",
            "Rows were detected",
            "([Other])",
            "DROP TABLE [dbo].[Orders]")
        .doesNotContain("[Id], [Other]");
  }

  @Test
  void aRenameKeepsTheValuesAndIsRemembered() throws DacpacException {
    Database before = database(orders(number("Sum")), index("IX", "Sum"));
    Database after = database(orders(number("Total")), index("IX", "Total"));
    Source source =
        new Source(
            after,
            List.of(
                new RefactorOperation(
                    KEY,
                    ORDERS.child("Sum"),
                    "SqlSimpleColumn",
                    new RefactorOperation.Rename("[Total]"))),
            null,
            null);

    // The index has no filter, so it follows its column.
    DeploymentPlan plan = Planner.plan(source, before, PublishOptions.DEFAULT);
    assertThat(script(plan))
        .contains("sp_rename @objname = N'[dbo].[Orders].[Sum]', @newname = N'Total'")
        .contains(KEY.toString())
        .doesNotContain("DROP")
        .doesNotContain("Rows were detected");
    assertThat(SimulatedDatabase.after(plan, before).objects())
        .filteredOn(Table.class::isInstance)
        .singleElement()
        .extracting(table -> ((Table) table).columns().getFirst().name())
        .isEqualTo("Total");

    Database done = new Database(after.collation(), false, after.objects(), Set.of(KEY));
    assertThat(Planner.plan(source, done, PublishOptions.DEFAULT).steps()).isEmpty();
  }

  @Test
  void renamesInARowAreDoneInTheirOrderAndGuardsUseTheOldName() throws DacpacException {
    Database before = database(orders(number("Id"), number("Old")));
    Database after = database(new Table(ObjectName.of("dbo", "C"), List.of(number("Id")), true));
    Source source =
        new Source(
            after,
            List.of(
                rename("11111111-0000-0000-0000-000000000000", ORDERS, "B"),
                rename("22222222-0000-0000-0000-000000000000", ObjectName.of("dbo", "B"), "C")),
            null,
            null);
    assertThat(script(Planner.plan(source, before, PublishOptions.DEFAULT)))
        .containsSubsequence(
            "from [dbo].[Orders])",
            "N'[dbo].[Orders]', @newname = N'B'",
            "N'[dbo].[B]', @newname = N'C'",
            "ALTER TABLE [dbo].[C]");
  }

  @Test
  void whatIsNotInThePackageIsDroppedAsTheOptionsSay() throws DacpacException {
    Table other = new Table(ObjectName.of("dbo", "Other"), List.of(number("Id")), true);
    Database before = database(orders(number("Id")), other, index("IX", "Id"));
    Database after = database(orders(number("Id")));

    assertThat(script(plan(before, after))).contains("DROP INDEX [IX]").doesNotContain("[Other]");
    assertThat(
            plan(
                    before,
                    after,
                    PublishOptions.DEFAULT.with(PublishOption.DROP_INDEXES_NOT_IN_SOURCE, false))
                .steps())
        .isEmpty();
    assertThat(
            script(
                plan(
                    before,
                    after,
                    PublishOptions.DEFAULT.with(PublishOption.DROP_OBJECTS_NOT_IN_SOURCE, true))))
        .containsSubsequence("Rows were detected", "DROP TABLE [dbo].[Other]");
    PublishOptions noIndexes =
        new PublishOptions(
            PublishOptions.DEFAULT.values(),
            Set.of("SqlIndex"),
            Set.of(),
            PublishOptions.DEFAULT.variables());
    assertThat(plan(before, after, noIndexes).steps()).isEmpty();
  }

  @Test
  void newConstraintsAreCheckedAgainstTheRowsInTheEnd() throws DacpacException {
    Table lines = new Table(ObjectName.of("dbo", "Lines"), List.of(number("OrderId")), true);
    ForeignKey key =
        new ForeignKey(
            ObjectName.of("dbo", "FK"),
            false,
            lines.name(),
            List.of("OrderId"),
            ORDERS,
            List.of("Id"),
            ForeignKey.Action.NO_ACTION,
            ForeignKey.Action.NO_ACTION,
            false,
            true,
            true);
    Database before = database(orders(notNull("Id")), primaryKey("Id"), lines);
    Database after = database(orders(notNull("Id")), primaryKey("Id"), lines, key);
    DeploymentPlan plan =
        Planner.plan(
            new Source(after, List.of(), "PRINT 'before'", "PRINT 'after'"),
            before,
            PublishOptions.DEFAULT);

    assertThat(plan.steps())
        .extracting(Step::phase)
        .containsExactly(
            Phase.PRE_DEPLOYMENT, Phase.CREATE, Phase.POST_DEPLOYMENT, Phase.CONSTRAINT_CHECK);
    assertThat(script(plan))
        .containsSubsequence(
            "PRINT 'before'",
            "BEGIN TRANSACTION",
            "WITH NOCHECK",
            "COMMIT TRANSACTION",
            "PRINT 'after'",
            "WITH CHECK CHECK CONSTRAINT [FK]");
    Database unchecked =
        database(orders(notNull("Id")), primaryKey("Id"), lines, key.withChecked(false));
    assertThat(plan(unchecked, after).steps())
        .as("a run that ended before the check")
        .extracting(Step::phase)
        .containsExactly(Phase.CONSTRAINT_CHECK);
  }

  @Test
  void namesThatDifferInCaseAreOneWhereTheDatabaseSaysSo() throws DacpacException {
    Database before = database(orders(number("ID")));
    Database after =
        database(new Table(ObjectName.of("dbo", "ORDERS"), List.of(number("Id")), true));
    assertThat(plan(before, after).steps()).isEmpty();
    Database sensitive = new Database("Latin1_General_BIN2", true, before.objects(), Set.of());
    assertThat(script(plan(sensitive, after))).contains("CREATE TABLE [dbo].[ORDERS]");
  }

  @Test
  void whatIsNotHandledIsNeverTouched() throws DacpacException {
    Unmodelled index =
        new Unmodelled(ORDERS.child("XIX"), "XML index", Set.of(ORDERS, ORDERS.child("Doc")));
    Database before = database(orders(number("Id"), number("Doc")), index);

    DeploymentPlan more =
        plan(before, database(orders(number("Id"), number("Doc"), number("New"))));
    assertThat(more.alerts()).extracting(Alert::kind).containsExactly(Alert.Kind.LEFT_ALONE);
    assertThatThrownBy(() -> plan(before, database(orders(number("Id")))))
        .hasMessageContaining("[dbo].[Orders].[Doc] is dropped")
        .hasMessageContaining("XML index");
    assertThatThrownBy(() -> plan(before, database(orders(number("Doc"), number("Id")))))
        .hasMessageContaining("[dbo].[Orders] is rebuilt");
    assertThatThrownBy(() ->
            plan(
                database(new Unmodelled(ORDERS, "memory-optimized table", Set.of())),
                database(orders(number("Id")))))
        .hasMessageContaining("another object of that name");
  }

  /// A condition that calls the function `dbo.limit`.
  private static CheckConstraint checkByLimit(ObjectName function) {
    return new CheckConstraint(
        ObjectName.of("dbo", "CK"),
        false,
        ORDERS,
        "[Id] < dbo.limit()",
        false,
        true,
        true,
        Set.of(ORDERS, ORDERS.child("Id"), function));
  }

  @Test
  void aFunctionThatAConstraintCallsIsReleasedBeforeItChanges() throws DacpacException {
    ObjectName name = ObjectName.of("dbo", "limit");
    CheckConstraint check = checkByLimit(name);
    Database before = database(orders(number("Id")), check, function(name, 1));
    Database after = database(orders(number("Id")), check, function(name, 2));
    assertThat(script(plan(before, after)))
        .containsSubsequence(
            "DROP CONSTRAINT [CK]",
            "ALTER FUNCTION",
            "ADD CONSTRAINT [CK]",
            "CHECK CONSTRAINT [CK]");
  }

  @Test
  void modulesThatSpeakOfAChangedTableAreRefreshed() throws DacpacException {
    SqlModule view =
        module(ObjectName.of("dbo", "V"), ObjectType.VIEW, "CREATE VIEW V AS SELECT * FROM Orders");
    Database before = database(orders(number("Id")), view);
    Database after = database(orders(number("Id"), number("New")), view);
    assertThat(script(plan(before, after))).contains("sp_refreshsqlmodule N'[dbo].[V]'");
    assertThat(
            script(
                plan(
                    before,
                    after,
                    PublishOptions.DEFAULT.with(PublishOption.SCRIPT_REFRESH_MODULE, false))))
        .doesNotContain("sp_refreshsqlmodule");
  }

  @Test
  void aTextThatOnlyLooksDifferentIsTheSame() throws DacpacException {
    ObjectName name = ObjectName.of("dbo", "P");
    Database before =
        database(module(name, ObjectType.PROCEDURE, "create  procedure P as\r\nselect 1;"));
    Database after =
        database(module(name, ObjectType.PROCEDURE, "CREATE PROCEDURE P\nAS SELECT 1"));
    assertThat(plan(before, after).steps()).isEmpty();
    assertThat(
            script(
                plan(
                    before,
                    after,
                    PublishOptions.DEFAULT.with(PublishOption.IGNORE_KEYWORD_CASING, false))))
        .contains("ALTER PROCEDURE P");
  }

  @Test
  void anIdentityThatComesRebuildsTheTable() throws DacpacException {
    Column.Simple counted =
        new Column.Simple(
            "Id",
            INT,
            false,
            new Column.Identity(BigDecimal.ONE, BigDecimal.ONE, false),
            false,
            false,
            null,
            null);
    assertThat(script(plan(database(orders(notNull("Id"))), database(orders(counted)))))
        .containsSubsequence(
            "SET IDENTITY_INSERT [dbo].[tmp_ms_xx_Orders] ON",
            "SET IDENTITY_INSERT [dbo].[tmp_ms_xx_Orders] OFF",
            "DROP TABLE [dbo].[Orders]");
  }

  @Test
  void theReportIsWhatDacFxWouldWrite() throws DacpacException {
    DeploymentPlan nothing = plan(database(orders(number("Id"))), database(orders(number("Id"))));
    assertThat(DeployReport.of(nothing))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <DeploymentReport xmlns="http://schemas.microsoft.com/sqlserver/dac/DeployReport/2012/02">
              <Alerts/>
            </DeploymentReport>
            """);
    DeploymentPlan drops =
        plan(database(orders(number("Id"), number("Old"))), database(orders(number("Id"))));
    assertThat(DeployReport.of(drops))
        .contains("<Alert Name=\"DataIssue\">")
        .contains("Id=\"1\"")
        .contains("<Operation Name=\"Alter\">")
        .contains("<Item Value=\"[dbo].[Orders]\" Type=\"SqlTable\">")
        .contains("<Issue Id=\"1\"/>");
  }

  @Test
  void aColumnThatBecomesAComputedOneLosesItsValuesAndIsGuarded() throws DacpacException {
    Column.Computed total = computed("Total", "[Id] * 2", "Id");
    assertThat(
            script(
                plan(
                    database(orders(number("Id"), number("Total"))),
                    database(orders(number("Id"), total)))))
        .contains("[dbo].[Orders].[Total] is being dropped, data loss could occur")
        .contains("Rows were detected");
  }

  @Test
  void whatStandsOnAColumnThatARebuildLeavesOutDoesNotComeBack() throws DacpacException {
    Permission permission = granted("Old");
    Database before =
        database(
            orders(number("Id"), number("Old"), number("Last")), index("IX", "Old"), permission);
    Database after = database(orders(number("Id"), number("Middle"), number("Last")));
    DeploymentPlan plan =
        plan(
            before,
            after,
            PublishOptions.DEFAULT.with(PublishOption.DROP_INDEXES_NOT_IN_SOURCE, false));
    assertThat(script(plan))
        .contains("DROP TABLE [dbo].[Orders]")
        .doesNotContain("GRANT")
        .doesNotContain("CREATE NONCLUSTERED INDEX");
  }

  @Test
  void whatStandsOnAComputedColumnThatIsMadeAnewComesBack() throws DacpacException {
    Permission permission = granted("Twice");
    Database before =
        database(
            orders(number("Id"), computed("Twice", "[Id] * 2", "Id")),
            index("IX", "Twice"),
            permission);
    Database after = database(orders(number("Id"), computed("Twice", "[Id] + [Id]", "Id")));
    assertThat(
            script(
                plan(
                    before,
                    after,
                    PublishOptions.DEFAULT.with(PublishOption.DROP_INDEXES_NOT_IN_SOURCE, false))))
        .containsSubsequence(
            "DROP INDEX [IX]",
            "DROP COLUMN [Twice]",
            "ADD [Twice]",
            "CREATE NONCLUSTERED INDEX [IX]",
            "GRANT SELECT");
  }

  @Test
  void aCollationDoesNotChangeUnderAnIndex() throws DacpacException {
    Database before = database(orders(text(20)), index("IX", "Name"));
    Database after = database(orders(collated(20)), index("IX", "Name"));
    assertThat(script(plan(before, after)))
        .containsSubsequence(
            "DROP INDEX [IX]",
            "ALTER COLUMN [Name] NVARCHAR (20) COLLATE Latin1_General_BIN2",
            "CREATE NONCLUSTERED INDEX [IX]");
  }

  @Test
  void aCollationThatDoesNotCountStaysWhereTheTypeChanges() throws DacpacException {
    assertThat(
            script(
                plan(
                    database(orders(collated(20)), index("IX", "Name")),
                    database(orders(text(40)), index("IX", "Name")),
                    PublishOptions.DEFAULT.with(PublishOption.IGNORE_COLUMN_COLLATION, true))))
        .contains("ALTER COLUMN [Name] NVARCHAR (40) COLLATE Latin1_General_BIN2")
        .doesNotContain("DROP INDEX");
  }

  @Test
  void aTextOfAnyLengthIsNotMadeUnderAnIndex() throws DacpacException {
    Index index =
        new Index(
            ORDERS.child("IX"),
            ORDERS,
            false,
            false,
            List.of(new KeyColumn("Id", true)),
            List.of("Name"),
            null,
            IndexOptions.DEFAULT,
            Set.of());
    assertThat(
            script(
                plan(
                    database(orders(number("Id"), text(40)), index),
                    database(orders(number("Id"), text(DataType.MAX)), index))))
        .containsSubsequence("DROP INDEX [IX]", "ALTER COLUMN", "CREATE NONCLUSTERED INDEX [IX]");
  }

  @Test
  void aTableAlwaysHasAColumn() throws DacpacException {
    assertThat(script(plan(database(orders(number("Old"))), database(orders(number("New"))))))
        .contains("Rows were detected")
        .contains("tmp_ms_xx_Orders")
        .doesNotContain("DROP COLUMN");
  }

  @Test
  void anOldTextIsConvertedAndNotLost() throws DacpacException {
    Column.Simple old = of("Name", "text", null);
    assertThat(
            script(
                plan(database(orders(old)), database(orders(of("Name", "varchar", DataType.MAX))))))
        .contains("ALTER COLUMN [Name] VARCHAR (MAX)")
        .doesNotContain("Rows were detected")
        .doesNotContain("tmp_ms_xx");
    assertThat(script(plan(database(orders(text(40))), database(orders(of("Name", "xml", null))))))
        .contains("Rows were detected")
        .contains("ALTER COLUMN [Name] XML");
  }

  @Test
  void aUserThatIsMadeAnewKeepsItsRolesAndPermissions() throws DacpacException {
    ObjectName name = ObjectName.of("reader");
    RoleMember member = new RoleMember("db_datareader", "reader");
    Permission permission = granted(null);
    Database before =
        database(
            orders(number("Id")),
            new User(name, User.Origin.WITHOUT_LOGIN, null, "dbo"),
            member,
            permission);
    Database after =
        database(orders(number("Id")), new User(name, User.Origin.LOGIN, "reader", "dbo"), member);
    assertThat(script(plan(before, after)))
        .containsSubsequence("DROP USER", "CREATE USER", "ADD MEMBER", "GRANT SELECT");
  }

  @Test
  void aRoleIsEmptiedBeforeItGoesAndStaysWhereItOwnsSomething() throws DacpacException {
    Role role = new Role(ObjectName.of("readers"), "dbo");
    PublishOptions all =
        PublishOptions.DEFAULT.with(PublishOption.DROP_OBJECTS_NOT_IN_SOURCE, true);
    assertThat(
            script(
                plan(
                    database(orders(number("Id")), role, new RoleMember("readers", "dbo2")),
                    database(orders(number("Id"))),
                    all)))
        .containsSubsequence("DROP MEMBER", "DROP ROLE");
    Schema owned = new Schema(ObjectName.of("s"), "readers");
    assertThatThrownBy(
            () -> plan(database(role, owned), database(new Schema(ObjectName.of("s"), "dbo")), all))
        .hasMessageContaining("[readers]")
        .hasMessageContaining("[s]");
  }

  @Test
  void aDescriptionOfAnIndexComesBackWithIt() throws DacpacException {
    ExtendedProperty property =
        new ExtendedProperty(
            ExtendedProperty.HostType.INDEX, ORDERS.child("IX"), "MS_Description", "N'fast'");
    assertThat(
            script(
                plan(
                    database(orders(number("Id"), number("Sum")), index("IX", "Id"), property),
                    database(orders(number("Id"), number("Sum")), index("IX", "Sum"), property))))
        .containsSubsequence("DROP INDEX [IX]", "CREATE NONCLUSTERED", "sp_addextendedproperty");
  }

  @Test
  void aColumnHasOneDefaultAndATableOnePrimaryKey() throws DacpacException {
    PublishOptions keep =
        PublishOptions.DEFAULT.with(PublishOption.DROP_CONSTRAINTS_NOT_IN_SOURCE, false);
    KeyConstraint other =
        new KeyConstraint(
            ObjectName.of("dbo", "PK_Other"),
            false,
            ObjectType.PRIMARY_KEY,
            ORDERS,
            true,
            List.of(new KeyColumn("Id", true)),
            IndexOptions.DEFAULT);
    assertThat(
            script(
                plan(
                    database(orders(notNull("Id")), primaryKey("Id"), initially("DF_1", "(1)")),
                    database(orders(notNull("Id")), other, initially("DF_2", "(2)")),
                    keep)))
        .contains("DROP CONSTRAINT [PK]")
        .contains("DROP CONSTRAINT [DF_1]");
    Index clustered =
        new Index(
            ORDERS.child("CX"),
            ORDERS,
            false,
            true,
            List.of(new KeyColumn("Id", true)),
            List.of(),
            null,
            IndexOptions.DEFAULT,
            Set.of());
    assertThatThrownBy(() ->
            plan(
                database(orders(notNull("Id")), clustered),
                database(orders(notNull("Id")), other),
                PublishOptions.DEFAULT.with(PublishOption.DROP_INDEXES_NOT_IN_SOURCE, false)))
        .hasMessageContaining("clustered");
  }

  @Test
  void aSchemaThatATableMovesToIsMadeFirst() throws DacpacException {
    ObjectName moved = ObjectName.of("sales", "Orders");
    Database after =
        database(
            new Schema(ObjectName.of("sales"), "dbo"),
            new Table(moved, List.of(number("Id")), true));
    RefactorOperation move =
        new RefactorOperation(KEY, ORDERS, "SqlTable", new RefactorOperation.MoveToSchema("sales"));
    Source source = new Source(after, List.of(move), null, null);
    Database before = database(orders(number("Id")));
    DeploymentPlan plan = Planner.plan(source, before, PublishOptions.DEFAULT);
    assertThat(script(plan)).containsSubsequence("CREATE SCHEMA [sales]", "TRANSFER");
    assertThat(SimulatedDatabase.after(plan, before).objects())
        .containsExactlyInAnyOrderElementsOf(after.objects());
    Source without =
        new Source(
            database(new Table(moved, List.of(number("Id")), true)), List.of(move), null, null);
    assertThatThrownBy(() -> Planner.plan(without, before, PublishOptions.DEFAULT))
        .hasMessageContaining("[sales]");
  }

  @Test
  void aRenameIntoANameThatIsTakenIsRefused() {
    Database before =
        database(
            orders(number("Id")),
            module(ObjectName.of("dbo", "B"), ObjectType.VIEW, "CREATE VIEW B AS SELECT 1 AS a"));
    Source source =
        new Source(
            database(new Table(ObjectName.of("dbo", "B"), List.of(number("Id")), true)),
            List.of(rename("11111111-0000-0000-0000-000000000000", ORDERS, "B")),
            null,
            null);
    assertThatThrownBy(() -> Planner.plan(source, before, PublishOptions.DEFAULT))
        .hasMessageContaining("renamed")
        .hasMessageContaining("[dbo].[B]");
  }

  @Test
  void ofConditionsWithoutANameEachIsChecked() throws DacpacException {
    Database after =
        database(orders(number("Id")), check(null, "[Id] > 1"), check(null, "[Id] < 9"));
    DeploymentPlan plan =
        Planner.plan(Source.of(after), database(orders(number("Id"))), PublishOptions.DEFAULT);
    assertThat(script(plan))
        .containsSubsequence(
            "ADD CHECK",
            "ADD CHECK",
            "WITH CHECK CHECK CONSTRAINT",
            "[is_not_trusted] = 1",
            "WITH CHECK CHECK CONSTRAINT",
            "[is_not_trusted] = 1");
  }

  @Test
  void aDescriptionOfAConditionComesBackAfterARename() throws DacpacException {
    ObjectName name = ObjectName.of("dbo", "CK");
    ExtendedProperty property =
        new ExtendedProperty(
            ExtendedProperty.HostType.CONSTRAINT, name, "MS_Description", "N'why'");
    Database before = database(orders(number("Id")), check(name, "[Id] > 1"), property);
    CheckConstraint renamed =
        new CheckConstraint(
            name,
            false,
            ORDERS,
            "[Key] > 1",
            false,
            true,
            true,
            Set.of(ORDERS, ORDERS.child("Key")));
    Source source =
        new Source(
            database(orders(number("Key")), renamed, property),
            List.of(
                new RefactorOperation(
                    KEY,
                    ORDERS.child("Id"),
                    "SqlSimpleColumn",
                    new RefactorOperation.Rename("Key"))),
            null,
            null);
    assertThat(script(Planner.plan(source, before, PublishOptions.DEFAULT)))
        .containsSubsequence(
            "DROP CONSTRAINT [CK]", "sp_rename", "ADD CONSTRAINT [CK]", "sp_addextendedproperty");
  }

  @Test
  void aViewThatNobodyDescribesHoldsTheColumnThatItIsBoundTo() {
    SqlModule view =
        new SqlModule(
            ObjectName.of("dbo", "V"),
            ObjectType.VIEW,
            "CREATE VIEW V WITH SCHEMABINDING AS SELECT Old FROM dbo.Orders",
            0,
            true,
            true,
            true,
            null,
            true,
            Set.of(ORDERS, ORDERS.child("Old")));
    assertThatThrownBy(() ->
            plan(
                database(orders(number("Id"), number("Old")), view),
                database(orders(number("Id")))))
        .hasMessageContaining("[dbo].[V]")
        .hasMessageContaining("[Old]");
  }

  @Test
  void whatBelongsToAnExcludedTypeIsNotMadeEither() throws DacpacException {
    ObjectName name = ObjectName.of("dbo", "CK");
    ExtendedProperty property =
        new ExtendedProperty(
            ExtendedProperty.HostType.CONSTRAINT, name, "MS_Description", "N'why'");
    SqlModule trigger =
        new SqlModule(
            ObjectName.of("dbo", "TR"),
            ObjectType.TRIGGER,
            "CREATE TRIGGER TR ON Orders AFTER INSERT AS PRINT 1",
            0,
            true,
            true,
            false,
            ORDERS,
            true,
            Set.of(ORDERS));
    Database after =
        database(
            orders(number("Id"), notNull("New")),
            primaryKey("New"),
            index("IX", "New"),
            check(name, "[Id] > 1"),
            property,
            trigger,
            granted(null));

    PublishOptions withoutTables = excluding("SqlTable");
    assertThat(plan(database(), after, withoutTables).steps()).isEmpty();
    assertThat(plan(database(orders(number("Id"))), after, withoutTables).steps()).isEmpty();
    assertThat(
            plan(
                    database(orders(number("Id")), granted("Id")),
                    after,
                    withoutTables.with(PublishOption.DROP_PERMISSIONS_NOT_IN_SOURCE, true))
                .steps())
        .as("what the database has of it stays too")
        .isEmpty();
  }

  @Test
  void whatNeedsSomethingThatIsExcludedAndNotThereIsRefused() {
    RoleMember member = new RoleMember("db_datareader", "ann");
    User user = new User(ObjectName.of("ann"), User.Origin.WITHOUT_LOGIN, null, "dbo");
    assertThatThrownBy(() -> plan(database(), database(user, member), excluding("SqlUser")))
        .hasMessageContaining("[ann], which would not be there");
    SqlModule view =
        module(ObjectName.of("dbo", "V"), ObjectType.VIEW, "CREATE VIEW V AS SELECT 1 AS a");
    assertThatThrownBy(
            () -> plan(database(), database(orders(number("Id")), view), excluding("SqlTable")))
        .hasMessageContaining("[dbo].[V] needs [dbo].[Orders]");
    ObjectName name = ObjectName.of("dbo", "limit");
    DefaultConstraint value =
        new DefaultConstraint(
            ObjectName.of("dbo", "DF"), false, ORDERS, "Id", "dbo.limit()", Set.of(ORDERS, name));
    assertThatThrownBy(() ->
            plan(
                database(orders(number("Id")), value, function(name, 1)),
                database(orders(number("Id"))),
                excluding("SqlDefaultConstraint")
                    .with(PublishOption.DROP_OBJECTS_NOT_IN_SOURCE, true)))
        .hasMessageContaining("[dbo].[DF] needs [dbo].[limit]");
  }

  @Test
  void whatIsExcludedIsNotRenamedAndNotNotedAsRenamed() throws DacpacException {
    Database before = database(orders(number("Id")), index("IX", "Id"));
    Source source =
        new Source(
            database(new Table(ObjectName.of("dbo", "B"), List.of(number("Key")), true)),
            List.of(
                renamedColumn("Id", "Key"),
                rename("11111111-0000-0000-0000-000000000000", ORDERS, "B"),
                new RefactorOperation(
                    UUID.fromString("22222222-0000-0000-0000-000000000000"),
                    ORDERS.child("IX"),
                    "SqlIndex",
                    new RefactorOperation.Rename("IY"))),
            null,
            null);
    DeploymentPlan plan = Planner.plan(source, before, excluding("SqlTable"));
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.alerts())
        .extracting(Alert::object)
        .containsExactly("[dbo].[Orders].[Id]", "[dbo].[Orders]", "[dbo].[Orders].[IX]");
    assertThat(Planner.plan(source, database(), excluding("SqlTable")).alerts())
        .as("there is nothing to rename")
        .isEmpty();
  }

  @Test
  void aConditionThatThePackageDoesNotDescribeSurvivesARename() throws DacpacException {
    Index filtered =
        new Index(
            ORDERS.child("IX"),
            ORDERS,
            false,
            false,
            List.of(new KeyColumn("Id", true)),
            List.of(),
            "([Id] IS NOT NULL)",
            IndexOptions.DEFAULT,
            Set.of(ORDERS.child("Id")));
    Database before =
        database(orders(number("Id")), check(ObjectName.of("dbo", "CK"), "([Id]>(1))"), filtered);
    Source source = renaming(database(orders(number("Key"))), "Id", "Key");
    PublishOptions keep =
        PublishOptions.DEFAULT
            .with(PublishOption.DROP_CONSTRAINTS_NOT_IN_SOURCE, false)
            .with(PublishOption.DROP_INDEXES_NOT_IN_SOURCE, false);

    DeploymentPlan plan = Planner.plan(source, before, keep);
    assertThat(script(plan))
        .containsSubsequence(
            "DROP CONSTRAINT [CK]", "sp_rename", "ADD CONSTRAINT [CK] CHECK ([Key]>(1))")
        .containsSubsequence(
            "DROP INDEX [IX]", "sp_rename", "INDEX [IX]", "WHERE ([Key] IS NOT NULL)");
    Database now = renamed(SimulatedDatabase.after(plan, before));
    assertThat(now.objects()).hasSize(3);
    assertThat(Planner.plan(source, now, keep).steps()).isEmpty();

    PublishOptions withoutChecks = excluding("SqlCheckConstraint");
    assertThat(
            script(
                Planner.plan(
                    renaming(
                        database(orders(number("Key")), check(null, "[Key] > 1")), "Id", "Key"),
                    before,
                    withoutChecks)))
        .contains("ADD CONSTRAINT [CK] CHECK ([Key]>(1))");
  }

  @Test
  void aConditionThatSpeaksOfARenamedColumnInAnUnknownWayIsNotGuessedAt() {
    Database before =
        database(orders(number("Id")), check(ObjectName.of("dbo", "CK"), "dbo.[Id]([Id]) > 1"));
    assertThatThrownBy(() ->
            Planner.plan(
                renaming(database(orders(number("Key"))), "Id", "Key"),
                before,
                PublishOptions.DEFAULT))
        .hasMessageContaining("[CK]")
        .hasMessageContaining("not understood");
  }

  @Test
  void aBoundViewLetsGoOfAColumnThatIsRenamed() throws DacpacException {
    ObjectName name = ObjectName.of("dbo", "V");
    Index onView =
        new Index(
            name.child("CX"),
            name,
            true,
            true,
            List.of(new KeyColumn("a", true)),
            List.of(),
            null,
            IndexOptions.DEFAULT,
            Set.of());
    Database before =
        database(orders(number("Id")), bound("V", "Id", ORDERS), bound("W", "a", name), onView);
    Database after =
        database(orders(number("Key")), bound("V", "Key", ORDERS), bound("W", "a", name), onView);
    Source source = renaming(after, "Id", "Key");

    DeploymentPlan plan = Planner.plan(source, before, PublishOptions.DEFAULT);
    assertThat(script(plan))
        .containsSubsequence(
            "ALTER VIEW W",
            "ALTER VIEW V",
            "sp_rename",
            "ALTER VIEW V WITH SCHEMABINDING",
            "CREATE UNIQUE CLUSTERED INDEX [CX]",
            "ALTER VIEW W WITH SCHEMABINDING");
    assertThat(plan.steps().getFirst().operations())
        .extracting(Operation::kind, Operation::object)
        .containsExactly(
            tuple(Operation.Kind.RENAME, "[dbo].[Orders].[Key]"),
            tuple(Operation.Kind.UNBIND, "[dbo].[W]"),
            tuple(Operation.Kind.UNBIND, "[dbo].[V]"));
    Database now = renamed(SimulatedDatabase.after(plan, before));
    assertThat(now.objects()).containsExactlyInAnyOrderElementsOf(after.objects());
    assertThat(Planner.plan(source, now, PublishOptions.DEFAULT).steps()).isEmpty();

    assertThatThrownBy(() ->
            Planner.plan(
                renaming(database(orders(number("Key"))), "Id", "Key"),
                before,
                PublishOptions.DEFAULT))
        .hasMessageContaining("[dbo].[V]")
        .hasMessageContaining("does not describe it");
    assertThatThrownBy(() ->
            Planner.plan(
                renaming(
                    database(
                        orders(number("Key")), bound("V", "Key", ORDERS), bound("W", "a", name)),
                    "Id",
                    "Key"),
                before,
                PublishOptions.DEFAULT.with(PublishOption.DROP_INDEXES_NOT_IN_SOURCE, false)))
        .hasMessageContaining("[CX]");
  }

  @Test
  void aBoundViewLetsGoOfATableThatIsRenamed() throws DacpacException {
    ObjectName other = ObjectName.of("dbo", "B");
    Database before = database(orders(number("Id")), bound("V", "Id", ORDERS));
    Database after =
        database(new Table(other, List.of(number("Id")), true), bound("V", "Id", other));
    Source source = new Source(after, List.of(rename(KEY.toString(), ORDERS, "B")), null, null);
    DeploymentPlan plan = Planner.plan(source, before, PublishOptions.DEFAULT);
    assertThat(script(plan))
        .containsSubsequence("ALTER VIEW V", "sp_rename", "ALTER VIEW V WITH SCHEMABINDING");
    assertThat(SimulatedDatabase.after(plan, before).objects())
        .containsExactlyInAnyOrderElementsOf(after.objects());
  }

  @Test
  void aFunctionThatAConditionCallsIsNotRenamed() {
    ObjectName name = ObjectName.of("dbo", "limit");
    CheckConstraint check = checkByLimit(name);
    Source source =
        new Source(
            database(orders(number("Id")), check),
            List.of(
                new RefactorOperation(
                    KEY, name, "SqlScalarFunction", new RefactorOperation.Rename("bound"))),
            null,
            null);
    assertThatThrownBy(() ->
            Planner.plan(
                source,
                database(orders(number("Id")), check, function(name, 1)),
                PublishOptions.DEFAULT))
        .hasMessageContaining("[dbo].[CK] is bound to it");
  }

  @Test
  void aComputedColumnIsMadeAgainAfterARename() throws DacpacException {
    Permission permission = granted("Twice");
    Database before =
        database(
            orders(number("Id"), computed("Twice", "([Id]*(2))", "Id")),
            index("IX", "Twice"),
            permission);
    Database after =
        database(
            orders(number("Key"), computed("Twice", "[Key] * 2", "Key")), index("IX", "Twice"));
    Source source = renaming(after, "Id", "Key");

    DeploymentPlan plan = Planner.plan(source, before, PublishOptions.DEFAULT);
    assertThat(script(plan))
        .containsSubsequence(
            "DROP INDEX [IX]",
            "DROP COLUMN [Twice]",
            "sp_rename",
            "ADD [Twice] AS ([Key]*(2))",
            "CREATE NONCLUSTERED INDEX [IX]",
            "GRANT SELECT")
        .doesNotContain("Rows were detected");
    Database now = renamed(SimulatedDatabase.after(plan, before));
    assertThat(now.objects()).hasSize(3);
    assertThat(Planner.plan(source, now, PublishOptions.DEFAULT).steps()).isEmpty();
  }

  @Test
  void aSchemaStaysWithWhatIsKeptInIt() throws DacpacException {
    Schema schema = new Schema(ObjectName.of("s"), "dbo");
    Schema empty = new Schema(ObjectName.of("e"), "dbo");
    Database before =
        database(schema, empty, new Table(ObjectName.of("s", "T"), List.of(number("Id")), true));
    PublishOptions options =
        new PublishOptions(
            Map.of(PublishOption.DROP_OBJECTS_NOT_IN_SOURCE, true),
            Set.of(),
            Set.of("SqlTable"),
            Map.of());
    DeploymentPlan plan = plan(before, database(), options);
    assertThat(script(plan)).contains("DROP SCHEMA [e]").doesNotContain("DROP SCHEMA [s]");
    assertThat(plan.alerts())
        .extracting(Alert::kind, Alert::object)
        .containsExactly(tuple(Alert.Kind.LEFT_ALONE, "[s]"));
  }

  @Test
  void aForeignKeyThatNobodyDescribesDoesNotPartFromItsKey() {
    Table lines = new Table(ObjectName.of("dbo", "Lines"), List.of(number("OrderId")), true);
    Column.Simple big =
        new Column.Simple(
            "Id",
            DataType.builtIn("bigint", null, null, null),
            false,
            null,
            false,
            false,
            null,
            null);
    Database before = database(orders(notNull("Id")), primaryKey("Id"), lines, foreignKey(lines));
    assertThatThrownBy(() -> plan(before, database(orders(big), primaryKey("Id"))))
        .hasMessageContaining("[FK]")
        .hasMessageContaining("[dbo].[Lines].[OrderId]");
  }

  @Test
  void theMarkOfARowGuidLeavesOneColumnBeforeItComesToAnother() throws DacpacException {
    assertThat(
            script(
                plan(
                    database(orders(guid("A", false), guid("B", true))),
                    database(orders(guid("A", true), guid("B", false))))))
        .containsSubsequence("ALTER COLUMN [B] DROP ROWGUIDCOL", "ALTER COLUMN [A] ADD ROWGUIDCOL");
  }

  @Test
  void aSequenceOfAnotherTypeGoesOnCounting() throws DacpacException {
    DefaultConstraint next =
        new DefaultConstraint(
            ObjectName.of("dbo", "DF"),
            false,
            ORDERS,
            "Id",
            "NEXT VALUE FOR [dbo].[Numbers]",
            Set.of(ORDERS, ObjectName.of("dbo", "Numbers")));
    Permission permission =
        new Permission(
            Permission.State.GRANT,
            "UPDATE",
            Permission.SecurableClass.OBJECT,
            ObjectName.of("dbo", "Numbers"),
            null,
            "writer");
    assertThat(
            script(
                plan(
                    database(orders(number("Id")), numbers("int"), next, permission),
                    database(orders(number("Id")), numbers("bigint"), next))))
        .containsSubsequence(
            "DROP CONSTRAINT [DF]",
            "NEXT VALUE FOR [dbo].[Numbers]",
            "DROP SEQUENCE [dbo].[Numbers]",
            "CREATE SEQUENCE [dbo].[Numbers]",
            "AS BIGINT",
            "RESTART WITH ",
            "ADD CONSTRAINT [DF]",
            "GRANT UPDATE");
  }

  @Test
  void aColumnTakesATypeWithANameAndLeavesIt() throws DacpacException {
    ObjectName name = ObjectName.of("dbo", "Name");
    AliasType type = new AliasType(name, DataType.builtIn("nvarchar", 20, null, null), true);
    Column.Simple named =
        new Column.Simple(
            "Name", DataType.userDefined(name), false, null, false, false, null, null);
    assertThat(script(plan(database(orders(text(20))), database(orders(named), type))))
        .containsSubsequence("CREATE TYPE", "ALTER COLUMN [Name] [dbo].[Name] NOT NULL")
        .doesNotContain("Rows were detected");
    assertThat(script(plan(database(orders(text(40))), database(orders(named), type))))
        .contains("Rows were detected");
    assertThat(
            script(
                plan(
                    database(orders(named), type),
                    database(orders(text(20))),
                    PublishOptions.DEFAULT.with(PublishOption.DROP_OBJECTS_NOT_IN_SOURCE, true))))
        .containsSubsequence("ALTER COLUMN [Name] NVARCHAR (20)", "DROP TYPE [dbo].[Name]");
    assertThatThrownBy(() -> plan(database(orders(text(20))), database(orders(named))))
        .hasMessageContaining("a type that is not handled");
  }

  @Test
  void optionsOfIndexesCountUnlessTheyAreIgnored() throws DacpacException {
    Index index = index("IX", "Id");
    Index other =
        new Index(
            index.name(),
            index.on(),
            false,
            false,
            index.columns(),
            List.of(),
            null,
            new IndexOptions(0, false, false),
            Set.of());
    Database before = database(orders(number("Id")), index);
    Database after = database(orders(number("Id")), other);
    assertThat(script(plan(before, after))).contains("DROP INDEX [IX]");
    assertThat(
            plan(
                    before,
                    after,
                    PublishOptions.DEFAULT.with(PublishOption.IGNORE_INDEX_OPTIONS, true))
                .steps())
        .isEmpty();
  }

  @Test
  void aClusteredIndexOnATableThatIsThereIsTold() throws DacpacException {
    assertThat(
            plan(database(orders(notNull("Id"))), database(orders(notNull("Id")), primaryKey("Id")))
                .alerts())
        .extracting(Alert::kind)
        .containsExactly(Alert.Kind.CREATE_CLUSTERED_INDEX);
    assertThat(plan(database(), database(orders(notNull("Id")), primaryKey("Id"))).alerts())
        .isEmpty();
  }

  @Test
  void aRenameLooksAtWhatItConcernsOnly() throws DacpacException {
    List<DatabaseObject> before = new ArrayList<>();
    List<DatabaseObject> after = new ArrayList<>();
    List<RefactorOperation> log = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      ObjectName name = ObjectName.of("dbo", "T" + i);
      before.add(new Table(name, List.of(number("Id"), number("Old")), true));
      after.add(new Table(name, List.of(number("Id"), number("New")), true));
      log.add(
          new RefactorOperation(
              new UUID(0, i),
              name.child("Old"),
              "SqlSimpleColumn",
              new RefactorOperation.Rename("New")));
    }
    Database database = new Database("Latin1_General_CI_AS", false, before, Set.of());
    Source source =
        new Source(new Database("Latin1_General_CI_AS", false, after, Set.of()), log, null, null);
    long start = System.nanoTime();
    DeploymentPlan plan = Planner.plan(source, database, PublishOptions.DEFAULT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(plan.steps()).hasSize(3_001);
  }

  private static DeploymentPlan plan(Database before, Database after) throws DacpacException {
    return plan(before, after, PublishOptions.DEFAULT);
  }

  /// Plans, and sees that the plan leads where it should.
  private static DeploymentPlan plan(Database before, Database after, PublishOptions options)
      throws DacpacException {
    DeploymentPlan plan = Planner.plan(Source.of(after), before, options);
    Database now = SimulatedDatabase.after(plan, before);
    assertThat(Planner.plan(Source.of(after), now, options).steps()).isEmpty();
    return plan;
  }

  private static String script(DeploymentPlan plan) {
    return DeploymentScript.of(plan, PublishOptions.DEFAULT, "a test");
  }

  private static RefactorOperation rename(String key, ObjectName table, String newName) {
    return new RefactorOperation(
        UUID.fromString(key), table, "SqlTable", new RefactorOperation.Rename(newName));
  }

  private static Database database(DatabaseObject... objects) {
    return new Database(
        "SQL_Latin1_General_CP1_CI_AS", false, new ArrayList<>(Arrays.asList(objects)), Set.of());
  }

  private static Table orders(Column... columns) {
    return new Table(ORDERS, List.of(columns), true);
  }

  private static Column.Simple number(String name) {
    return new Column.Simple(name, INT, true, null, false, false, null, null);
  }

  private static Column.Simple notNull(String name) {
    return new Column.Simple(name, INT, false, null, false, false, null, null);
  }

  private static Column.Simple text(int length) {
    return new Column.Simple(
        "Name",
        DataType.builtIn("nvarchar", length, null, null),
        false,
        null,
        false,
        false,
        null,
        null);
  }

  private static KeyConstraint primaryKey(String column) {
    return new KeyConstraint(
        ObjectName.of("dbo", "PK"),
        false,
        ObjectType.PRIMARY_KEY,
        ORDERS,
        true,
        List.of(new KeyColumn(column, true)),
        IndexOptions.DEFAULT);
  }

  private static Index index(String name, String column) {
    return new Index(
        ORDERS.child(name),
        ORDERS,
        false,
        false,
        List.of(new KeyColumn(column, true)),
        List.of(),
        null,
        IndexOptions.DEFAULT,
        Set.of());
  }

  private static SqlModule function(ObjectName name, int value) {
    return module(
        name,
        ObjectType.SCALAR_FUNCTION,
        "CREATE FUNCTION dbo.limit() RETURNS INT AS BEGIN RETURN %d END".formatted(value));
  }

  private static SqlModule module(ObjectName name, ObjectType type, String text) {
    return new SqlModule(
        name,
        type,
        text,
        0,
        true,
        true,
        false,
        null,
        true,
        type == ObjectType.VIEW ? Set.of(ORDERS) : Set.of());
  }

  private static Column.Computed computed(String name, String expression, String column) {
    return new Column.Computed(name, expression, false, true, Set.of(ORDERS.child(column)));
  }

  private static Column.Simple of(String name, String type, @Nullable Integer length) {
    return new Column.Simple(
        name, DataType.builtIn(type, length, null, null), false, null, false, false, null, null);
  }

  private static Column.Simple collated(int length) {
    return new Column.Simple(
        "Name",
        DataType.builtIn("nvarchar", length, null, null),
        false,
        null,
        false,
        false,
        "Latin1_General_BIN2",
        null);
  }

  private static Permission granted(@Nullable String column) {
    return new Permission(
        Permission.State.GRANT,
        "SELECT",
        Permission.SecurableClass.OBJECT,
        ORDERS,
        column,
        "reader");
  }

  private static CheckConstraint check(@Nullable ObjectName name, String expression) {
    return new CheckConstraint(
        name,
        name == null,
        ORDERS,
        expression,
        false,
        true,
        true,
        Set.of(ORDERS, ORDERS.child("Id")));
  }

  private static DefaultConstraint initially(String name, String value) {
    return new DefaultConstraint(
        ObjectName.of("dbo", name), false, ORDERS, "Id", value, Set.of(ORDERS));
  }

  private static PublishOptions excluding(String element) {
    return new PublishOptions(Map.of(), Set.of(element), Set.of(), Map.of());
  }

  private static Source renaming(Database after, String from, String to) {
    return new Source(after, List.of(renamedColumn(from, to)), null, null);
  }

  private static RefactorOperation renamedColumn(String from, String to) {
    return new RefactorOperation(
        KEY, ORDERS.child(from), "SqlSimpleColumn", new RefactorOperation.Rename(to));
  }

  /// The database that remembers the rename.
  private static Database renamed(Database database) {
    return new Database(database.collation(), false, database.objects(), Set.of(KEY));
  }

  private static SqlModule bound(String name, String column, ObjectName table) {
    return new SqlModule(
        ObjectName.of("dbo", name),
        ObjectType.VIEW,
        "CREATE VIEW %s WITH SCHEMABINDING AS SELECT %s AS a FROM %s"
            .formatted(name, column, table),
        0,
        true,
        true,
        true,
        null,
        true,
        Set.of(table, table.child(column)));
  }

  private static ForeignKey foreignKey(Table from) {
    return new ForeignKey(
        ObjectName.of("dbo", "FK"),
        false,
        from.name(),
        List.of(from.columns().getFirst().name()),
        ORDERS,
        List.of("Id"),
        ForeignKey.Action.NO_ACTION,
        ForeignKey.Action.NO_ACTION,
        false,
        true,
        true);
  }

  private static Column.Simple guid(String name, boolean rowGuid) {
    return new Column.Simple(
        name,
        DataType.builtIn("uniqueidentifier", null, null, null),
        false,
        null,
        rowGuid,
        false,
        null,
        null);
  }

  private static Sequence numbers(String type) {
    return new Sequence(
        ObjectName.of("dbo", "Numbers"),
        DataType.builtIn(type, null, null, null),
        BigDecimal.ONE,
        BigDecimal.ONE,
        null,
        null,
        false,
        null);
  }
}
