package dev.edj.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.content.Contents;
import dev.edj.content.PackageFetch;
import dev.edj.content.Packages;
import dev.edj.execution.Destination;
import dev.edj.outward.AllowedHosts;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.GivenDeployer;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Steps that deploy a data-tier package.
@TestInstance(Lifecycle.PER_CLASS)
class DacpacStepsTest {

  private final TestControlDatabase database = TestControlDatabase.create();
  private final TestFleet fleet = new TestFleet(database.jdbi());
  private final GivenDeployer deployer = new GivenDeployer();
  private final Packages packages =
      new Packages(
          database.jdbi(), deployer, Path.of(System.getProperty("java.io.tmpdir"), "edj-steps"));
  private final Jobs jobs = new Jobs(database.jdbi(), packages);

  @BeforeAll
  void makeWhatIsNeeded() throws IOException {
    fleet.credential("login", "*");
    fleet.database("good", "db");
    fleet.content("script", "SELECT 1");
    new Contents(database.jdbi(), packages, new PackageFetch(AllowedHosts.NONE, packages))
        .createDacpac(
            "package", new ByteArrayInputStream(dev.edj.dacpac.Packages.ofNothing().bytes()), null);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void publishOptionsAreKeptWithTheVersionOfTheJob() {
    Job created =
        create(
            "options",
            "package",
            step -> step.change().publishOptions(Map.of("DropObjectsNotInSource", "True")).build());
    assertThat(created.steps().getFirst().publishOptions())
        .isEqualTo(Map.of("DropObjectsNotInSource", "True"));
    Job described = jobs.update("options", new JobChange("only words", null, null, null));
    assertThat(described.version()).isEqualTo(1);
    Job same =
        jobs.update(
            "options",
            steps(step ->
                step.change().publishOptions(Map.of("DropObjectsNotInSource", "True")).build()));
    assertThat(same.version()).isEqualTo(1);
    Job other = jobs.update("options", steps(step -> step));
    assertThat(other.version()).isEqualTo(2);
    assertThat(other.steps().getFirst().publishOptions()).isEmpty();
    assertThat(jobs.named("options", 1).steps()).isEqualTo(created.steps());
  }

  /// Their values are known when it runs; two names that are not known yet are not the same one.
  @Test
  void aPackageThatWantsVariablesIsAStep() throws IOException {
    byte[] file =
        dev.edj.dacpac.Packages.with("")
            .model(
                """
                <?xml version="1.0" encoding="utf-8"?>
                <DataSchemaModel FileFormatVersion="1.2" SchemaVersion="2.9"
                    DspName="Microsoft.Data.Tools.Schema.Sql.Sql130DatabaseSchemaProvider"
                    CollationLcid="1033" CollationCaseSensitive="False"
                    xmlns="http://schemas.microsoft.com/sqlserver/dac/Serialization/2012/02">
                  <Header><CustomData Category="SqlCmdVariables" Type="SqlCmdVariable">
                    <Metadata Name="Reader" Value=""/><Metadata Name="Writer" Value=""/>
                  </CustomData></Header>
                  <Model>
                    <Element Type="SqlDatabaseOptions"><Property Name="Collation" Value="Latin1_General_CI_AS"/></Element>
                    <Element Type="SqlRole" Name="[$(Reader)]"/>
                    <Element Type="SqlRole" Name="[$(Writer)]"/>
                  </Model>
                </DataSchemaModel>
                """)
            .bytes();
    fleet.contents.createDacpac("variables", new ByteArrayInputStream(file), null);
    Job created =
        new Jobs(database.jdbi(), fleet.packages)
            .create(new NewJob("variables", null, List.of(step("variables")), null, null));
    assertThat(created.steps()).hasSize(1);
  }

  @Test
  void whatCannotBeIsRefusedByItsField() {
    assertRefused(
        "publishOptions",
        "'BlockOnDataLoss' is not known",
        "package",
        step -> step.change().publishOptions(Map.of("BlockOnDataLoss", "False")).build());
    assertRefused(
        "publishOptions",
        "True or False, not 'maybe'",
        "package",
        step -> step.change().publishOptions(Map.of("BlockOnPossibleDataLoss", "maybe")).build());
    assertRefused(
        "publishOptions",
        "is not supported",
        "package",
        step -> step.change().publishOptions(Map.of("CreateNewDatabase", "True")).build());
    assertRefused(
        "publishOptions",
        "given twice",
        "package",
        step ->
            step.change()
                .publishOptions(Map.of("IgnoreWhitespace", "True", "ignorewhitespace", "False"))
                .build());
    assertRefused(
        "publishOptions",
        "content 'script' is a script",
        "script",
        step -> step.change().publishOptions(Map.of("IgnoreWhitespace", "True")).build());
    assertRefused(
        "destination",
        "returns no rows",
        "package",
        step ->
            step.change()
                .destination(new Destination("good", "db", null, "t", "login", null, null))
                .build());
    assertRefused(
        "exactlyOnce",
        "does not go with",
        "package",
        step ->
            NewJobStep.of(step.content(), step.credential(), step.target())
                .exactlyOnce(true)
                .build());
  }

  @Test
  void aPackageThatCannotBeDeployedWithTheseOptionsIsRefusedWithItsList() {
    deployer.refuses("2 elements are not handled: SqlAssembly [a], SqlLogin [b]");
    try {
      assertThatThrownBy(() -> create("refused", "package", step -> step))
          .isInstanceOfSatisfying(
              EdjException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PACKAGE);
                assertThat(e.text()).contains("SqlAssembly [a], SqlLogin [b]");
              });
    } finally {
      deployer.refuses(null);
    }
  }

  private void assertRefused(
      String field, String text, String content, UnaryOperator<NewJobStep> how) {
    assertThatThrownBy(() -> create("refused", content, how))
        .isInstanceOfSatisfying(
            EdjException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.text()).contains(text);
            });
  }

  private Job create(String name, String content, UnaryOperator<NewJobStep> how) {
    return jobs.create(new NewJob(name, null, List.of(how.apply(step(content))), null, null));
  }

  private static JobChange steps(UnaryOperator<NewJobStep> how) {
    return new JobChange(null, List.of(how.apply(step("package"))), null, null);
  }

  private static NewJobStep step(String content) {
    return NewJobStep.of(content, "login", "good/db").build();
  }
}
