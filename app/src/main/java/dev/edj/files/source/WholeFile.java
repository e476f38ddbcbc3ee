package dev.edj.files.source;

import dev.edj.problem.EdjException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A file that is read as a whole; when it cannot be, the [EdjException] names the field that named
/// it.
public final class WholeFile {

  private static final long LONGEST = 256 * 1024 * 1024;

  private WholeFile() {}

  public static byte[] bytes(Path file, String field) {
    try {
      if (Files.isDirectory(file)) {
        throw EdjException.invalid(field, file + " is a directory, and no file");
      }
      if (Files.size(file) > LONGEST) {
        throw EdjException.invalid(field, "%s has more than %,d bytes".formatted(file, LONGEST));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw EdjException.invalid(field, "there is no file " + file);
    } catch (IOException e) {
      throw EdjException.invalid(field, "cannot read %s: %s".formatted(file, e.getMessage()));
    }
  }

  /// In hexadecimal.
  public static String sha256(Path file, String field) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(file, field)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
