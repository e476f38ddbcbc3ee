package dev.edj.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The token is made once, and is a secret.
class LocalTokenTest {

  @TempDir private Path directory;

  @Test
  void theFirstStartMakesItAndTheNextFindsIt() throws IOException {
    LocalToken token = LocalToken.open(directory);

    assertThat(Base64.getUrlDecoder().decode(token.text())).hasSize(32);
    assertThat(LocalToken.open(directory).text()).isEqualTo(token.text());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void onlyTheWholeTokenMatches() {
    LocalToken token = LocalToken.open(directory);

    assertThat(token.matches(token.text())).isTrue();
    assertThat(token.matches("")).isFalse();
    assertThat(token.matches(token.text().substring(1))).isFalse();
    assertThat(token.matches(token.text() + "x")).isFalse();
  }

  @Test
  void itDoesNotShowItself() {
    LocalToken token = LocalToken.open(directory);

    assertThat(token.toString()).doesNotContain(token.text());
  }

  @Test
  void itIsRefusedWhenOthersMayReadIt() throws IOException {
    LocalToken.open(directory);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw----r--"));

    assertThatThrownBy(() -> LocalToken.open(directory))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining("others may read");
  }

  @Test
  void aFileThatHoldsNoTokenIsRefused() throws IOException {
    LocalToken.open(directory);
    Files.writeString(file(), "password");

    assertThatThrownBy(() -> LocalToken.open(directory))
        .hasMessageContaining("does not hold a token")
        .hasMessageNotContainingAny("password");
  }

  @Test
  void aDirectoryThatCannotBeUsedIsSaidToBeThat() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> LocalToken.open(file.resolve("data")))
        .hasMessageStartingWith(
            "the token in %s/data/token can be neither read nor made".formatted(file))
        .hasMessageEndingWith("or choose another one with --data")
        .hasMessageNotContainingAny("Exception");
  }

  private Path file() {
    return directory.resolve("token");
  }
}
