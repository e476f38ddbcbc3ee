package dev.edj.content;

import dev.edj.dacpac.Dacpac;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A package that has come, in a file that goes when this is closed.
///
/// @param sha256 of the file, in hexadecimal
public record ReceivedPackage(Path file, String sha256, int size, Dacpac opened)
    implements AutoCloseable {

  InputStream read() throws IOException {
    return Files.newInputStream(file);
  }

  /// `Orders 1.4.0.0, SHA-256 2f0c…`
  public String title() {
    return Packages.title(opened, sha256);
  }

  @Override
  public void close() {
    Packages.delete(file);
  }
}
