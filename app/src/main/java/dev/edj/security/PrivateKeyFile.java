package dev.edj.security;

import com.google.crypto.tink.KeysetHandle;
import dev.edj.text.ShellWord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;

/// Private keys in a file that only its user can read.
final class PrivateKeyFile implements KeySource {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path path;

  PrivateKeyFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  @Override
  public Optional<KeysetHandle> find() {
    return Files.exists(path) ? Optional.of(read()) : Optional.empty();
  }

  @Override
  public String description() {
    return "the private key file " + path;
  }

  @Override
  public String option() {
    return "private-key-file";
  }

  private KeysetHandle read() {
    try {
      checkPermissions();
      return parse(Files.readString(path));
    } catch (IOException e) {
      throw setup("cannot be read: " + e, e);
    }
  }

  /// Puts another key beside those that are there, and makes it the primary one.
  void add() {
    try {
      Path draft = draft(Hpke.withNewKey(read()));
      try {
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw setup("cannot be changed: " + e, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Writes a draft to disk first and links it to its name last, so that the file is whole or not
  /// there, and never replaces another.
  void create(KeysetHandle keys) {
    try {
      Path draft = draft(keys);
      try {
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

  private Path draft(KeysetHandle keys) throws IOException, GeneralSecurityException {
    Path directory = path.resolveSibling(".");
    Files.createDirectories(directory);
    Path draft =
        Files.createTempFile(
            directory, "private-key", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    writeToDisk(draft, Hpke.json(keys));
    return draft;
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

  private void checkPermissions() throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw setup(
          "can be used by others (%s); let only its user read it: chmod 600 %s"
              .formatted(PosixFilePermissions.toString(permissions), ShellWord.of(path.toString())),
          null);
    }
  }
}
