package dev.edj.doctor;

import dev.edj.text.ShellWord;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The data directory: whether the service can work there, and nobody else.
///
/// @param directory there need not be one yet
public record DirectoryExamination(Path directory) implements Examination {

  private static final String CHECK = "data-directory";
  private static final String SPACE = "disk";
  private static final long MEGABYTE = 1024 * 1024;

  /// Less, and the programs of the embedded control database, or a package, find no room.
  private static final long LEAST_SPACE = 200 * MEGABYTE;

  private static final long COMFORTABLE_SPACE = 1024 * MEGABYTE;

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    try {
      Path present = nearest(directory.toAbsolutePath().normalize());
      findings.add(usability(present));
      findings.add(space(present));
    } catch (IOException e) {
      findings.add(
          Finding.error(
              CHECK,
              "%s cannot be looked at: %s".formatted(directory, e),
              "Run edj as the user of the service, or name another directory with --data."));
    }
    return findings;
  }

  /// The directory, or the first one above it that there is.
  private static Path nearest(Path path) {
    Path present = path;
    while (!Files.exists(present) && present.getParent() != null) {
      present = present.getParent();
    }
    return present;
  }

  private Finding usability(Path present) throws IOException {
    if (!Files.isDirectory(present)) {
      return Finding.error(
          CHECK,
          "%s is a file".formatted(present),
          "Remove it, or name another directory with --data or EDJ_DATA.");
    }
    if (!Files.isWritable(present)) {
      return unwritable(present);
    }
    return Files.exists(directory)
        ? seclusion(present)
        : Finding.ok(CHECK, "%s is made at the first start".formatted(directory));
  }

  private Finding unwritable(Path present) throws IOException {
    String user = System.getProperty("user.name");
    return Files.exists(directory)
        ? Finding.error(
            CHECK,
            "%s belongs to %s, and %s cannot write to it"
                .formatted(present, Files.getOwner(present), user),
            "Run edj as the user of the service; if this is it: chown -R %s %s"
                .formatted(ShellWord.of(user), ShellWord.of(present.toString())))
        : Finding.error(
            CHECK,
            "there is no %s, and %s cannot make it in %s".formatted(directory, user, present),
            "As root: install -d -o USER -m 700 %s, with the user of the service."
                .formatted(ShellWord.of(directory.toString())));
  }

  /// The token, the keys and the control database are in it.
  private static Finding seclusion(Path present) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(present, PosixFileAttributes.class);
    String owner = attributes.owner().getName();
    if (!owner.equals(System.getProperty("user.name"))) {
      return Finding.warning(
          CHECK,
          "%s belongs to %s, and you are %s: files that you make there the service cannot read"
              .formatted(present, owner, System.getProperty("user.name")),
          "Run edj as %s.".formatted(owner));
    }
    Set<PosixFilePermission> tooMuch = EnumSet.copyOf(OF_OTHERS);
    tooMuch.retainAll(attributes.permissions());
    return tooMuch.isEmpty()
        ? Finding.ok(CHECK, "%s belongs to %s alone".formatted(present, owner))
        : Finding.warning(
            CHECK,
            "others may look into %s (%s)"
                .formatted(present, PosixFilePermissions.toString(attributes.permissions())),
            "Let only its user in: chmod 700 %s".formatted(ShellWord.of(present.toString())));
  }

  private static Finding space(Path present) throws IOException {
    FileStore disk = Files.getFileStore(present);
    long free = disk.getUsableSpace();
    String message = "%,d MB free for %s".formatted(free / MEGABYTE, present);
    String advice = "Make room there, or name a directory on another disk with --data.";
    if (free < LEAST_SPACE) {
      return Finding.error(SPACE, message + "; EDJ needs 200 MB to start", advice);
    }
    return free < COMFORTABLE_SPACE
        ? Finding.warning(SPACE, message, advice)
        : Finding.ok(SPACE, message);
  }
}
