package dev.edj.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.SqlServerDeployer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageLeftoversTest {

  @TempDir private Path directory;

  @Test
  void whatADeadProcessLeftIsRemovedAndNothingElse() throws IOException {
    Path old = file("package-1.dacpac", Duration.ofHours(2));
    Path ofAnotherProcess = file("package-2.dacpac", Duration.ofMinutes(30));
    Path somebodys = file("Orders.dacpac", Duration.ofHours(2));
    packages(directory).removeLeftovers();
    assertThat(old).doesNotExist();
    assertThat(ofAnotherProcess).exists();
    assertThat(somebodys).exists();
  }

  @Test
  void aPackageThatComesFindsNoLeftovers() throws IOException {
    Path old = file("package-1.dacpac", Duration.ofHours(2));
    byte[] bytes = dev.edj.dacpac.Packages.ofNothing().bytes();
    try (ReceivedPackage _ =
        packages(directory).receive("dacpac", new ByteArrayInputStream(bytes))) {
      assertThat(old).doesNotExist();
    }
  }

  @Test
  void whereNothingCameThereIsNothingToRemove() {
    packages(directory.resolve("none")).removeLeftovers();
    assertThat(directory.resolve("none")).doesNotExist();
  }

  private Path file(String name, Duration age) throws IOException {
    Path file = Files.createFile(directory.resolve(name));
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private static Packages packages(Path directory) {
    return new Packages(
        Jdbi.create("jdbc:postgresql://unused"), new SqlServerDeployer(), directory);
  }
}
