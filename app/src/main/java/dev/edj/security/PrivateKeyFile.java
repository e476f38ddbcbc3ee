package dev.edj.security;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Tink keyset with private keys, in a file that only its user can read.
final class PrivateKeyFile {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path path;

  PrivateKeyFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  boolean exists() {
    return Files.exists(path);
  }

  KeysetHandle read() {
    try {
      checkPermissions();
      return TinkJsonProtoKeysetFormat.parseKeyset(
          Files.readString(path), Hpke.configuration(), InsecureSecretKeyAccess.get());
    } catch (IOException e) {
      throw setup("cannot be read: " + e, e);
    } catch (GeneralSecurityException e) {
      // Not the cause: its text may show the file's.
      throw setup("does not hold a Tink keyset in JSON", null);
    }
  }

  /// Writes a draft to disk first and links it to its name last, so that the file is whole or not
  /// there, and never replaces another.
  void create(KeysetHandle keys) {
    try {
      String json =
          TinkJsonProtoKeysetFormat.serializeKeyset(
              keys, Hpke.configuration(), InsecureSecretKeyAccess.get());
      Path directory = path.resolveSibling(".");
      Files.createDirectories(directory);
      Path draft =
          Files.createTempFile(
              directory, "private-key", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      try {
        writeToDisk(draft, json);
        Files.createLink(path, draft);
      } finally {
        Files.delete(draft);
      }
    } catch (FileAlreadyExistsException e) {
      throw setup("was made by somebody else at this moment; start again", e);
    } catch (IOException e) {
      throw setup("cannot be made: " + e, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void writeToDisk(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  EdjException setup(String trouble, @Nullable Throwable cause) {
    return new EdjException(
        ErrorCode.SETUP,
        "private-key-file",
        "the private key file %s %s".formatted(path, trouble),
        cause);
  }

  private void checkPermissions() throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw setup(
          "can be used by others (%s); let only its user read it: chmod 600 %s"
              .formatted(PosixFilePermissions.toString(permissions), path),
          null);
    }
  }
}
