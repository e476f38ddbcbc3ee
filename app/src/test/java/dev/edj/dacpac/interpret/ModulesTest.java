package dev.edj.dacpac.interpret;

import static dev.edj.dacpac.interpret.MadeModel.ANSI_NULLS;
import static dev.edj.dacpac.interpret.MadeModel.IN_DBO;
import static dev.edj.dacpac.interpret.MadeModel.TABLE;
import static dev.edj.dacpac.interpret.MadeModel.annotation;
import static dev.edj.dacpac.interpret.MadeModel.column;
import static dev.edj.dacpac.interpret.MadeModel.dbo;
import static dev.edj.dacpac.interpret.MadeModel.element;
import static dev.edj.dacpac.interpret.MadeModel.header;
import static dev.edj.dacpac.interpret.MadeModel.inline;
import static dev.edj.dacpac.interpret.MadeModel.named;
import static dev.edj.dacpac.interpret.MadeModel.property;
import static dev.edj.dacpac.interpret.MadeModel.refersTo;
import static dev.edj.dacpac.interpret.MadeModel.relationship;
import static dev.edj.dacpac.interpret.MadeModel.script;
import static dev.edj.dacpac.interpret.MadeModel.type;
import static dev.edj.dacpac.interpret.MadeModel.typed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.dacpac.Packages;
import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.DacpacException.Code;
import dev.edj.dacpac.file.Model;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.plan.PublishOptions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModulesTest {

  @Test
  void aTextIsHeaderBodyAndFooterWithItsLineEnds() throws DacpacException {
    SqlModule module =
        module(
            text(
                "-- by hand\r\nCREATE PROCEDURE dbo.p AS",
                "\nSELECT 1\n",
                property("FooterContents", ";"),
                property("CreateOffset", "12"),
                property("Length", "50"),
                property("StartLine", "1")));
    assertThat(module.text())
        .isEqualTo("-- by hand\r\nCREATE PROCEDURE dbo.p AS\r\nSELECT 1\r\n;")
        .hasSize(50);
    assertThat(module.createOffset()).isEqualTo(12);
    assertThat(module.alterText()).startsWith("-- by hand\r\nALTER PROCEDURE");
    assertThat(module.ansiNulls()).isTrue();
    assertThat(module.quotedIdentifiers()).isTrue();
    assertThat(module.schemaBound()).isFalse();
    assertThat(module.enabled()).isTrue();
  }

  @Test
  void whereTheLengthSaysSoLinesEndAsTheyStand() throws DacpacException {
    String header = "CREATE PROCEDURE dbo.p AS";
    String body = "\nSELECT 1\nSELECT 2";
    String length = property("Length", String.valueOf(header.length() + body.length()));
    assertThat(module(text(header, body, length)).text()).isEqualTo(header + body);
    assertThat(module(text(header, body)).text()).endsWith("AS\r\nSELECT 1\r\nSELECT 2");
  }

  private static String text(String header, String body, String... parts) {
    return named(
        "SqlProcedure",
        "[dbo].[p]",
        script("BodyScript", body),
        ANSI_NULLS,
        IN_DBO,
        header(header, parts));
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE OR ALTER PROCEDURE dbo.p AS,CREATE PROCEDURE dbo.p AS",
    "create or /* or */ alter PROC dbo.p AS,create PROC dbo.p AS",
    "CREATE PROCEDURE dbo.[OR ALTER] AS,CREATE PROCEDURE dbo.[OR ALTER] AS",
  })
  void aTextThatCreatesOrAltersCreates(String header, String plain) throws DacpacException {
    assertThat(module(text(header, " SELECT 1")).text()).isEqualTo(plain + " SELECT 1");
  }

  @Test
  void theSettingsAreThoseOfTheElementOrItsText() throws DacpacException {
    String off =
        text("CREATE PROCEDURE dbo.p AS", " SELECT 1")
            .replace("<Value>", "<Value QuotedIdentifiers='False' AnsiNulls='False'>")
            .replace(ANSI_NULLS, property("IsAnsiNullsOn", "False"));
    assertThat(module(off).ansiNulls()).isFalse();
    assertThat(module(off).quotedIdentifiers()).isFalse();
    String told =
        text("CREATE PROCEDURE dbo.p AS", " SELECT 1")
            .replace(ANSI_NULLS, ANSI_NULLS + property("IsQuotedIdentifierOn", "False"));
    assertThat(module(told).quotedIdentifiers()).isFalse();
  }

  @Test
  void whatATextNeedsIsWhatItSpeaksOfAndTheTypesOfItsParameters() throws DacpacException {
    String list =
        named(
            "SqlTableType",
            "[dbo].[List]",
            inline(
                "Columns",
                named(
                    "SqlTableTypeSimpleColumn",
                    "[dbo].[List].[A]",
                    inline("TypeSpecifier", type("int")))),
            IN_DBO);
    String parameter =
        named(
            "SqlSubroutineParameter",
            "[dbo].[p].[@l]",
            property("IsReadOnly", "True"),
            inline("Type", element("SqlTypeSpecifier", refersTo("Type", "[dbo].[List]"))));
    SqlModule module =
        module(
            text("CREATE PROCEDURE dbo.p AS", " SELECT 1")
                .replace(
                    IN_DBO,
                    IN_DBO
                        + inline("Parameters", parameter)
                        + refersTo("User", "[ann]")
                        + property("IsOwner", "False")
                        + relationship(
                            "BodyDependencies",
                            "<References Name='[dbo].[T].[A]'/>",
                            "<References Name='[dbo].[p].[@l]'/>",
                            "<References ExternalSource='BuiltIns' Name='[int]'/>",
                            "<References ExternalSource='master.dacpac' Name='[master]|[sys].[objects]'/>",
                            "<Annotation Type='PersistedResolvableAnnotation'/>",
                            "")
                        + inline(
                            "DynamicObjects",
                            named("SqlDynamicColumnSource", "[dbo].[p].[cte]", inline("Columns")))),
            TABLE,
            list,
            named("SqlUser", "[ann]", property("IsWithoutLogin", "True")));
    assertThat(module.references())
        .containsExactlyInAnyOrder(dbo("T", "A"), dbo("List"), ObjectName.of("ann"));
  }

  @ParameterizedTest
  @CsvSource({
    "'CREATE FUNCTION dbo.f() RETURNS int WITH SCHEMABINDING AS',true",
    "'CREATE FUNCTION dbo.f() RETURNS int WITH EXECUTE AS OWNER, schemabinding AS',true",
    "'CREATE FUNCTION dbo.f() RETURNS int /* /* */ WITH SCHEMABINDING */ AS',false",
    "'CREATE FUNCTION dbo.f(@SCHEMABINDING varchar(20) = ''SCHEMABINDING'') RETURNS int AS',false",
    "'CREATE FUNCTION dbo.[SCHEMABINDING]() RETURNS int -- SCHEMABINDING',false",
  })
  void aFunctionIsBoundWhereItsTextSaysSo(String header, boolean bound) throws DacpacException {
    assertThat(
            module(function("SqlScalarFunction", header, inline("Type", type("int"))))
                .schemaBound())
        .isEqualTo(bound);
  }

  private static String function(String type, String header, String part) {
    return named(
        type,
        "[dbo].[f]",
        inline(
            "FunctionBody",
            element(
                "SqlScriptFunctionImplementation",
                script("BodyScript", " RETURN 1"),
                header(header))),
        ANSI_NULLS,
        part,
        IN_DBO);
  }

  @Test
  void functionsAreOfThreeKinds() throws DacpacException {
    String header = "CREATE FUNCTION dbo.f() AS";
    assertThat(module(function("SqlScalarFunction", header, inline("Type", type("int")))).type())
        .isEqualTo(ObjectType.SCALAR_FUNCTION);
    String columns = inline("Columns", named("SqlComputedColumn", "[dbo].[f].[a]"));
    assertThat(module(function("SqlInlineTableValuedFunction", header, columns)).type())
        .isEqualTo(ObjectType.INLINE_FUNCTION);
    String alias =
        named(
            "SqlUserDefinedDataType",
            "[dbo].[A]",
            "<Relationship Name='Type'><Entry><References ExternalSource='BuiltIns' Name='[int]'/></Entry></Relationship>",
            IN_DBO);
    SqlModule filled =
        module(
            function(
                "SqlMultiStatementTableValuedFunction",
                header,
                property("ReturnTableVariable", "@t")
                    + inline(
                        "Columns",
                        column("[dbo].[f].[a]", "int"),
                        typed(
                            "[dbo].[f].[b]",
                            element("SqlTypeSpecifier", refersTo("Type", "[dbo].[A]"))))),
            alias);
    assertThat(filled.type()).isEqualTo(ObjectType.TABLE_FUNCTION);
    assertThat(filled.references()).containsExactly(dbo("A"));
  }

  @Test
  void aTriggerBelongsToItsTable() throws DacpacException {
    SqlModule trigger =
        module(
            named(
                "SqlDmlTrigger",
                "[dbo].[tr]",
                property("SqlTriggerType", "2"),
                property("IsInsertTrigger", "True"),
                property("IsDisabled", "True"),
                script("BodyScript", " SELECT 1"),
                ANSI_NULLS,
                refersTo("Parent", "[dbo].[T]"),
                header("CREATE TRIGGER dbo.tr ON dbo.T AFTER INSERT AS")),
            TABLE);
    assertThat(trigger.parent()).isEqualTo(dbo("T"));
    assertThat(trigger.enabled()).isFalse();
    assertThat(trigger.references()).containsExactly(dbo("T"));
  }

  @Test
  void variablesHaveTheirValuesInTextsAndNames() throws DacpacException {
    Model model =
        withVariables(
            "Env;Owner",
            named("SqlSchema", "[$(Env)]"),
            named("SqlRole", "[$(owner)]"),
            procedure(
                "/* $(Env) */ CREATE PROCEDURE dbo.p AS", " SELECT '$(env) $(Other) $(Owner)'"));
    PublishOptions options = options(Map.of("ENV", "a$1", "Owner", "o", "Other", "x"));
    assertThat(Interpreter.read(model, options).database().objects())
        .extracting(object -> object.name())
        .containsExactly(ObjectName.of("a$1"), ObjectName.of("o"), dbo("p"));
    SqlModule module =
        Interpreter.read(model, options).database().objects(SqlModule.class).getFirst();
    assertThat(module.text())
        .isEqualTo("/* a$1 */ CREATE PROCEDURE dbo.p AS SELECT 'a$1 $(Other) o'");
    assertThat(module.createOffset()).isEqualTo(10);
  }

  private static String procedure(String header, String body) {
    return named(
        "SqlProcedure",
        "[dbo].[p]",
        script("BodyScript", body),
        ANSI_NULLS,
        IN_DBO,
        annotation(
            "SysCommentsObjectAnnotation",
            property("HeaderContents", header),
            property("CreateOffset", String.valueOf(header.indexOf("CREATE")))));
  }

  @Test
  void everyVariableWithoutAValueIsNamed() throws DacpacException {
    Model model = withVariables("Env;Owner;Given");
    assertThatThrownBy(() -> Interpreter.read(model, options(Map.of("given", ""))))
        .isInstanceOfSatisfying(
            DacpacException.class, e -> assertThat(e.code()).isEqualTo(Code.BAD_OPTION))
        .hasMessageContaining("Env, Owner");
  }

  @Test
  void theNameOfTheDatabaseIsNeededWhereATextSpeaksOfIt() throws DacpacException {
    Model model = MadeModel.of(procedure("CREATE PROCEDURE dbo.p AS", " USE $(DatabaseName)"));
    assertThatThrownBy(() -> Interpreter.read(model, PublishOptions.DEFAULT))
        .hasMessageContaining("SqlProcedure [dbo].[p]: uses $(DatabaseName), which has no value");
    assertThat(
            Interpreter.read(model, options(Map.of("DatabaseName", "d")))
                .database()
                .objects(SqlModule.class)
                .getFirst()
                .text())
        .endsWith("USE d");
  }

  private static PublishOptions options(Map<String, String> variables) {
    return new PublishOptions(Map.of(), Set.of(), Set.of(), variables);
  }

  private static Model withVariables(String names, String... elements) throws DacpacException {
    StringBuilder variables = new StringBuilder();
    for (String name : names.split(";", -1)) {
      variables.append("<Metadata Name='%s' Value=''/>".formatted(name));
    }
    return MadeModel.of(
        Packages.with("")
            .model(
                """
                <DataSchemaModel FileFormatVersion='1.2' SchemaVersion='2.9'
                    DspName='Microsoft.Data.Tools.Schema.Sql.Sql130DatabaseSchemaProvider'>
                  <Header><CustomData Category='SqlCmdVariables' Type='SqlCmdVariable'>%s</CustomData></Header>
                  <Model>%s%s</Model></DataSchemaModel>
                """
                    .formatted(variables, MadeModel.OPTIONS, String.join("", elements))));
  }

  private static SqlModule module(String... elements) throws DacpacException {
    return Interpreter.read(MadeModel.of(elements), PublishOptions.DEFAULT)
        .database()
        .objects(SqlModule.class)
        .getFirst();
  }
}
