package dev.edj.dacpac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.plan.DeploymentBatch;
import dev.edj.dacpac.plan.PublishOption;
import dev.edj.dacpac.plan.PublishOptions;
import dev.edj.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Packages that people have really made, deployed to a real SQL Server; a second deployment has
/// nothing to do.
///
/// A stand-in gives its catalog back in other words (names in lower case, no clustered keys, each
/// constraint named by the server), so there only the first deployment is looked at: each of its
/// statements is taken, and the tables are there afterwards.
@EnabledIfEnvironmentVariable(
    named = "EDJ_TEST_SQLSERVER_URL",
    matches = ".+",
    disabledReason = "EDJ_TEST_SQLSERVER_URL does not name a SQL Server")
class RealDeploymentsTest {

  /// Those whose statements the stand-in takes.
  private static final Set<String> ON_A_STAND_IN = Set.of("testdb", "output.dacpac");

  private final Deployer deployer = new SqlServerDeployer();

  @TestFactory
  Stream<DynamicTest> singles() throws IOException {
    return files(packages().resolve("single")).stream()
        .map(file -> DynamicTest.dynamicTest(name(file), () -> follow(name(file), List.of(file))));
  }

  @TestFactory
  Stream<DynamicTest> chains() throws IOException {
    return directories(packages().resolve("chains")).stream()
        .map(
            chain -> DynamicTest.dynamicTest(name(chain), () -> follow(name(chain), files(chain))));
  }

  private void follow(String title, List<Path> versions)
      throws IOException, SQLException, DacpacException {
    try (LiveDatabase live = LiveDatabase.create()) {
      assumeTrue(
          !live.isStandIn() || ON_A_STAND_IN.contains(title),
          "a stand-in does not take all statements of " + title);
      for (Path version : live.isStandIn() ? versions.subList(0, 1) : versions) {
        deploy(version, live);
      }
    }
  }

  private void deploy(Path file, LiveDatabase live)
      throws IOException, SQLException, DacpacException {
    Dacpac dacpac = DacpacFile.open(file, DacpacFile.Checksum.REQUIRED);
    PublishOptions options =
        new PublishOptions(
            Map.of(PublishOption.DROP_OBJECTS_NOT_IN_SOURCE, true),
            Set.of("SqlLogin", "SqlUser", "SqlPermissionStatement", "SqlRoleMembership"),
            Set.of(),
            dacpac.variables().stream().collect(Collectors.toMap(name -> name, name -> "value")));
    PlannedDeployment planned;
    try {
      planned = deployer.plan(dacpac, options, read(live), live.name());
    } catch (DacpacException e) {
      assumeTrue(false, "refused: " + e.getMessage());
      return;
    }
    run(DeploymentBatch.of(planned.plan(), options), live);
    Database now = read(live);
    assertThat(tables(now)).containsAll(tables(deployer.interpret(dacpac, options)));
    if (!live.isStandIn()) {
      PlannedDeployment second = deployer.plan(dacpac, options, now, live.name());
      assertThat(second.plan().changesNothing()).as(second.script()).isTrue();
    }
  }

  private Database read(LiveDatabase live) throws SQLException {
    try (Connection connection = live.connect()) {
      return deployer.read(connection);
    }
  }

  /// Scripts of the packages' authors are left out: they speak of data that is not here.
  private static void run(List<DeploymentBatch> batches, LiveDatabase live) throws SQLException {
    try (Connection connection = live.connect();
        Statement statement = connection.createStatement()) {
      for (DeploymentBatch batch : batches) {
        if (batch.kind() != DeploymentBatch.Kind.SCRIPT) {
          try {
            statement.execute(batch.text());
          } catch (SQLException e) {
            throw new SQLException(
                "%s: %s%n%s".formatted(batch.title(), e.getMessage(), batch.text()), e);
          }
        }
      }
    }
  }

  private static Set<String> tables(Database database) {
    return database.objects(Table.class).stream()
        .map(DatabaseObject::title)
        .map(title -> title.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static Path packages() {
    Path folder = TestData.folder("dacpacs").orElse(null);
    assumeTrue(folder != null, "the folder of real packages is not here");
    return Objects.requireNonNull(folder);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".dacpac")).sorted().toList();
    }
  }

  private static List<Path> directories(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }
}
