package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.Packages;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DacpacCommandsTest {

  private static final String TWO_TABLES =
      "<Element Type='SqlTable' Name='[dbo].[a]'/><Element Type='SqlTable' Name='[dbo].[b]'/>";

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
}
