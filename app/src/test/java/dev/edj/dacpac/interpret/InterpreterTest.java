package dev.edj.dacpac.interpret;

import static dev.edj.dacpac.interpret.MadeModel.ANSI_NULLS;
import static dev.edj.dacpac.interpret.MadeModel.IN_DBO;
import static dev.edj.dacpac.interpret.MadeModel.TABLE;
import static dev.edj.dacpac.interpret.MadeModel.annotation;
import static dev.edj.dacpac.interpret.MadeModel.builtIn;
import static dev.edj.dacpac.interpret.MadeModel.column;
import static dev.edj.dacpac.interpret.MadeModel.dbo;
import static dev.edj.dacpac.interpret.MadeModel.element;
import static dev.edj.dacpac.interpret.MadeModel.header;
import static dev.edj.dacpac.interpret.MadeModel.inline;
import static dev.edj.dacpac.interpret.MadeModel.keyColumns;
import static dev.edj.dacpac.interpret.MadeModel.named;
import static dev.edj.dacpac.interpret.MadeModel.procedure;
import static dev.edj.dacpac.interpret.MadeModel.property;
import static dev.edj.dacpac.interpret.MadeModel.refersTo;
import static dev.edj.dacpac.interpret.MadeModel.relationship;
import static dev.edj.dacpac.interpret.MadeModel.script;
import static dev.edj.dacpac.interpret.MadeModel.table;
import static dev.edj.dacpac.interpret.MadeModel.toNumber;
import static dev.edj.dacpac.interpret.MadeModel.type;
import static dev.edj.dacpac.interpret.MadeModel.typed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DataType;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ExtendedProperty.HostType;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.ForeignKey.Action;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.IndexOptions;
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
import dev.edj.dacpac.model.Synonym;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.TableType;
import dev.edj.dacpac.model.User;
import dev.edj.dacpac.model.User.Origin;
import dev.edj.dacpac.plan.PublishOptions;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InterpreterTest {

  private static final DataType INT = DataType.builtIn("int", null, null, null);

  @Test
  void aDatabaseIsWhatItsOptionsAndTheModelSay() throws DacpacException {
    Interpretation interpretation = Interpreter.read(MadeModel.of(), PublishOptions.DEFAULT);
    assertThat(interpretation.database().collation()).isEqualTo("Latin1_General_CI_AS");
    assertThat(interpretation.database().caseSensitive()).isFalse();
    assertThat(interpretation.database().renamesDone()).isEmpty();
    assertThat(interpretation.leftAlone()).isEmpty();
  }

  @Test
  void columnsAreReadWithTheirDefaultsFilledIn() throws DacpacException {
    String[] columns = {
      column(
          "[dbo].[T].[Id]",
          "bigint",
          property("IsIdentity", "True"),
          property("IdentitySeed", "-5"),
          property("IdentityIncrement", "2"),
          property("IdentityIsNotForReplication", "True")),
      typed(
          "[dbo].[T].[n]",
          type("nvarchar", property("IsMax", "True")),
          property("Collation", "Latin1_General_BIN2")),
      typed(
          "[dbo].[T].[v]",
          type("varchar", property("Length", "20")),
          property("MaskingFunction", "default()")),
      typed(
          "[dbo].[T].[d]",
          type("decimal", property("Precision", "10")),
          property("IsSparse", "True")),
      typed(
          "[dbo].[T].[e]",
          type("numeric", property("Precision", "9"), property("Scale", "3")),
          property("IsNullable", "False")),
      typed("[dbo].[T].[f]", type("float", property("Precision", "24"))),
      typed("[dbo].[T].[t]", type("datetime2", property("Scale", "7"))),
      column("[dbo].[T].[g]", "uniqueidentifier", property("IsRowGuidColumn", "True")),
      column("[dbo].[T].[s]", "sys].[sysname"),
      typed("[dbo].[T].[x]", element("SqlXmlTypeSpecifier", builtIn("Type", "[xml]"))),
      typed("[dbo].[T].[u]", element("SqlTypeSpecifier", refersTo("Type", "[dbo].[Alias]"))),
    };
    Table table = only(Table.class, table("[dbo].[T]", columns), alias());
    assertThat(table.name()).isEqualTo(dbo("T"));
    assertThat(table.ansiNulls()).isTrue();
    assertThat(table.columns())
        .containsExactly(
            new Column.Simple(
                "Id",
                DataType.builtIn("bigint", null, null, null),
                false,
                new Column.Identity(BigDecimal.valueOf(-5), BigDecimal.TWO, true),
                false,
                false,
                null,
                null),
            simple(
                "n",
                DataType.builtIn("nvarchar", DataType.MAX, null, null),
                true,
                "Latin1_General_BIN2",
                null),
            simple("v", DataType.builtIn("varchar", 20, null, null), true, null, "default()"),
            new Column.Simple(
                "d", DataType.builtIn("decimal", null, 10, 0), true, null, false, true, null, null),
            simple("e", DataType.builtIn("numeric", null, 9, 3), false, null, null),
            simple("f", DataType.builtIn("real", null, null, null), true, null, null),
            simple("t", DataType.builtIn("datetime2", null, null, 7), true, null, null),
            new Column.Simple(
                "g",
                DataType.builtIn("uniqueidentifier", null, null, null),
                true,
                null,
                true,
                false,
                null,
                null),
            simple("s", DataType.builtIn("sysname", null, null, null), true, null, null),
            simple("x", DataType.builtIn("xml", null, null, null), true, null, null),
            simple("u", DataType.userDefined(dbo("Alias")), true, null, null));
    assertThat(table.references()).containsExactly(dbo("Alias"));
  }

  private static Column.Simple simple(
      String name,
      DataType type,
      boolean nullable,
      @Nullable String collation,
      @Nullable String masking) {
    return new Column.Simple(name, type, nullable, null, false, false, collation, masking);
  }

  private static String alias() {
    return named("SqlUserDefinedDataType", "[dbo].[Alias]", builtIn("Type", "[int]"), IN_DBO);
  }

  @Test
  void calculatedColumnsAreNullableUnlessTheySayOtherwise() throws DacpacException {
    String dependencies = refersTo("ExpressionDependencies", "[dbo].[T].[A]", "[dbo].[f]");
    Table table =
        only(
            Table.class,
            table(
                "[dbo].[T]",
                column("[dbo].[T].[A]", "int"),
                named(
                    "SqlComputedColumn",
                    "[dbo].[T].[x]",
                    script("ExpressionScript", "dbo.f(A)"),
                    dependencies),
                named(
                    "SqlComputedColumn",
                    "[dbo].[T].[y]",
                    script("ExpressionScript", "([A]+1)"),
                    property("IsPersisted", "True"),
                    property("IsPersistedNullable", "False"))),
            function("[dbo].[f]", ""));
    assertThat(table.columns())
        .endsWith(
            new Column.Computed("x", "dbo.f(A)", false, true, Set.of(dbo("T", "A"), dbo("f"))),
            new Column.Computed("y", "([A]+1)", true, false, Set.of()));
  }

  @Test
  void noColumnOfAPrimaryKeyIsNullable() throws DacpacException {
    Table table = only(Table.class, TABLE, primaryKey("[dbo].[t].[a]"));
    assertThat(table.columns())
        .containsExactly(simple("A", INT, false, null, null), simple("B", INT, true, null, null));
  }

  private static String primaryKey(String column) {
    return element(
        "SqlPrimaryKeyConstraint", refersTo("DefiningTable", "[dbo].[T]"), keyColumns(column));
  }

  @Test
  void keysHaveTheirOrderAndTheirStorage() throws DacpacException {
    String table = refersTo("DefiningTable", "[dbo].[T]");
    String unique =
        named(
            "SqlUniqueConstraint",
            "[dbo].[UQ]",
            table,
            inline(
                "ColumnSpecifications",
                element(
                    "SqlIndexedColumnSpecification",
                    refersTo("Column", "[dbo].[T].[B]"),
                    property("IsAscending", "False"))),
            property("FillFactor", "80"),
            property("IsPadded", "True"),
            property("DoRecomputeStatistics", "False"),
            builtIn("Filegroup", "[PRIMARY]"),
            annotation("SqlInlineConstraintAnnotation"));
    assertThat(objects(KeyConstraint.class, TABLE, primaryKey("[dbo].[T].[A]"), unique))
        .containsExactly(
            new KeyConstraint(
                null,
                true,
                ObjectType.PRIMARY_KEY,
                dbo("T"),
                true,
                List.of(new KeyColumn("A", true)),
                IndexOptions.DEFAULT),
            new KeyConstraint(
                dbo("UQ"),
                false,
                ObjectType.UNIQUE,
                dbo("T"),
                false,
                List.of(new KeyColumn("B", false)),
                new IndexOptions(80, true, false)));
  }

  @Test
  void foreignKeysSayWhatBecomesOfTheirRows() throws DacpacException {
    String ends =
        refersTo("DefiningTable", "[dbo].[T]")
            + refersTo("Columns", "[dbo].[T].[B]")
            + refersTo("ForeignTable", "[dbo].[T]")
            + refersTo("ForeignColumns", "[dbo].[T].[A]");
    assertThat(
            objects(
                ForeignKey.class,
                TABLE,
                named("SqlForeignKeyConstraint", "[dbo].[plain]", ends),
                named(
                    "SqlForeignKeyConstraint",
                    "[dbo].[rich]",
                    ends,
                    property("OnDeleteAction", "1"),
                    property("OnUpdateAction", "2"),
                    property("IsNotForReplication", "True"),
                    property("IsDisabled", "True"),
                    annotation("IsNotTrustedPropertyAnnotation"))))
        .containsExactly(
            foreignKey("plain", Action.NO_ACTION, Action.NO_ACTION, false, true, true),
            foreignKey("rich", Action.CASCADE, Action.SET_NULL, true, false, false));
  }

  private static ForeignKey foreignKey(
      String name,
      Action onDelete,
      Action onUpdate,
      boolean notForReplication,
      boolean checked,
      boolean enabled) {
    return new ForeignKey(
        dbo(name),
        false,
        dbo("T"),
        List.of("B"),
        dbo("T"),
        List.of("A"),
        onDelete,
        onUpdate,
        notForReplication,
        checked,
        enabled);
  }

  @Test
  void conditionsAndDefaultsKeepTheirExpressions() throws DacpacException {
    String table = refersTo("DefiningTable", "[dbo].[T]");
    assertThat(
            all(
                TABLE,
                function("[dbo].[f]", ""),
                named(
                    "SqlCheckConstraint",
                    "[dbo].[CK]",
                    table,
                    script("CheckExpressionScript", "[A]>dbo.f()"),
                    refersTo("CheckExpressionDependencies", "[dbo].[T].[A]", "[dbo].[f]")),
                element(
                    "SqlDefaultConstraint",
                    table,
                    refersTo("ForColumn", "[dbo].[T].[A]"),
                    script("DefaultExpressionScript", "((0))"))))
        .contains(
            new CheckConstraint(
                dbo("CK"),
                false,
                dbo("T"),
                "[A]>dbo.f()",
                false,
                true,
                true,
                Set.of(dbo("T"), dbo("T", "A"), dbo("f"))),
            new DefaultConstraint(null, true, dbo("T"), "A", "((0))", Set.of(dbo("T"))));
  }

  @Test
  void indexesHaveIncludedColumnsAndFilters() throws DacpacException {
    Index index =
        only(
            Index.class,
            TABLE,
            named(
                "SqlIndex",
                "[dbo].[T].[IX]",
                refersTo("IndexedObject", "[dbo].[T]"),
                keyColumns("[dbo].[T].[A]"),
                refersTo("IncludedColumns", "[dbo].[T].[B]"),
                property("IsUnique", "True"),
                property("IsClustered", "False"),
                script("FilterPredicate", "[B]>1"),
                refersTo("BodyDependencies", "[dbo].[T].[B]")));
    assertThat(index)
        .isEqualTo(
            new Index(
                dbo("T", "IX"),
                dbo("T"),
                true,
                false,
                List.of(new KeyColumn("A", true)),
                List.of("B"),
                "[B]>1",
                IndexOptions.DEFAULT,
                Set.of(dbo("T", "B"))));
  }

  private static String function(String name, String options, String... parts) {
    return named(
        "SqlScalarFunction",
        name,
        inline(
            "FunctionBody",
            element(
                "SqlScriptFunctionImplementation",
                script("BodyScript", " BEGIN RETURN 1 END"),
                header("CREATE FUNCTION %s() RETURNS int %s AS".formatted(name, options)))),
        ANSI_NULLS,
        inline("Type", type("int")),
        IN_DBO,
        String.join("", parts));
  }

  @Test
  void typesAreAliasesOrTables() throws DacpacException {
    String alias =
        named(
            "SqlUserDefinedDataType",
            "[dbo].[Alias]",
            builtIn("Type", "[varchar]"),
            property("Length", "5"),
            property("IsNullable", "False"),
            IN_DBO);
    String tableType =
        named(
            "SqlTableType",
            "[dbo].[List]",
            inline(
                "Columns",
                typeColumn("A", "int", ""),
                typeColumn("B", "int", property("IsNullable", "True")),
                named(
                    "SqlTableTypeComputedColumn",
                    "[dbo].[List].[C]",
                    script("ExpressionScript", "A+1"))),
            inline(
                "Constraints",
                typeConstraint("PrimaryKey", typeKey("A"), property("IsClustered", "True")),
                typeConstraint("Unique", typeKey("B")),
                typeConstraint("Check", script("CheckExpressionScript", "A>0")),
                typeConstraint(
                    "Default",
                    script("DefaultExpressionScript", "1"),
                    refersTo("ForColumn", "[dbo].[List].[B]"))),
            IN_DBO);
    assertThat(all(alias, tableType))
        .containsExactly(
            new AliasType(dbo("Alias"), DataType.builtIn("varchar", 5, null, null), false),
            new TableType(
                dbo("List"),
                List.of(
                    simple("A", INT, false, null, null),
                    simple("B", INT, true, null, null),
                    new Column.Computed("C", "A+1", false, true, Set.of())),
                List.of(
                    typeKey(ObjectType.PRIMARY_KEY, true, "A"),
                    typeKey(ObjectType.UNIQUE, false, "B"),
                    new CheckConstraint(
                        null, true, dbo("List"), "A>0", false, true, true, Set.of(dbo("List"))),
                    new DefaultConstraint(
                        null, true, dbo("List"), "B", "1", Set.of(dbo("List"))))));
  }

  private static KeyConstraint typeKey(ObjectType type, boolean clustered, String column) {
    return new KeyConstraint(
        null,
        true,
        type,
        dbo("List"),
        clustered,
        List.of(new KeyColumn(column, true)),
        IndexOptions.DEFAULT);
  }

  private static String typeColumn(String name, String type, String part) {
    return named(
        "SqlTableTypeSimpleColumn",
        "[dbo].[List].[" + name + "]",
        inline("TypeSpecifier", type(type)),
        part);
  }

  private static String typeConstraint(String kind, String... parts) {
    return element("SqlTableType" + kind + "Constraint", parts);
  }

  private static String typeKey(String column) {
    return inline(
        "ColumnSpecifications",
        element(
            "SqlTableTypeIndexedColumnSpecification",
            refersTo("Column", "[dbo].[List].[" + column + "]")));
  }

  /// As tools script them that write everything out; a server tells them from others by nothing.
  @Test
  void boundsOfASequenceThatAreThoseOfItsTypeAreNone() throws DacpacException {
    String written =
        named(
            "SqlSequence",
            "[dbo].[n]",
            IN_DBO,
            inline("TypeSpecifier", type("int")),
            property("HasNoMinValue", "False"),
            property("HasNoMaxValue", "False"),
            property("MinValue", "-2147483648"),
            property("MaxValue", "2147483647"));
    Sequence sequence = only(Sequence.class, written);
    assertThat(sequence.minimum()).isNull();
    assertThat(sequence.maximum()).isNull();
    assertThat(sequence.start()).isEqualTo("-2147483648");
  }

  @Test
  void sequencesAndSynonymsAreRead() throws DacpacException {
    String full =
        named(
            "SqlSequence",
            "[dbo].[full]",
            IN_DBO,
            inline("TypeSpecifier", type("int")),
            property("StartValue", "7"),
            property("Increment", "-2"),
            property("MinValue", "-100"),
            property("MaxValue", "100"),
            property("HasNoMinValue", "False"),
            property("HasNoMaxValue", "False"),
            property("IsCycling", "True"),
            property("CacheSize", "10"),
            annotation("OnlinePropertyAnnotation", property("CurrentValue", "42")));
    String bare =
        named("SqlSequence", "[dbo].[bare]", IN_DBO, inline("TypeSpecifier", type("tinyint")));
    String far =
        named(
            "SqlSynonym",
            "[dbo].[far]",
            IN_DBO,
            script("ForObjectScript", "[srv].[db].[s].[a]]b]"));
    String near =
        named("SqlSynonym", "[dbo].[near]", IN_DBO, refersTo("ForObject", "[dbo].[full]"));
    assertThat(all(full, bare, far, near))
        .containsExactly(
            new Sequence(
                dbo("full"),
                INT,
                BigDecimal.valueOf(7),
                BigDecimal.valueOf(-2),
                BigDecimal.valueOf(-100),
                BigDecimal.valueOf(100),
                true,
                10),
            new Sequence(
                dbo("bare"),
                DataType.builtIn("tinyint", null, null, null),
                BigDecimal.ZERO,
                BigDecimal.ONE,
                null,
                null,
                false,
                null),
            new Synonym(dbo("far"), ObjectName.of("srv", "db", "s", "a]b")),
            new Synonym(dbo("near"), dbo("full")));
  }

  @Test
  void usersRolesAndSchemasBelongToEachOther() throws DacpacException {
    assertThat(
            all(
                named("SqlSchema", "[Sales]", refersTo("Authorizer", "[clerks]")),
                named("SqlSchema", "[Plain]"),
                named("SqlRole", "[clerks]", builtIn("Authorizer", "[dbo]")),
                named(
                    "SqlUser",
                    "[ann]",
                    property("AuthenticationType", "1"),
                    refersTo("DefaultSchema", "[Sales]"),
                    script("LoginIdentifierScript", "[AD\\ann]")),
                named("SqlUser", "[bob]", property("IsWithoutLogin", "True")),
                named("SqlUser", "[eve]", property("AuthenticationType", "4")),
                element(
                    "SqlRoleMembership", refersTo("Role", "[clerks]"), refersTo("Member", "[ann]")),
                element(
                    "SqlRoleMembership",
                    builtIn("Role", "[db_datareader]"),
                    refersTo("Member", "[clerks]"))))
        .containsExactly(
            new Schema(ObjectName.of("Sales"), "clerks"),
            new Schema(ObjectName.of("Plain"), "dbo"),
            new Role(ObjectName.of("clerks"), "dbo"),
            new User(ObjectName.of("ann"), Origin.LOGIN, "AD\\ann", "Sales"),
            new User(ObjectName.of("bob"), Origin.WITHOUT_LOGIN, null, "dbo"),
            new User(ObjectName.of("eve"), Origin.EXTERNAL_PROVIDER, null, "dbo"),
            new RoleMember("clerks", "ann"),
            new RoleMember("db_datareader", "clerks"));
  }

  @Test
  void aLoginIsLeftOutAndItsUserCreatedForIt() throws DacpacException {
    Interpretation interpretation =
        Interpreter.read(
            MadeModel.of(
                named("SqlLogin", "[ann]", property("Password", "s3cret"))
                    .replaceFirst(">", " Disambiguator='24'>"),
                named(
                    "SqlUser",
                    "[ann]",
                    property("AuthenticationType", "1"),
                    script("LoginIdentifierScript", "ann"),
                    relationship("Login", "<References Name='[ann]' Disambiguator='24'/>"))),
            without("SqlLogin"));
    assertThat(interpretation.database().objects())
        .containsExactly(new User(ObjectName.of("ann"), Origin.LOGIN, "ann", "dbo"));
    assertThat(interpretation.leftAlone()).containsExactly("SqlLogin [ann]");
  }

  @Test
  void permissionsAreAboutTheDatabaseObjectsSchemasTypesAndPrincipals() throws DacpacException {
    String role = named("SqlRole", "[r]");
    assertThat(
            objects(
                Permission.class,
                TABLE,
                alias(),
                role,
                named("SqlSchema", "[r]"),
                permission(
                    "Grant.Connect.Database", "[r].[dbo]", "1035", toNumber("SecuredObject", 1)),
                permission(
                    "Deny.Select.Object",
                    "[r].[dbo].[dbo].[T]",
                    "2",
                    refersTo("SecuredObject", "[dbo].[T]") + builtIn("Grantor", "[dbo]")),
                permission(
                    "Grant.Execute.Schema",
                    "[r].[dbo].[r]",
                    "1041",
                    refersTo("SecuredObject", "[r]")),
                permission(
                    "Grant.ViewDefinition.Role",
                    "[r].[dbo].[r]",
                    "1088",
                    refersTo("SecuredObject", "[r]")),
                permission(
                    "Grant.References.Type",
                    "[r].[dbo].[dbo].[Alias]",
                    "1067",
                    refersTo("SecuredObject", "[dbo].[Alias]")),
                permission(
                    "Grant.Select.Schema",
                    "[r].[dbo].[dbo]",
                    "2",
                    builtIn("SecuredObject", "[dbo]"))))
        .containsExactly(
            granted(State.GRANT, "CONNECT", SecurableClass.DATABASE, null),
            granted(State.DENY, "SELECT", SecurableClass.OBJECT, dbo("T")),
            granted(State.GRANT, "EXECUTE", SecurableClass.SCHEMA, ObjectName.of("r")),
            granted(State.GRANT, "VIEW DEFINITION", SecurableClass.ROLE, ObjectName.of("r")),
            granted(State.GRANT, "REFERENCES", SecurableClass.TYPE, dbo("Alias")),
            granted(State.GRANT, "SELECT", SecurableClass.SCHEMA, ObjectName.of("dbo")));
  }

  private static Permission granted(
      State state, String permission, SecurableClass on, @Nullable ObjectName securable) {
    return new Permission(state, permission, on, securable, null, "r");
  }

  private static String permission(String what, String whom, String number, String securable) {
    return named(
        "SqlPermissionStatement",
        "[%s].%s".formatted(what, whom),
        property("Permission", number),
        refersTo("Grantee", "[r]"),
        securable);
  }

  @Test
  void propertiesAreAttachedToManyKindsOfThings() throws DacpacException {
    String parameter =
        inline(
            "Parameters",
            named("SqlSubroutineParameter", "[dbo].[p].[@a]", inline("Type", type("int"))));
    assertThat(
            objects(
                ExtendedProperty.class,
                TABLE,
                procedure("[dbo].[p]", parameter),
                view("[dbo].[v]", "CREATE VIEW dbo.v AS", ""),
                named(
                    "SqlIndex",
                    "[dbo].[T].[IX]",
                    refersTo("IndexedObject", "[dbo].[T]"),
                    keyColumns("[dbo].[T].[A]")),
                named(
                    "SqlIndex",
                    "[dbo].[v].[IX]",
                    refersTo("IndexedObject", "[dbo].[v]"),
                    keyColumns("[dbo].[v].[A]")),
                attached("[SqlDatabaseOptions].[p]", toNumber("Host", 1)),
                attached("[SqlSchema].[dbo].[p]", builtIn("Host", "[dbo]")),
                attached("[SqlTableBase].[dbo].[T].[p]", refersTo("Host", "[dbo].[T]")),
                attached("[SqlColumn].[dbo].[T].[A].[it's]", refersTo("Host", "[dbo].[T].[A]")),
                attached("[SqlColumn].[dbo].[v].[A].[p]", refersTo("Host", "[dbo].[v].[A]")),
                attached("[SqlIndexBase].[dbo].[T].[IX].[p]", refersTo("Host", "[dbo].[T].[IX]")),
                attached("[SqlIndexBase].[dbo].[v].[IX].[p]", refersTo("Host", "[dbo].[v].[IX]")),
                attached(
                    "[SqlSubroutineParameter].[dbo].[p].[@a].[p]",
                    refersTo("Host", "[dbo].[p].[@a]"))))
        .containsExactly(
            attached(HostType.DATABASE, null, "p"),
            attached(HostType.SCHEMA, ObjectName.of("dbo"), "p"),
            attached(HostType.TABLE, dbo("T"), "p"),
            attached(HostType.TABLE_COLUMN, dbo("T", "A"), "it's"),
            attached(HostType.VIEW_COLUMN, dbo("v", "A"), "p"),
            attached(HostType.INDEX, dbo("T", "IX"), "p"),
            attached(HostType.VIEW_INDEX, dbo("v", "IX"), "p"),
            attached(HostType.PARAMETER_OF_PROCEDURE, dbo("p", "@a"), "p"));
  }

  private static ExtendedProperty attached(
      HostType hostType, @Nullable ObjectName host, String property) {
    return new ExtendedProperty(hostType, host, property, "N'it''s'");
  }

  private static String attached(String name, String host) {
    return named("SqlExtendedProperty", name, script("Value", "N'it''s'"), host);
  }

  private static String view(String name, String header, String part) {
    return named(
        "SqlView",
        name,
        script("QueryScript", " SELECT 1 AS A"),
        ANSI_NULLS,
        inline("Columns", named("SqlComputedColumn", name + ".[A]")),
        IN_DBO,
        header(header),
        part);
  }

  @Test
  void whatIsLeftOutTakesAlongWhatBelongsToIt() throws DacpacException {
    String collection =
        named("SqlXmlSchemaCollection", "[dbo].[X]", script("SchemaExpression", "N''"));
    Interpretation interpretation =
        Interpreter.read(
            MadeModel.of(
                TABLE,
                collection,
                primaryKey("[dbo].[T].[A]"),
                attached("[SqlXmlSchemaCollection].[dbo].[X].[p]", refersTo("Host", "[dbo].[X]"))),
            without("SqlTable", "SqlXmlSchemaCollection"));
    assertThat(interpretation.database().objects()).isEmpty();
    assertThat(interpretation.leftAlone())
        .hasSize(4)
        .contains(
            "SqlTable [dbo].[T]",
            "SqlExtendedProperty [SqlXmlSchemaCollection].[dbo].[X].[p], with SqlXmlSchemaCollection [dbo].[X]");
  }

  @Test
  void anotherFilegroupThanThePrimaryIsLeftAloneWhereFilegroupsAre() throws DacpacException {
    String elsewhere =
        table("[dbo].[T]", column("[dbo].[T].[A]", "int"))
            .replace(IN_DBO, IN_DBO + refersTo("Filegroup", "[Archive]"));
    Interpretation interpretation =
        Interpreter.read(
            MadeModel.of(elsewhere, named("SqlFilegroup", "[Archive]")), without("SqlFilegroup"));
    assertThat(interpretation.database().objects()).hasSize(1);
    assertThat(interpretation.leftAlone())
        .containsExactlyInAnyOrder(
            "SqlFilegroup [Archive]", "SqlTable [dbo].[T]: the filegroup [Archive]");
  }

  static PublishOptions without(String... elements) {
    return new PublishOptions(Map.of(), Set.of(elements), Set.of(), Map.of());
  }

  private static List<DatabaseObject> all(String... elements) throws DacpacException {
    return Interpreter.read(MadeModel.of(elements), PublishOptions.DEFAULT).database().objects();
  }

  private static <T extends DatabaseObject> List<T> objects(Class<T> kind, String... elements)
      throws DacpacException {
    return Interpreter.read(MadeModel.of(elements), PublishOptions.DEFAULT)
        .database()
        .objects(kind);
  }

  private static <T extends DatabaseObject> T only(Class<T> kind, String... elements)
      throws DacpacException {
    List<T> found = objects(kind, elements);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
