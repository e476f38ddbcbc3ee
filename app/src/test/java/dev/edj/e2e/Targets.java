package dev.edj.e2e;

import dev.edj.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Databases on the shared test server, known to a service under one name: as a credential and as a
/// collection.
record Targets(RunningEdj service, String name) {

  static String server() {
    return "postgresql://localhost:" + PostgresServer.shared().port();
  }

  /// Returns the databases' names.
  List<String> createCollection(int count) {
    createCredential();
    createServer();
    service.done("target", "create", "custom-collection", name);
    List<String> databases =
        IntStream.range(0, count).mapToObj(_ -> PostgresServer.shared().createDatabase()).toList();
    databases.forEach(database ->
        service.done("target", "add-child", name, "--server", server(), "--database", database));
    return databases;
  }

  void createCredential() {
    service.done(
        "credential",
        "create",
        name,
        "--user",
        PostgresServer.USER,
        "--server",
        server(),
        "--password-file",
        service.passwordFile(PostgresServer.PASSWORD).toString());
  }

  /// The certificate is checked as everywhere; this one is trusted.
  void createServer() {
    try {
      Path certificate =
          Files.writeString(
              service.data().resolve("ca.pem"), PostgresServer.shared().certificatePem());
      service.done(
          "target", "create", "server", server(), "--trusted-certificate", certificate.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
