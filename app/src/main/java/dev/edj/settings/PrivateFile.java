package dev.edj.settings;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// A small text file that only its owner may read. It has that mode from its first moment, and is
/// never seen half written.
public record PrivateFile(Path path) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  /// Creates the file unless it exists; false when it does, whoever was faster.
  public boolean create(String text) throws IOException {
    Path draft = draft(text);
    try {
      // A link fails when the name is taken; a move would replace what is there.
      Files.createLink(path, draft);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  public void write(String text) throws IOException {
    Path draft = draft(text);
    try {
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// The text; refused when anybody but the owner may read or change the file.
  public String read() throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw new EdjException(
          ErrorCode.SETUP,
          null,
          "others may read %s (%s), so it is no longer a secret; delete it and start again"
              .formatted(path, PosixFilePermissions.toString(permissions)));
    }
    return Files.readString(path);
  }

  private Path draft(String text) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY));
    Path draft =
        Files.createTempFile(
            directory,
            path.getFileName() + ".",
            ".draft",
            PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    return Files.writeString(draft, text);
  }
}
