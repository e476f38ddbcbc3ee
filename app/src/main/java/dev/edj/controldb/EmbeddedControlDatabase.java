package dev.edj.controldb;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A PostgreSQL server of our own in a data directory that lasts: it listens on this machine only
/// and lets in only who knows the password, which stands in a file of the directory that only its
/// user can read.
///
/// The directory holds `lock`, `password`, `log`, the server's files in `postgresql` and its
/// programs in `programs-…`.
public final class EmbeddedControlDatabase implements AutoCloseable {

  static final String USER = "edj";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final DirectoryLock lock;
  private final PostgresServer server;
  private final ControlDatabaseAddress address;

  private EmbeddedControlDatabase(
      DirectoryLock lock, PostgresServer server, ControlDatabaseAddress address) {
    this.lock = lock;
    this.server = server;
    this.address = address;
  }

  /// Starts the server, making the data directory when there is none. What a killed service left
  /// running there is stopped first.
  public static EmbeddedControlDatabase start(Path dataDirectory) {
    return start(dataDirectory, dataDirectory, Durability.LASTING);
  }

  /// A server whose directory is deleted after it: it starts and stops sooner, and keeps nothing.
  ///
  /// @param programsDirectory the data directory of a server whose programs it shares
  public static EmbeddedControlDatabase startForDeletion(
      Path dataDirectory, Path programsDirectory) {
    return start(dataDirectory, programsDirectory, Durability.NONE);
  }

  private static EmbeddedControlDatabase start(
      Path dataDirectory, Path programsDirectory, Durability durability) {
    Path directory = dataDirectory.toAbsolutePath().normalize();
    Path programs = programsDirectory.toAbsolutePath().normalize();
    try {
      makeDirectory(directory);
      makeDirectory(programs);
      DirectoryLock lock = DirectoryLock.take(directory);
      try {
        return start(directory, programs, lock, durability);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EdjException(
          ErrorCode.SETUP,
          "data-directory",
          ("the data directory %s cannot be used: %s. Make it writable for the user that runs edj"
                  + " and see that its disk has room, or choose another one")
              .formatted(directory, reason(e)),
          e);
    }
  }

  private static EmbeddedControlDatabase start(
      Path directory, Path programsDirectory, DirectoryLock lock, Durability durability)
      throws IOException {
    Path passwordFile = directory.resolve("password");
    String password = PasswordFile.readOrMake(passwordFile);
    PostgresPrograms programs = PostgresPrograms.unpackedIn(programsDirectory);
    PostgresServer server =
        new PostgresServer(
            programs, directory.resolve("postgresql"), directory.resolve("log"), durability);
    server.stopLeftover();
    server.makeFilesUnlessThere(USER, passwordFile);
    int port = server.start();
    String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
    return new EmbeddedControlDatabase(
        lock, server, new ControlDatabaseAddress(url, USER, password));
  }

  public ControlDatabaseAddress address() {
    return address;
  }

  /// Stops the server; open sessions are ended, nothing committed is lost.
  @Override
  public void close() {
    try (lock) {
      server.stop();
    }
  }

  /// For tests: what is left when the service is killed and its server is not.
  void forgetAsIfKilled() {
    lock.close();
  }

  private static void makeDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    if (!Files.isWritable(directory)) {
      throw new IOException("it is not writable");
    }
  }

  private static String reason(IOException e) {
    String kind = e.getClass() == IOException.class ? "" : e.getClass().getSimpleName() + ": ";
    return kind + e.getMessage();
  }
}
