package dev.edj.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFaultTest {

  @TempDir Path folder;

  @Test
  void whatTheSystemSaysIsTheReason() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "");
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));

    assertThat(reason(() -> Files.readString(folder.resolve("none"))))
        .isEqualTo("there is no such file or directory");
    assertThat(reason(() -> Files.createFile(file))).isEqualTo("it is there already");
    assertThat(reason(() -> Files.newDirectoryStream(file))).isEqualTo("it is no directory");
    assertThat(reason(() -> Files.readString(folder))).isEqualTo("Is a directory");
    assertThat(reason(() -> Files.readString(loop)))
        .startsWith("Too many levels of symbolic links");
  }

  @Test
  void aFileThatOthersKeepToThemselvesIsNotNamedForAReason() {
    assertThat(FileFault.reason(new AccessDeniedException("/root/key")))
        .isEqualTo("permission denied");
    assertThat(FileFault.reason(new FileSystemException("/x", null, "No space left on device")))
        .isEqualTo("No space left on device");
  }

  @Test
  void aFailureWithoutWordsIsStillOne() {
    assertThat(FileFault.reason(new IOException())).isEqualTo("java.io.IOException");
  }

  private static String reason(ThrowingCallable reading) {
    return FileFault.reason(catchThrowableOfType(IOException.class, reading));
  }
}
