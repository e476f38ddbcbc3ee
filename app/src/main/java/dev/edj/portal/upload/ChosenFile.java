package dev.edj.portal.upload;

import dev.edj.problem.EdjException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/// A file that has to be chosen in a form.
///
/// @param field of the form
/// @param file null when none was chosen
public record ChosenFile(String field, @Nullable MultipartFile file) {

  /// Throws an [EdjException] that names the field when none was chosen.
  public MultipartFile required() {
    if (file == null) {
      throw EdjException.invalid(field, "choose a file");
    }
    return file;
  }

  /// From its beginning.
  public InputStream open() throws IOException {
    return required().getInputStream();
  }
}
