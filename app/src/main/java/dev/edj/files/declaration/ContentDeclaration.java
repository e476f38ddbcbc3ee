package dev.edj.files.declaration;

import dev.edj.problem.EdjException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A content in a file: [dev.edj.content.NewContent], or a file that holds it. Exactly one of
/// `text`, `file`, `dacpac` and `dacpacUri`.
///
/// @param file of a script, relative to the file that names it
/// @param dacpac file of a data-tier package, likewise
/// @param comment of the version that is added when it differs
public record ContentDeclaration(
    String name,
    @Nullable String text,
    @Nullable String file,
    @Nullable String dacpac,
    @Nullable String dacpacUri,
    @Nullable String comment) {

  public ContentDeclaration {
    if (Stream.of(text, file, dacpac, dacpacUri).filter(Objects::nonNull).count() != 1) {
      throw EdjException.invalid(
          "text", "say in one way what it is: text, file, dacpac or dacpacUri");
    }
  }
}
