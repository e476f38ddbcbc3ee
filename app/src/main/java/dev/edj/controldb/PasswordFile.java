package dev.edj.controldb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// The generated password of the embedded server, in a file that only its user can read.
final class PasswordFile {

  private static final int RANDOM_BYTES = 32;

  private PasswordFile() {}

  static String readOrMake(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    return Files.readString(file).strip();
  }

  /// Written under another name first, so that the file is whole or not there.
  private static void make(Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, newPassword());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// One that nobody can guess.
  static String newPassword() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
