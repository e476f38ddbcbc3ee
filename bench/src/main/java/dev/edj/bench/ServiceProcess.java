package dev.edj.bench;

import dev.edj.controldb.ControlDatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/// `edj serve` in a process of its own, which can be killed and is then started again, as whatever
/// supervises services does.
final class ServiceProcess implements AutoCloseable {

  private static final String KEYS = "encryption-keys.json";

  private final ProcessBuilder serve;
  private Process process;

  /// @param data a new directory for it
  /// @param keysIn the directory with the keys of the service
  ServiceProcess(Path data, Path keysIn, ControlDatabaseAddress controlDatabase)
      throws IOException {
    Files.createDirectories(data);
    Files.copy(keysIn.resolve(KEYS), data.resolve(KEYS), StandardCopyOption.COPY_ATTRIBUTES);
    serve =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.edj.Edj",
            "serve",
            "--data",
            data.toString(),
            "--port",
            "0",
            "--control-database",
            controlDatabase.url().substring("jdbc:".length()));
    var environment = serve.environment();
    environment.keySet().removeIf(name -> name.startsWith("EDJ_"));
    environment.put("EDJ_CONTROL_DATABASE_USER", Objects.requireNonNull(controlDatabase.user()));
    environment.put(
        "EDJ_CONTROL_DATABASE_PASSWORD", Objects.requireNonNull(controlDatabase.password()));
    serve.redirectErrorStream(true).redirectOutput(data.resolve("log").toFile());
    process = serve.start();
  }

  /// kill -9, and then anew.
  void killAndRestart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = serve.start();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
