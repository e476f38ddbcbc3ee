package dev.edj.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file that says where the service is.
class ServiceFileTest {

  private static final ServiceFile FILE =
      new ServiceFile(URI.create("http://127.0.0.1:8740"), 42, Instant.EPOCH);

  @TempDir private Path directory;

  @Test
  void whatWasWrittenIsFound() throws IOException {
    FILE.write(directory);

    assertThat(ServiceFile.find(directory)).contains(FILE);
    assertThat(new PrivateFile(directory.resolve("service.json")).read())
        .isEqualTo(
            """
            {"url":"http://127.0.0.1:8740","pid":42,"started":"1970-01-01T00:00:00Z"}
            """);
  }

  @Test
  void withoutAFileThereIsNoService() throws IOException {
    assertThat(ServiceFile.find(directory)).isEmpty();
  }

  @Test
  void aDamagedFileIsNoObstacle() throws IOException {
    new PrivateFile(directory.resolve("service.json")).write("{");

    assertThat(ServiceFile.find(directory)).isEmpty();
    FILE.write(directory);
    assertThat(ServiceFile.find(directory)).contains(FILE);
  }

  @Test
  void aStoppingServiceLeavesItsSuccessorsFile() throws IOException {
    ServiceFile successor = new ServiceFile(FILE.url(), 43, Instant.EPOCH);
    successor.write(directory);

    FILE.remove(directory);

    assertThat(ServiceFile.find(directory)).contains(successor);
  }
}
