package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DacpacCommandsTest {

  private static final String TWO_TABLES =
      "<Element Type='SqlTable' Name='[dbo].[a]'/><Element Type='SqlTable' Name='[dbo].[b]'/>";

  private static final String OPTIONS =
      "<Element Type='SqlDatabaseOptions'><Property Name='Collation' Value='Latin1_General_CI_AS'/></Element>";

  private static final String SCHEMA =
      """
      <Element Type='SqlSchema' Name='[app]'>
        <Relationship Name='Authorizer'><Entry><References ExternalSource='BuiltIns' Name='[dbo]'/></Entry></Relationship>
      </Element>
      """;

  @TempDir private Path directory;

  @Test
  void whatIsInAPackageIsSaidWithoutAService() throws IOException {
    Path file = Packages.with(TWO_TABLES).part("postdeploy.sql", "SELECT 1").in(directory);
    CommandLineRun run = CommandLineRun.of("dacpac", "inspect", file.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().replaceAll(" +", " "))
        .contains("Package made")
        .contains("Version 1.2.0.0")
        .contains("Made for SQL Server 2016")
        .contains("Scripts after the deployment")
        .contains("SqlTable 2");
    assertThat(CommandLineRun.of("dacpac", "inspect", file.toString(), "-o", "json").out())
        .contains("\"postDeployment\"")
        .contains("\"SqlTable\"");
  }

  @Test
  void aPackageThatIsRefusedIsNamedWithTheReason() throws IOException {
    Path file = Packages.with(TWO_TABLES).checksum("00").in(directory);
    CommandLineRun refused = CommandLineRun.of("dacpac", "inspect", file.toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).startsWith("edj: " + file).contains("checksum");
    assertThat(
            CommandLineRun.of("dacpac", "inspect", file.toString(), "--ignore-checksum").exitCode())
        .isZero();
    assertThat(CommandLineRun.of("dacpac", "inspect", directory + "/none.dacpac"))
        .satisfies(missing -> {
          assertThat(missing.exitCode()).isEqualTo(2);
          assertThat(missing.err()).contains("does not exist");
        });
  }

  /// The old name may be another thing's by then.
  @Test
  void renamesOfTheOlderPackageAreDone() throws IOException {
    String log =
        """
        <Operations Version="1.0"><Operation Name="Rename Refactor" Key="f9b5a521-ac79-4ce0-b3f7-4b639133a455">
          <Property Name="ElementName" Value="[dbo].[gone]"/><Property Name="ElementType" Value="SqlTable"/>
          <Property Name="NewName" Value="[there]"/></Operation></Operations>
        """;
    Path logged = Packages.with(OPTIONS + SCHEMA).part("refactor.xml", log).in(directory);
    Path without = file("without", SCHEMA);
    assertThat(run("diff", logged, logged).out()).isEqualTo("Nothing differs.\n");
    assertThat(run("diff", logged, without).out())
        .isEqualTo("Nothing differs; keys of renames would be noted down.\n");
  }

  @Test
  void theScriptAndTheReportOfADifferenceArePrintedAsTheyAre() throws IOException {
    Path now = file("new", SCHEMA);
    Path before = file("old", "");
    CommandLineRun script = run("script", now, "--against", before);
    assertThat(script.err()).isEmpty();
    assertThat(script.exitCode()).isZero();
    assertThat(script.out())
        .startsWith("/*\nDeployment script for made\n*/\n")
        .contains("CREATE SCHEMA [app]")
        .endsWith("\nGO\n");
    CommandLineRun report = run("report", now, "--against", before);
    assertThat(report.exitCode()).isZero();
    assertThat(report.out())
        .startsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>")
        .contains("<Operation Name=\"Create\">", "Value=\"[app]\"")
        .endsWith("</DeploymentReport>\n");
    for (String command : List.of("script", "report")) {
      assertThat(run(command, now, "--against", before, "-o", "json").out().replaceAll("\\s", ""))
          .startsWith("{\"changesNothing\":false,\"script\":\"/*")
          .contains("\"report\":\"<?xml");
    }
  }

  @Test
  void aDifferenceIsATableOfWhatWouldBeDone() throws IOException {
    Path now = file("new", SCHEMA);
    Path before = file("old", "");
    CommandLineRun differs = run("diff", now, before);
    assertThat(differs.exitCode()).isZero();
    assertThat(differs.out().replaceAll(" +", " "))
        .isEqualTo("OPERATION OBJECT TYPE\nCreate [app] SqlSchema\n");
    assertThat(run("diff", now, now)).isEqualTo(new CommandLineRun(0, "Nothing differs.\n", ""));
    assertThat(run("diff", before, now, "--publish-option", "DropObjectsNotInSource=True").out())
        .contains("Drop", "[app]");
  }

  @Test
  void whatCannotBeComparedIsNamedWithTheReason() throws IOException {
    Path good = file("good", SCHEMA);
    Path text = Files.writeString(directory.resolve("text.dacpac"), "SELECT 1");
    Path unknown = file("unknown", "<Element Type='SqlTelepathy' Name='[dbo].[a]'/>");
    for (String command : List.of("inspect", "script", "report", "diff")) {
      for (Path bad : List.of(text, directory, directory.resolve("none.dacpac"))) {
        CommandLineRun run = comparison(command, bad, good);
        assertThat(run.exitCode()).as(command + " " + bad).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
            .startsWith("edj: " + bad)
            .containsAnyOf("no zip file", "is a directory, and no file", "does not exist");
      }
    }
    for (String command : List.of("script", "report", "diff")) {
      CommandLineRun run = comparison(command, unknown, good);
      assertThat(run.exitCode()).as(command).isEqualTo(2);
      assertThat(run.err()).startsWith("edj: " + unknown).contains("SqlTelepathy");
      CommandLineRun against = comparison(command, good, unknown);
      assertThat(against.exitCode()).as("against " + command).isEqualTo(2);
      assertThat(against.err()).startsWith("edj: " + unknown).contains("SqlTelepathy");
    }
  }

  @Test
  void optionsAndVariablesThatCannotBeAreRefused() throws IOException {
    Path good = file("good", SCHEMA);
    for (String[] wrong :
        List.of(
            new String[] {"--publish-option", "DropEverything=True"},
            new String[] {"--publish-option", "CreateNewDatabase=True"},
            new String[] {"--publish-option", "IgnoreWhitespace"},
            new String[] {"--variable", "Tenant"})) {
      CommandLineRun run =
          CommandLineRun.of("dacpac", "diff", good + "", good + "", wrong[0], wrong[1]);
      assertThat(run.exitCode()).as(wrong[1]).isEqualTo(2);
      assertThat(run.err()).as(wrong[1]).contains(wrong[1].replaceFirst("=.*", ""));
    }
    CommandLineRun nothing = run("script", good);
    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.err()).contains("--against");
  }

  @Test
  void aServerThatCannotBeAskedIsToldWithItsName() throws IOException {
    Path password = Files.writeString(directory.resolve("password"), "secret-password");
    Path good = file("good", SCHEMA);
    CommandLineRun other = live(good, "postgresql://localhost:1", password);
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("is neither SQL Server nor Azure SQL Database");
    CommandLineRun silent = live(good, "localhost:1", password);
    assertThat(silent.exitCode()).isEqualTo(5);
    assertThat(silent.err()).startsWith("edj: localhost:1: ").doesNotContain("secret-password");
  }

  private static CommandLineRun live(Path file, String server, Path password) {
    return CommandLineRun.of(
        "dacpac",
        "report",
        file.toString(),
        "--server",
        server,
        "--database",
        "orders",
        "--user",
        "deploy",
        "--password-file",
        password.toString());
  }

  /// `inspect` takes no second package.
  private static CommandLineRun comparison(String command, Path file, Path other) {
    return switch (command) {
      case "inspect" -> run(command, file);
      case "diff" -> run(command, file, other);
      default -> run(command, file, "--against", other);
    };
  }

  private static CommandLineRun run(String command, Object... words) {
    List<String> line = new ArrayList<>(List.of("dacpac", command));
    Stream.of(words).map(Object::toString).forEach(line::add);
    return CommandLineRun.of(line.toArray(String[]::new));
  }

  private Path file(String name, String elements) throws IOException {
    return Files.write(
        directory.resolve(name + ".dacpac"), Packages.with(OPTIONS + elements).bytes());
  }
}
