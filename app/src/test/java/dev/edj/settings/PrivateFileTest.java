package dev.edj.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only the owner may read is only the owner's from its first moment.
class PrivateFileTest {

  @TempDir private Path parent;
  private Path directory;
  private PrivateFile file;

  @BeforeEach
  void choosePath() {
    directory = parent.resolve("new");
    file = new PrivateFile(directory.resolve("secret"));
  }

  @Test
  void onlyTheOwnerMayReadItAndItsDirectory() throws IOException {
    file.create("text");

    assertThat(mode(file.path())).isEqualTo("rw-------");
    assertThat(mode(directory)).isEqualTo("rwx------");
    assertThat(file.read()).isEqualTo("text");
  }

  @Test
  void theFirstToCreateItWins() throws IOException {
    assertThat(file.create("first")).isTrue();
    assertThat(file.create("second")).isFalse();
    assertThat(file.read()).isEqualTo("first");
  }

  @Test
  void writingReplacesIt() throws IOException {
    file.write("first");
    file.write("second");

    assertThat(file.read()).isEqualTo("second");
    assertThat(mode(file.path())).isEqualTo("rw-------");
    assertThat(directory.toFile().list()).containsExactly("secret");
  }

  @Test
  void itIsRefusedWhenOthersMayReadIt() throws IOException {
    file.create("text");
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(file::read)
        .isInstanceOf(EdjException.class)
        .hasMessageContaining("others may read")
        .hasMessageContaining("rw-r--r--");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
