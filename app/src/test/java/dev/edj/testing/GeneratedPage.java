package dev.edj.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page of the documentation that a test makes from the code. With `-Dedj.docs=write` the test
/// writes it; without, the page has to say what the code does.
///
/// @param name below `docs`
public record GeneratedPage(String name) {

  public void says(String text) {
    Path page = Path.of("../docs").resolve(name);
    try {
      if ("write".equals(System.getProperty("edj.docs"))) {
        Files.writeString(page, text);
      }
      assertThat(Files.exists(page) ? Files.readString(page) : "")
          .as(
              "docs/%s is made from the code; make it anew:"
                  + " mvn -pl app test -Dtest='*PageTest,CoverageTest' -Dedj.docs=write",
              name)
          .isEqualTo(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A text in a cell of a table.
  public static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
  }

  /// Words that one types.
  public static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }
}
