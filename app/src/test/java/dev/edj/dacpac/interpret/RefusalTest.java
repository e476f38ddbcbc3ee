package dev.edj.dacpac.interpret;

import static dev.edj.dacpac.interpret.MadeModel.ANSI_NULLS;
import static dev.edj.dacpac.interpret.MadeModel.IN_DBO;
import static dev.edj.dacpac.interpret.MadeModel.TABLE;
import static dev.edj.dacpac.interpret.MadeModel.annotation;
import static dev.edj.dacpac.interpret.MadeModel.builtIn;
import static dev.edj.dacpac.interpret.MadeModel.column;
import static dev.edj.dacpac.interpret.MadeModel.element;
import static dev.edj.dacpac.interpret.MadeModel.header;
import static dev.edj.dacpac.interpret.MadeModel.inline;
import static dev.edj.dacpac.interpret.MadeModel.keyColumns;
import static dev.edj.dacpac.interpret.MadeModel.named;
import static dev.edj.dacpac.interpret.MadeModel.procedure;
import static dev.edj.dacpac.interpret.MadeModel.property;
import static dev.edj.dacpac.interpret.MadeModel.refersTo;
import static dev.edj.dacpac.interpret.MadeModel.script;
import static dev.edj.dacpac.interpret.MadeModel.table;
import static dev.edj.dacpac.interpret.MadeModel.toNumber;
import static dev.edj.dacpac.interpret.MadeModel.type;
import static dev.edj.dacpac.interpret.MadeModel.typed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.DacpacException.Code;
import dev.edj.dacpac.file.Model;
import dev.edj.dacpac.plan.PublishOptions;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What packages must not hold, each with the words by which it is refused.
class RefusalTest {

  private static final String DEFINING = refersTo("DefiningTable", "[dbo].[T]");

  @ParameterizedTest(name = "{1}")
  @MethodSource({"elements", "columns", "constraints", "modules", "security", "others"})
  void isRefusedWithItsReason(String elements, String reason) throws DacpacException {
    Model model = MadeModel.of(elements);
    assertThatThrownBy(() -> Interpreter.read(model, PublishOptions.DEFAULT))
        .isInstanceOfSatisfying(
            DacpacException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_SUPPORTED))
        .hasMessageContaining(reason);
  }

  static Stream<Arguments> elements() {
    return Stream.of(
        arguments(
            named("SqlSurprise", "[a]"), "SqlSurprise [a]: elements of this type are not known"),
        arguments(element("SqlSurprise"), "elements of this type are not known"),
        arguments(named("SqlXmlIndex", "[a].[b].[c]"), "is not supported: XML indexes"),
        arguments(
            named("SqlLogin", "[a]", property("Password", "p")),
            "SqlLogin [a]: a login belongs to the server, not to a database; ExcludeObjectTypes=Logins leaves it out"),
        arguments(named("SqlFilegroup", "[a]"), "ExcludeObjectTypes=Filegroups"),
        arguments(
            TABLE.replace(ANSI_NULLS, ANSI_NULLS + property("Durability", "1")),
            "SqlTable [dbo].[T]: the property Durability=1 is not supported"),
        arguments(
            TABLE.replace(ANSI_NULLS, ANSI_NULLS + property("New", "1")),
            "the property New=1 is not handled"),
        arguments(
            TABLE.replace(ANSI_NULLS, ANSI_NULLS + property("NewPassword", "s3cret")),
            "the property NewPassword is not handled"),
        arguments(
            TABLE.replace(ANSI_NULLS, ANSI_NULLS + property("RetentionUnit", "3")),
            "RetentionUnit=3 is handled only as -1"),
        arguments(
            TABLE.replace(IN_DBO, IN_DBO + refersTo("New", "[dbo].[T]")),
            "the relationship New is not handled"),
        arguments(
            TABLE.replace(IN_DBO, IN_DBO + annotation("New")), "the annotation New is not handled"),
        arguments(TABLE.replace(IN_DBO, ""), "the relationship Schema is missing"),
        arguments(
            TABLE.replace(IN_DBO, builtIn("Schema", "[sys]")), "is said to be in the schema [sys]"),
        arguments(
            TABLE.replace(IN_DBO, refersTo("Schema", "[dbo]")),
            "Schema leads to [dbo], which is not in the package"),
        arguments(
            TABLE.replace(IN_DBO, toNumber("Schema", 7)),
            "Schema leads to the number 7, which is not in the package"),
        arguments(TABLE.replace(IN_DBO, toNumber("Schema", 1)), "which is a SqlDatabaseOptions"),
        arguments(TABLE.replace(ANSI_NULLS, ""), "the property IsAnsiNullsOn is missing"),
        arguments(
            TABLE.replace(ANSI_NULLS, property("IsAnsiNullsOn", "maybe")),
            "IsAnsiNullsOn is 'maybe', and neither True nor False"),
        arguments(
            TABLE.replace(ANSI_NULLS, "<Property Name='IsAnsiNullsOn'/>"),
            "the property IsAnsiNullsOn has no value"),
        arguments(TABLE.replace("[dbo].[T]'", "[T]'"), "has a name of 1 parts, where 2"),
        arguments(
            table("[dbo].[]", column("[dbo].[].[A]", "int")), "2 that are not empty are expected"),
        arguments(
            TABLE.replace(IN_DBO, IN_DBO + refersTo("Filegroup", "[F]")),
            "only the primary filegroup is supported"),
        arguments(
            TABLE + TABLE.replace("[T]", "[t]"),
            "SqlTable [dbo].[t]: the package has two of it; the other is SqlTable [dbo].[T]"),
        arguments(TABLE + procedure("[dbo].[T]"), "the package has two of it"));
  }

  static Stream<Arguments> columns() {
    return Stream.of(
        arguments(table("[dbo].[T]"), "SqlTable [dbo].[T]: has no columns"),
        arguments(
            table("[dbo].[T]", column("[dbo].[T].[A]", "int"), column("[dbo].[T].[a]", "int")),
            "SqlSimpleColumn [dbo].[T].[a]: there are two columns of this name"),
        arguments(
            table("[dbo].[T]", column("[dbo].[U].[A]", "int")),
            "does not belong to [dbo].[T] by its name"),
        arguments(
            table("[dbo].[T]", element("SqlSimpleColumn", inline("TypeSpecifier", type("int")))),
            "SqlSimpleColumn of SqlTable [dbo].[T]: has no name"),
        arguments(inTable("int", property("IsNullable", "maybe")), "IsNullable is 'maybe'"),
        arguments(
            inTable("int", property("GeneratedAlwaysType", "1")),
            "GeneratedAlwaysType=1 is not supported: temporal tables"),
        arguments(
            inTable("int", property("IdentitySeed", "1")),
            "the property IdentitySeed=1 has no meaning here"),
        arguments(
            inTable("int", property("IsIdentity", "True"), property("IdentitySeed", "1.5")),
            "IdentitySeed is '1.5', and no whole number"),
        arguments(
            inTable(
                "int", property("IsIdentity", "True"), property("IdentitySeed", "9".repeat(99))),
            "and no whole number"),
        arguments(
            inTable("int", annotation("UndeployableElementAnnotation")),
            "the annotation UndeployableElementAnnotation is not handled"),
        arguments(inTable("surprise"), "the type 'surprise' is not known"),
        arguments(inTable("varchar"), "its type varchar has no Length"),
        arguments(inTable("datetime2"), "its type datetime2 has no Scale"),
        arguments(inTable("cursor"), "the type 'cursor' is not known"),
        arguments(
            ofType(type("varchar", property("Length", "0"))),
            "Length is '0', and no whole number from 1 to 8000"),
        arguments(
            ofType(type("varchar", property("Length", "5"), property("IsMax", "True"))),
            "the property Length=5 has no meaning here"),
        arguments(ofType(type("char", property("IsMax", "True"))), "its type char has no Length"),
        arguments(
            ofType(type("int", property("Length", "4"))),
            "the property Length=4 has no meaning here"),
        arguments(ofType(element("SqlTypeSpecifier")), "the relationship Type is missing"),
        arguments(
            ofType(element("SqlTypeSpecifier", refersTo("Type"))),
            "Type leads to 0 things, not to one"),
        arguments(
            ofType(element("SqlTypeSpecifier", refersTo("Type", "[dbo].[gone]"))),
            "Type leads to [dbo].[gone], which is not in the package"),
        arguments(
            ofType(element("SqlTypeSpecifier", refersTo("Type", "[dbo].[T]"))),
            "Type leads to [dbo].[T], which is a SqlTable"),
        arguments(
            ofType(
                element(
                    "SqlTypeSpecifier",
                    "<Relationship Name='Type'><Entry><References ExternalSource='other.dacpac' Name='[dbo].[A]'/></Entry></Relationship>")),
            "Type leads to [dbo].[A] of other.dacpac"),
        arguments(
            ofType(
                element(
                    "SqlXmlTypeSpecifier",
                    builtIn("Type", "[xml]"),
                    refersTo("XmlSchemaCollection", "[dbo].[X]"))),
            "XmlSchemaCollection is not supported: XML schema collections"),
        arguments(
            ofType(element("SqlSurprise")),
            "TypeSpecifier holds a SqlSurprise, which is not supported there"),
        arguments(
            table("[dbo].[T]", named("SqlSimpleColumn", "[dbo].[T].[A]")),
            "the relationship TypeSpecifier is missing"),
        arguments(
            table("[dbo].[T]", named("SqlComputedColumn", "[dbo].[T].[A]")),
            "the property ExpressionScript is missing"),
        arguments(
            table(
                "[dbo].[T]",
                named(
                    "SqlComputedColumn",
                    "[dbo].[T].[A]",
                    script("ExpressionScript", "1"),
                    refersTo("ExpressionDependencies", "[dbo].[gone]"))),
            "ExpressionDependencies leads to [dbo].[gone], which is not in the package"));
  }

  private static String inTable(String type, String... parts) {
    return table("[dbo].[T]", column("[dbo].[T].[A]", type, parts));
  }

  private static String ofType(String specifier) {
    return table("[dbo].[T]", typed("[dbo].[T].[A]", specifier));
  }

  static Stream<Arguments> constraints() {
    String ends =
        DEFINING + refersTo("Columns", "[dbo].[T].[A]") + refersTo("ForeignTable", "[dbo].[T]");
    String key = element("SqlPrimaryKeyConstraint", DEFINING, keyColumns("[dbo].[T].[A]"));
    String defaultValue =
        element(
            "SqlDefaultConstraint",
            DEFINING,
            refersTo("ForColumn", "[dbo].[T].[A]"),
            script("DefaultExpressionScript", "1"));
    return Stream.of(
            arguments(
                element("SqlPrimaryKeyConstraint", keyColumns("[dbo].[T].[A]")),
                "the relationship DefiningTable is missing"),
            arguments(
                element("SqlPrimaryKeyConstraint", DEFINING),
                "ColumnSpecifications names no column"),
            arguments(
                element(
                    "SqlPrimaryKeyConstraint",
                    DEFINING,
                    keyColumns("[dbo].[T].[A]", "[dbo].[T].[a]")),
                "names [A] twice"),
            arguments(
                element("SqlPrimaryKeyConstraint", DEFINING, keyColumns("[dbo].[T].[gone]")),
                "Column leads to [dbo].[T].[gone], which is not in the package"),
            arguments(
                element("SqlPrimaryKeyConstraint", DEFINING, keyColumns("[dbo].[U].[A]"))
                    + table("[dbo].[U]", column("[dbo].[U].[A]", "int")),
                "speaks of [dbo].[U].[A], which is no column of [dbo].[T]"),
            arguments(
                element(
                    "SqlPrimaryKeyConstraint",
                    DEFINING,
                    keyColumns("[dbo].[T].[A]"),
                    property("FillFactor", "101")),
                "FillFactor is '101'"),
            arguments(
                element(
                    "SqlPrimaryKeyConstraint",
                    DEFINING,
                    keyColumns("[dbo].[T].[A]"),
                    refersTo("DataCompressionOptions")),
                "is not supported: data compression"),
            arguments(key + key, "the package has two of it"),
            arguments(defaultValue + defaultValue, "the package has two of it"),
            arguments(element("SqlForeignKeyConstraint", ends), "ForeignColumns names no column"),
            arguments(
                element(
                    "SqlForeignKeyConstraint",
                    ends,
                    refersTo("ForeignColumns", "[dbo].[T].[A]", "[dbo].[T].[B]")),
                "has 1 columns that point to 2"),
            arguments(
                element(
                    "SqlForeignKeyConstraint",
                    ends,
                    refersTo("ForeignColumns", "[dbo].[T].[A]"),
                    property("OnDeleteAction", "4")),
                "OnDeleteAction is '4'"),
            arguments(
                element("SqlCheckConstraint", DEFINING),
                "the property CheckExpressionScript is missing"),
            arguments(
                element(
                    "SqlDefaultConstraint",
                    DEFINING,
                    refersTo("ForColumn", "[dbo].[T].[A]", "[dbo].[T].[B]"),
                    script("DefaultExpressionScript", "1")),
                "names 2 columns, not one"),
            arguments(
                named(
                    "SqlIndex",
                    "[dbo].[I]",
                    refersTo("IndexedObject", "[dbo].[T]"),
                    keyColumns("[dbo].[T].[A]")),
                "has a name of 2 parts, where 3"),
            arguments(
                named(
                    "SqlIndex",
                    "[dbo].[T].[I]",
                    refersTo("IndexedObject", "[dbo].[T]"),
                    keyColumns("[dbo].[T].[A]"),
                    property("IgnoreDuplicateKeys", "True")),
                "IgnoreDuplicateKeys=True is not handled"))
        .map(given -> arguments(TABLE + given.get()[0], given.get()[1]));
  }

  static Stream<Arguments> modules() {
    String plain = procedure("[dbo].[p]");
    return Stream.of(
        arguments(
            plain.replace(script("BodyScript", " SELECT 1"), ""),
            "the property BodyScript is missing"),
        arguments(
            plain.replaceFirst("<Annotation.*</Annotation>", ""),
            "has 0 annotations SysCommentsObjectAnnotation, not one"),
        arguments(
            plain.replace(IN_DBO, IN_DBO + header("CREATE")),
            "has 2 annotations SysCommentsObjectAnnotation, not one"),
        arguments(offset("9999999"), "its text does not say CREATE at 9999999"),
        arguments(offset("3"), "its text does not say CREATE at 3"),
        arguments(offset("-1"), "CreateOffset is '-1'"),
        arguments(offset("2147483648"), "CreateOffset is '2147483648'"),
        arguments(
            plain.replace("CREATE PROCEDURE", "CREATE OR PROCEDURE"), "goes on without ALTER"),
        arguments(
            plain.replace("CREATE PROCEDURE", "CREATED PROCEDURE"), "does not begin with CREATE"),
        arguments(
            plain.replace("<Value>", "<Value AnsiNulls='False'>"),
            "says two things about ANSI_NULLS"),
        arguments(
            plain.replace(IN_DBO, IN_DBO + refersTo("BodyDependencies", "[dbo].[gone]")),
            "BodyDependencies leads to [dbo].[gone]"),
        arguments(
            plain.replace(IN_DBO, IN_DBO + refersTo("Assembly", "[x]")),
            "is not supported: code of the .NET runtime"),
        arguments(
            plain.replace(IN_DBO, IN_DBO + property("IsNativelyCompiled", "True")),
            "is not supported: native compilation"),
        arguments(
            named(
                "SqlScalarFunction",
                "[dbo].[f]",
                ANSI_NULLS,
                IN_DBO,
                inline("FunctionBody", element("SqlClrFunctionImplementation"))),
            "FunctionBody holds a SqlClrFunctionImplementation"),
        arguments(
            named(
                "SqlDmlTrigger",
                "[dbo].[t]",
                ANSI_NULLS,
                script("BodyScript", ""),
                header("CREATE")),
            "the relationship Parent is missing"));
  }

  private static String offset(String offset) {
    return procedure("[dbo].[p]")
        .replace("</Annotation>", property("CreateOffset", offset) + "</Annotation>");
  }

  static Stream<Arguments> security() {
    return Stream.of(
        arguments(named("SqlUser", "[u]"), "does not say whose login it is"),
        arguments(
            named("SqlUser", "[u]", property("AuthenticationType", "2")),
            "has a password of its own"),
        arguments(
            named("SqlUser", "[u]", property("AuthenticationType", "5")),
            "AuthenticationType is '5'"),
        arguments(
            named(
                "SqlUser",
                "[u]",
                property("AuthenticationType", "1"),
                property("IsWithoutLogin", "True")),
            "has no login, and AuthenticationType=1"),
        arguments(
            named(
                "SqlUser",
                "[u]",
                property("AuthenticationType", "1"),
                script("LoginIdentifierScript", "a"),
                builtIn("Login", "[b]")),
            "names two logins"),
        arguments(
            named("SqlUser", "[u]", property("IsWithoutLogin", "True"), property("Sid", "0x01")),
            "Sid=0x01 is not supported"),
        arguments(
            named("SqlUser", "[u]", property("IsWithoutLogin", "True")) + named("SqlRole", "[U]"),
            "the package has two of it"),
        arguments(
            named("SqlUser", "[a].[u]", property("IsWithoutLogin", "True")),
            "has a name of 2 parts"),
        arguments(
            named("SqlRole", "[r]", refersTo("Authorizer", "[gone]")),
            "Authorizer leads to [gone]"),
        arguments(
            element("SqlRoleMembership", builtIn("Role", "[db_owner]")),
            "the relationship Member is missing"),
        arguments(
            permission("[Grant.Select.Database].[public].[dbo]", "9999"),
            "the permission 'Select' with the number 9999 is not known"),
        arguments(
            permission("[Grant.Surprise.Database].[public].[dbo]", "9999"),
            "the permission 'Surprise' with the number 9999 is not known"),
        arguments(
            permission("[Grant.Execute.Database].[public].[dbo]", "2"),
            "the permission 'Execute' with the number 2 is not known"),
        arguments(
            permission("[Revoke.Select.Database].[public].[dbo]", "2"),
            "'Revoke' is not supported"),
        arguments(
            permission("[Grant.Select].[public].[dbo]", "2"),
            "its name does not say what is granted"),
        arguments(permission("[Grant.Select.Database]", "2"), "its name does not say to whom"),
        arguments(
            permission("[Grant.Select.Database].[guest].[dbo]", "2"),
            "is to guest by its name, and to public otherwise"),
        arguments(permission("[Grant.Select.Database].[public].[dbo]", "x"), "Permission is 'x'"),
        arguments(
            permission("[Grant.Select.Database].[public].[dbo]", "2")
                .replace("</Element>", builtIn("Grantor", "[guest]") + "</Element>"),
            "is granted by guest; only dbo is supported"),
        arguments(
            permission("[Grant.Select.Database].[public].[dbo]", "2")
                .replace("</Element>", refersTo("Columns", "[dbo].[T].[A]") + "</Element>"),
            "the relationship Columns is not handled"));
  }

  private static String permission(String name, String number) {
    return named(
        "SqlPermissionStatement",
        name,
        property("Permission", number),
        builtIn("Grantee", "[public]"),
        toNumber("SecuredObject", 1));
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments(
            named("SqlUserDefinedDataType", "[dbo].[A]", refersTo("Type", "[dbo].[A]"), IN_DBO),
            "is of [dbo].[A], which is not built in"),
        arguments(
            named(
                "SqlTableType",
                "[dbo].[L]",
                inline(
                    "Columns",
                    named(
                        "SqlTableTypeSimpleColumn",
                        "[dbo].[L].[A]",
                        inline(
                            "TypeSpecifier",
                            element("SqlTypeSpecifier", refersTo("Type", "[dbo].[L]"))))),
                IN_DBO),
            "Type leads to [dbo].[L], which is a SqlTableType"),
        arguments(named("SqlTableType", "[dbo].[L]", IN_DBO), "has no columns"),
        arguments(
            named(
                "SqlTableType", "[dbo].[L]", IN_DBO, inline("Constraints", element("SqlSurprise"))),
            "Constraints holds a SqlSurprise"),
        arguments(
            named("SqlTableType", "[dbo].[L]", IN_DBO, inline("Indexes", element("SqlIndex"))),
            "is not supported: indexes of a table type"),
        arguments(
            named("SqlSequence", "[dbo].[s]", IN_DBO, property("Increment", "0")),
            "has the increment 0"),
        arguments(
            named(
                "SqlSequence",
                "[dbo].[s]",
                IN_DBO,
                property("MinValue", "1"),
                property("HasNoMinValue", "True")),
            "MinValue and HasNoMinValue do not fit"),
        arguments(
            named("SqlSequence", "[dbo].[s]", IN_DBO, inline("TypeSpecifier", type("date"))),
            "is of the type date"),
        arguments(
            named("SqlSynonym", "[dbo].[s]", IN_DBO), "the relationship ForObject is missing"),
        arguments(
            named(
                "SqlSynonym",
                "[dbo].[s]",
                IN_DBO,
                script("ForObjectScript", "[a].[b].[c].[d].[e]")),
            "which is no object's name"),
        arguments(
            named("SqlSynonym", "[dbo].[s]", IN_DBO, script("ForObjectScript", "[a")),
            "'[a' is not a name"),
        arguments(
            named(
                "SqlSynonym",
                "[dbo].[s]",
                IN_DBO,
                "<Relationship Name='ForObject'><Entry><References ExternalSource='master.dacpac' Name='[master]|[dbo].[x]'/></Entry></Relationship>"),
            "does not say in which database [dbo].[x] is"),
        arguments(
            named(
                "SqlExtendedProperty",
                "[SqlFilegroup].[PRIMARY].[p]",
                script("Value", "1"),
                builtIn("Host", "[PRIMARY]")),
            "properties of a SqlFilegroup are not supported"),
        arguments(
            named(
                "SqlExtendedProperty",
                "[SqlTableBase].[dbo].[T].[p]",
                script("Value", "1"),
                refersTo("Host", "[dbo].[T]")),
            "Host leads to [dbo].[T], which is not in the package"),
        arguments(
            TABLE
                + named(
                    "SqlExtendedProperty",
                    "[SqlProcedure].[dbo].[T].[p]",
                    script("Value", "1"),
                    refersTo("Host", "[dbo].[T]")),
            "Host leads to [dbo].[T], which is a SqlTable"));
  }

  @Test
  void aModelHasOneDatabase() throws DacpacException {
    Model none = MadeModel.ofAll(TABLE);
    assertThatThrownBy(() -> Interpreter.read(none, PublishOptions.DEFAULT))
        .hasMessageContaining("has 0 SqlDatabaseOptions, not one");
    Model two = MadeModel.of(MadeModel.OPTIONS);
    assertThatThrownBy(() -> Interpreter.read(two, PublishOptions.DEFAULT))
        .hasMessageContaining("has 2 SqlDatabaseOptions, not one");
    Model bare = MadeModel.ofAll(element("SqlDatabaseOptions"));
    assertThatThrownBy(() -> Interpreter.read(bare, PublishOptions.DEFAULT))
        .hasMessageContaining("the property Collation is missing");
  }

  @Test
  void everythingIsToldAtOnceUpToABound() throws DacpacException {
    String[] many =
        IntStream.range(0, 60)
            .mapToObj(i -> named("SqlXmlIndex", "[a].[b].[i" + i + "]"))
            .toArray(String[]::new);
    DacpacException refusal = refusal(MadeModel.of(many));
    assertThat(refusal)
        .hasMessageContaining("(60 in all)")
        .hasMessageContaining("[i0]")
        .hasMessageContaining("[i49]")
        .hasMessageEndingWith("and 10 more");
    assertThat(String.valueOf(refusal.getMessage())).doesNotContain("[i50]");
  }

  @Test
  void aMessageHasNeitherSecretsNorControlCharactersNorNamesWithoutEnd() throws DacpacException {
    DacpacException refusal =
        refusal(
            MadeModel.of(
                named(
                    "SqlLogin", "[a\nb" + "x".repeat(5_000) + "]", property("Password", "s3cret")),
                named("SqlUser", "[u]", property("Password", "s3cret"))));
    assertThat(String.valueOf(refusal.getMessage()))
        .hasSizeLessThan(1_000)
        .doesNotContain("s3cret");
    assertThat(String.valueOf(refusal.getMessage()).lines()).hasSize(3);
  }

  private static DacpacException refusal(Model model) {
    return catchThrowableOfType(
        DacpacException.class, () -> Interpreter.read(model, PublishOptions.DEFAULT));
  }
}
