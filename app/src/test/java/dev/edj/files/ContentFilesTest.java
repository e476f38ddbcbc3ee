package dev.edj.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names of files that any file system takes.
class ContentFilesTest {

  private final ContentFiles files = new ContentFiles();

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "東", "𝒳"})
  void aLongNameIsCutBetweenLettersAndFitsWithItsNumber(String letter) {
    String first = files.name(letter.repeat(300), ".sql");
    String second = files.name(letter.repeat(300), ".sql");

    assertThat(first).isNotEqualTo(second);
    for (String name : new String[] {first, second}) {
      assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(200);
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(name)).isTrue();
    }
  }

  /// On Windows, whoever checks the repository out would not get them.
  @ParameterizedTest
  @ValueSource(strings = {"aux", "NUL", "com1.setup"})
  void aNameOfADeviceIsMadeAnother(String name) {
    assertThat(files.name(name, ".sql")).isEqualTo("contents/content%s.sql".formatted(name));
  }

  @Test
  void aNameThatIsShortStays() {
    assertThat(files.name("Add column", ".sql")).isEqualTo("contents/Add-column.sql");
  }
}
