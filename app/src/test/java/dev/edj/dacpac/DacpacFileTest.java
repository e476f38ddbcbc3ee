package dev.edj.dacpac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.edj.dacpac.DacpacFile.Checksum;
import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.DacpacException.Code;
import dev.edj.dacpac.file.Element;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.file.RefactorOperation.Rename;
import dev.edj.testing.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DacpacFileTest {

  private static final String TABLE =
      """
      <Element Type="SqlTable" Name="[a]]b].[it's &#233;]">
        <Property Name="IsAnsiNullsOn" Value="True" />
        <Relationship Name="Columns"><Entry>
          <Element Type="SqlComputedColumn" Name="[a]]b].[it's &#233;].[x]">
            <Property Name="ExpressionScript"><Value QuotedIdentifiers="True"><![CDATA[1 < 2]]></Value></Property>
            <Relationship Name="ExpressionDependencies"><Entry /><Entry>
              <References ExternalSource="master.dacpac" Name="[master]|[sys].[objects]" /></Entry></Relationship>
          </Element></Entry></Relationship>
      </Element>
      """;

  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> everyRealPackageIsOpened() throws IOException {
    Optional<Path> folder = TestData.folder("dacpacs");
    if (folder.isEmpty()) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "packages",
              () -> abort("none here: set EDJ_TEST_DATA to the folder that holds dacpacs/")));
    }
    try (Stream<Path> files = Files.walk(folder.get())) {
      List<Path> packages =
          files.filter(file -> file.toString().endsWith(".dacpac")).sorted().toList();
      assertThat(packages).hasSizeGreaterThan(30);
      return packages.stream()
          .map(file ->
              DynamicTest.dynamicTest(
                  String.valueOf(file.getFileName()),
                  () -> {
                    Dacpac opened = DacpacFile.open(file, Checksum.REQUIRED);
                    assertThat(opened.model().elements())
                        .filteredOn(element -> element.type().equals("SqlDatabaseOptions"))
                        .hasSize(1);
                  }));
    }
  }

  @Test
  void whatAPackageHoldsIsReadAsItIsWritten() throws IOException, DacpacException {
    Path file =
        Packages.with(TABLE)
            .part("postdeploy.sql", "\uFEFFSELECT 1")
            .part("predeploy.sql", "SELECT N'é'".getBytes(StandardCharsets.UTF_16))
            .part(
                "refactor.xml",
                """
                <Operations Version="1.0"><Operation Name="Rename Refactor" Key="f9b5a521-ac79-4ce0-b3f7-4b639133a455">
                  <Property Name="ElementName" Value="[a].[b].[c]" /><Property Name="ElementType" Value="SqlSimpleColumn" />
                  <Property Name="NewName" Value="d" /></Operation></Operations>
                """)
            .in(directory);
    Dacpac opened = DacpacFile.open(file, Checksum.REQUIRED);
    assertThat(opened.name()).isEqualTo("made");
    assertThat(opened.version()).isEqualTo("1.2.0.0");
    assertThat(opened.platform()).isEqualTo(Platform.SQL_2016);
    assertThat(opened.preDeployment()).isEqualTo("SELECT N'é'");
    assertThat(opened.postDeployment()).isEqualTo("SELECT 1");
    assertThat(opened.refactorLog())
        .singleElement()
        .satisfies(operation -> {
          assertThat(operation.element()).isEqualTo(ObjectName.of("a", "b", "c"));
          assertThat(operation.change()).isEqualTo(new Rename("d"));
        });
    Element table = opened.model().elements().getFirst();
    assertThat(table.name()).isEqualTo(ObjectName.of("a]b", "it's é"));
    assertThat(table.relationships().get("Columns"))
        .singleElement()
        .isInstanceOfSatisfying(
            Element.Inline.class,
            column -> {
              assertThat(column.element().properties().get("ExpressionScript"))
                  .isEqualTo(new Element.Property("1 < 2", true, true, null));
              assertThat(column.element().relationships().get("ExpressionDependencies"))
                  .containsExactly(
                      new Element.Unresolved(),
                      new Element.Reference(
                          ObjectName.of("sys", "objects"), "master.dacpac", null));
            });
  }

  @Test
  void aModelThatWasChangedIsRefusedUnlessSomebodyIsSure() throws IOException, DacpacException {
    Path file = Packages.with(TABLE).checksum("00").in(directory);
    assertThat(refusal(file)).hasMessageContaining("changed after the package was made");
    assertThat(refusal(file).code()).isEqualTo(Code.WRONG_CHECKSUM);
    assertThat(DacpacFile.open(file, Checksum.IGNORED).name()).isEqualTo("made");
  }

  @Test
  void whatIsNoPackageIsRefused() throws IOException {
    Path text = Files.writeString(directory.resolve("text.dacpac"), "CREATE TABLE t (a int)");
    assertThat(refusal(text).code()).isEqualTo(Code.NOT_A_PACKAGE);
    Path empty = Files.createFile(directory.resolve("empty.dacpac"));
    assertThat(refusal(empty).code()).isEqualTo(Code.NOT_A_PACKAGE);
    byte[] whole = Packages.with(TABLE).bytes();
    Path cut = Files.write(directory.resolve("cut.dacpac"), Arrays.copyOf(whole, whole.length / 2));
    assertThat(refusal(cut).code()).isEqualTo(Code.NOT_A_PACKAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.xml", "Origin.xml"})
  void aPartThatIsMissingIsNamed(String part) throws IOException {
    DacpacException refusal = refusal(Packages.with(TABLE).without(part).in(directory));
    assertThat(refusal).hasMessageContaining(part);
    assertThat(refusal.code()).isEqualTo(Code.MISSING_PART);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE DataSchemaModel [<!ENTITY a 'b'>]><DataSchemaModel FileFormatVersion='1.2'/>",
        "<!DOCTYPE DataSchemaModel SYSTEM 'file:///etc/passwd'><DataSchemaModel/>",
        "<DataSchemaModel FileFormatVersion='1.2'>&xxe;</DataSchemaModel>",
        "<DataSchemaModel FileFormatVersion='1.2'",
        "<Something/>",
        "",
      })
  void aModelThatIsNoPlainXmlIsRefused(String model) throws IOException {
    DacpacException refusal = refusal(Packages.with("").model(model).in(directory));
    assertThat(refusal.code()).isEqualTo(Code.MALFORMED);
    assertThat(refusal).hasMessageContaining("model.xml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Surprise/>",
        "<Element Name='[a]'/>",
        "<Element Type='SqlTable' Name='[a'/>",
        "<Element Type='SqlTable' Name='[a]b'/>",
        "<Element Type='SqlTable' Name=''/>",
        "<Element Type='SqlTable'><Property Name='a' Value='1'/><Property Name='a' Value='2'/></Element>",
        "<Element Type='SqlTable'><Property Name='a' Value='1'><Value>2</Value></Property></Element>",
        "<Element Type='SqlTable'>text</Element>",
        "<Element Type='SqlTable' Disambiguator='x'/>",
        "<Element Type='SqlTable'><Relationship Name='a'><Entry><References Name='[a]'/><References Name='[b]'/></Entry></Relationship></Element>",
        "<Element Type='SqlTable'><Relationship Name='a'><Entry><References Name='[a]'/><Annotation Type='New'/></Entry></Relationship></Element>",
        "<Element Type='SqlTable'><Annotation Type='A'><Relationship Name='a'/></Annotation></Element>",
      })
  void whatDoesNotBelongIntoAModelIsRefusedWithItsLine(String elements) throws IOException {
    DacpacException refusal = refusal(Packages.with(elements).in(directory));
    assertThat(refusal.code()).isEqualTo(Code.MALFORMED);
    assertThat(refusal).hasMessageContaining("model.xml, line ");
  }

  /// Rows of tables, which SqlPackage would load, and names of parts that are not written exactly.
  @ParameterizedTest
  @ValueSource(
      strings = {"Data/dbo.Orders/TableData-000-00000.BCP", "PostDeploy.sql", "sql/postdeploy.sql"})
  void aPartThatNobodyWouldReadIsRefused(String part) throws IOException {
    DacpacException refusal = refusal(Packages.with("").part(part, "x").in(directory));
    assertThat(refusal.code()).isEqualTo(Code.NOT_SUPPORTED);
    assertThat(refusal).hasMessageContaining(part);
  }

  @Test
  void aModelThatUnfoldsOrGoesDeepIsRefusedWithoutMuchMemory() throws IOException {
    String deep = "<Element Type='a'><Relationship Name='r'><Entry>".repeat(2_000);
    assertThat(refusal(Packages.with("").model(modelOf(deep)).in(directory)).code())
        .isEqualTo(Code.TOO_LARGE);
    byte[] blanks = new byte[130 << 20];
    Arrays.fill(blanks, (byte) ' ');
    assertThat(refusal(Packages.with("").part("model.xml", blanks).in(directory)).code())
        .isEqualTo(Code.TOO_LARGE);
    Packages many = Packages.with("");
    for (int i = 0; i < 1_001; i++) {
      many.part("part" + i, "");
    }
    assertThat(refusal(many.in(directory)).code()).isEqualTo(Code.TOO_LARGE);
  }

  @Test
  void versionsThatNobodyKnowsAreRefused() throws IOException {
    Path model = Packages.with("").model(modelOf("").replace("'1.2'", "'2.0'")).in(directory);
    assertThat(refusal(model).code()).isEqualTo(Code.UNKNOWN_VERSION);
    Path platform =
        Packages.with("").model(modelOf("</Model>").replace("Sql130", "Sql999")).in(directory);
    assertThat(refusal(platform)).hasMessageContaining("Sql999");
  }

  private static String modelOf(String elements) {
    return "<DataSchemaModel FileFormatVersion='1.2' SchemaVersion='2.9' DspName='Microsoft.Data.Tools.Schema.Sql.Sql130DatabaseSchemaProvider'><Model>%s</DataSchemaModel>"
        .formatted(elements);
  }

  private static DacpacException refusal(Path file) {
    return catchThrowableOfType(
        DacpacException.class, () -> DacpacFile.open(file, Checksum.REQUIRED));
  }
}
