package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.security.LocalToken;
import dev.edj.settings.ServiceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The executable jar is the service, as a process of its own with a control database of its own.
class ServeIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void theJarServesUntilItIsToldToStop() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("target", "edj-exec.jar").toString(),
                "serve",
                "--data",
                directory.toString(),
                "--port",
                "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      ServiceFile file = awaitFile(process);
      Client client = new Client(file.url(), LocalToken.open(directory).text());
      assertThat(client.get("service").json().at("/controlDatabase/embedded").asBoolean()).isTrue();
      assertThat(file.pid()).isEqualTo(process.pid());
    } finally {
      process.destroy();
    }

    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(ServiceFile.find(directory)).isEmpty();
  }

  private ServiceFile awaitFile(Process process) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end) && process.isAlive()) {
      if (ServiceFile.find(directory).isPresent()) {
        return ServiceFile.find(directory).orElseThrow();
      }
      // Another process can give no signal but its file.
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("the service did not start within " + PATIENCE);
  }
}
