package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.node.NodeRole;
import dev.edj.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of the documentation, with a real service on real databases.
class TenantFleetTest {

  private static final Path EXAMPLE = Path.of("../docs/examples/tenant-fleet");
  private static final PostgresServer SERVER = PostgresServer.shared();

  @Test
  void theExampleIsAppliedAndItsJobsRun(@TempDir Path directory) throws IOException {
    Stream.of("001", "002", "003", "template")
        .forEach(name -> SERVER.execute("CREATE DATABASE fleet_tenant_" + name));
    try (FilesAtService at = FilesAtService.start(directory, Set.of(NodeRole.values()))) {
      copyTo(at);
      at.environment().put("TENANTS_PASSWORD", PostgresServer.PASSWORD);
      at.environment().put("SUPPORT_PASSWORD", "long enough for support");
      at.environment().put("ON_CALL_WEBHOOK", "https://hooks.example.com/services/1");
      String fleet = at.files().toString();
      String job = "Migrate tenants";

      assertThat(at.edj("plan", "-f", fleet).out()).contains("16 to create, 0 to update");
      assertThat(at.edj("apply", "-f", fleet, "--yes").err()).isEmpty();
      CommandLineRun migrated = at.edj("job", "start", job, "--wait");
      assertThat(migrated.exitCode()).as(migrated.err() + migrated.out()).isZero();
      CommandLineRun cleaned = at.edj("job", "start", "Clean orders", "--wait");
      assertThat(cleaned.exitCode()).as(cleaned.err() + cleaned.out()).isZero();

      CommandLineRun counted =
          at.edj("query", "SELECT count(*) AS orders FROM orders", "--target", "tenants");
      assertThat(counted.out())
          .contains("fleet_tenant_001", "fleet_tenant_002", "fleet_tenant_003")
          .doesNotContain("template");
      assertThat(at.edj("plan", "-f", fleet, "--prune").out()).startsWith("Nothing to do");
    }
  }

  /// With the addresses of here.
  private static void copyTo(FilesAtService at) throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      files.filter(Files::isRegularFile).forEach(file -> copy(file, at));
    }
  }

  private static void copy(Path file, FilesAtService at) {
    try {
      at.write(
          EXAMPLE.relativize(file).toString(),
          Files.readString(file)
              .replace("db1.example.com", "localhost:" + SERVER.port())
              .replace("tenant_", "fleet_tenant_")
              .replace("userName: edj", "userName: " + PostgresServer.USER)
              .replace(
                  "connectTimeout: 10s",
                  "connectTimeout: 10s\n      trustedCertificate: |\n"
                      + SERVER.certificatePem().strip().indent(8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
