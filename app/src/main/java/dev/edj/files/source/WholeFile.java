package dev.edj.files.source;

import dev.edj.problem.EdjException;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptText;
import dev.edj.text.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A file that is read as a whole; when it cannot be, the [EdjException] names the field that named
/// it.
public final class WholeFile {

  private static final int LONGEST = 256 * 1024 * 1024;

  private WholeFile() {}

  public static byte[] bytes(Path file, String field) {
    try {
      if (Files.isDirectory(file)) {
        throw EdjException.invalid(field, file + " is a directory, and no file");
      }
      return read(file, field);
    } catch (NoSuchFileException e) {
      throw EdjException.invalid(field, "there is no file " + file);
    } catch (IOException e) {
      throw EdjException.invalid(field, "cannot read %s: %s".formatted(file, FileFault.reason(e)));
    }
  }

  /// Text in UTF-8 or UTF-16, as other tools and editors write it; see [ScriptText].
  public static String text(Path file, String field) {
    try {
      return ScriptText.decode(bytes(file, field));
    } catch (ScriptException e) {
      throw EdjException.invalid(field, "%s: %s".formatted(file, e.getMessage()));
    }
  }

  /// What a device holds has no size beforehand, and no end.
  private static byte[] read(Path file, String field) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw EdjException.invalid(field, "%s has more than %,d bytes".formatted(file, LONGEST));
      }
      return bytes;
    }
  }

  /// In hexadecimal.
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
