package dev.edj.content;

import dev.edj.dacpac.Dacpac;
import dev.edj.dacpac.DacpacFile;
import dev.edj.dacpac.DacpacFile.Checksum;
import dev.edj.dacpac.Deployer;
import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.plan.PublishOptions;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Data-tier packages as they come, as they are kept in the control database, and as they are
/// opened. What comes goes through a file, so that no package is in memory as often as somebody
/// sends it.
public final class Packages {

  /// As much as the API takes in one body.
  public static final int LARGEST_BYTES = 24 * 1024 * 1024;

  /// A variable that every package's scripts may name, and that means the target.
  public static final String DATABASE_NAME = "DatabaseName";

  /// What a package that is sent is called where it is refused.
  public static final String FIELD = "dacpac";

  private static final String FILE_PREFIX = "package-";
  private static final String FILE_SUFFIX = ".dacpac";

  private static final Logger log = LoggerFactory.getLogger(Packages.class);

  /// Nobody needs a file for so long, except one that comes slowly, and that grows.
  private static final Duration LEFT_OVER_AFTER = Duration.ofHours(1);

  /// A small file can hold a large model.
  private static final int MOST_OPENED_AT_ONCE = 2;

  private final Jdbi jdbi;
  private final Deployer deployer;
  private final Path directory;
  private final Semaphore openings = new Semaphore(MOST_OPENED_AT_ONCE);

  /// @param directory where a package is while it comes or is opened; made when it is needed
  public Packages(Jdbi jdbi, Deployer deployer, Path directory) {
    this.jdbi = jdbi;
    this.deployer = deployer;
    this.directory = directory;
  }

  /// Takes a package from whoever sends it, and opens it.
  ///
  /// @param field what brought it, for the sentence about one that is refused
  public ReceivedPackage receive(String field, InputStream in) throws IOException {
    Path file = newFile();
    boolean received = false;
    try {
      MessageDigest digest = sha256();
      int size = copy(field, in, file, digest);
      ReceivedPackage whole =
          new ReceivedPackage(
              file, HexFormat.of().formatHex(digest.digest()), size, opened(field, file));
      received = true;
      return whole;
    } finally {
      if (!received) {
        delete(file);
      }
    }
  }

  private static int copy(String field, InputStream in, Path file, MessageDigest digest)
      throws IOException {
    byte[] buffer = new byte[64 * 1024];
    int size = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        size += read;
        if (size > LARGEST_BYTES) {
          throw new EdjException(
              ErrorCode.TOO_LARGE,
              field,
              "%s: the package is larger than %d MiB".formatted(field, LARGEST_BYTES >> 20));
        }
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    return size;
  }

  private Dacpac opened(String field, Path file) throws IOException {
    openings.acquireUninterruptibly();
    try {
      return DacpacFile.open(file, Checksum.REQUIRED);
    } catch (DacpacException e) {
      throw refused(field, e);
    } finally {
      openings.release();
    }
  }

  /// Keeps the package, in the handle's transaction; once, whoever else brings it.
  public void keep(Handle handle, ReceivedPackage received) {
    try (PreparedStatement statement =
            handle
                .getConnection()
                .prepareStatement(
                    """
                    INSERT INTO package (sha256, name, version, file) VALUES (?, ?, ?, ?)
                    ON CONFLICT (sha256) DO UPDATE SET used_at = now()
                    """);
        InputStream file = received.read()) {
      statement.setString(1, received.sha256());
      statement.setString(2, storable(received.opened().name()));
      statement.setString(3, storable(received.opened().version()));
      statement.setBinaryStream(4, file, received.size());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("the package could not be kept: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String storable(String name) {
    return name.replace('\0', '\uFFFD');
  }

  /// The file of a package that is kept.
  byte[] file(String sha256) {
    return jdbi.withExtension(PackageStore.class, store -> store.file(sha256))
        .orElseThrow(() -> EdjException.notFound("package", sha256));
  }

  /// A package that is kept, opened.
  public Dacpac open(String sha256) {
    Path file = newFile();
    try {
      Files.write(file, file(sha256));
      return opened(FIELD, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(file);
    }
  }

  /// Options as people write them.
  ///
  /// @throws EdjException of the field `publishOptions` for those that cannot be
  public static PublishOptions options(Map<String, String> written, Map<String, String> variables) {
    try {
      return PublishOptions.parse(written, variables);
    } catch (DacpacException e) {
      throw EdjException.invalid("publishOptions", String.valueOf(e.getMessage()));
    }
  }

  /// The values of a package's variables, of those that are known.
  ///
  /// @param known by names that ignore case
  public static Map<String, String> variables(Dacpac source, Map<String, String> known) {
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    values.putAll(known);
    values.keySet().retainAll(wanted(source));
    List<String> missing =
        source.variables().stream().filter(name -> !values.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new EdjException(
          ErrorCode.INVALID_PACKAGE,
          null,
          "the package wants a value for %s; give the job a parameter of that name. Nothing was done."
              .formatted(String.join(", ", missing)));
    }
    return values;
  }

  /// The same where a value is not known yet, or nobody is to see it: such a variable stands for
  /// itself. An empty text would be no name, and two of them the same one.
  ///
  /// @param known by names that ignore case; an empty value is taken for one that is not known
  public static Map<String, String> foreseen(Dacpac source, Map<String, String> known) {
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    variables(source, known)
        .forEach(
            (name, value) -> values.put(name, value.isEmpty() ? "$(%s)".formatted(name) : value));
    return values;
  }

  /// Values of which none is known.
  public static Map<String, String> foreseen(Dacpac source) {
    Map<String, String> unknown = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    wanted(source).forEach(name -> unknown.put(name, ""));
    return foreseen(source, unknown);
  }

  private static Set<String> wanted(Dacpac source) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(source.variables());
    names.add(DATABASE_NAME);
    return names;
  }

  /// Refuses a package that cannot be deployed with these options, whatever the database.
  public void requireDeployable(Dacpac source, PublishOptions options) {
    try {
      deployer.interpret(source, options);
    } catch (DacpacException e) {
      throw refused(FIELD, e);
    }
  }

  PackageInspection inspection() {
    return new PackageInspection(this, deployer);
  }

  /// Removes packages that nothing refers to any more.
  public void removeUnused() {
    jdbi.useExtension(PackageStore.class, PackageStore::removeUnused);
  }

  /// Removes files that a process left behind which died. The directory may be shared with others
  /// that are alive, so what was written a short while ago stays.
  public void removeLeftovers() {
    if (!Files.isDirectory(directory)) {
      return;
    }
    FileTime before = FileTime.from(Instant.now().minus(LEFT_OVER_AFTER));
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, FILE_PREFIX + "*" + FILE_SUFFIX)) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).compareTo(before) < 0) {
          delete(file);
        }
      }
    } catch (NoSuchFileException e) {
      // Another process has removed it, and goes on with the rest.
    } catch (IOException | DirectoryIteratorException e) {
      log.warn("what is left in {} stays: {}", directory, e.toString());
    }
  }

  /// `Orders 1.4.0.0, SHA-256 2f0c…`
  public static String title(Dacpac opened, String sha256) {
    String named = (opened.name() + " " + opened.version()).strip();
    return (named.isEmpty() ? "" : named + ", ") + "SHA-256 " + sha256;
  }

  private static EdjException refused(String field, DacpacException e) {
    return new EdjException(
        ErrorCode.INVALID_PACKAGE, field, "%s: %s".formatted(field, e.getMessage()), e);
  }

  private Path newFile() {
    try {
      Files.createDirectories(directory);
      removeLeftovers();
      return Files.createTempFile(directory, FILE_PREFIX, FILE_SUFFIX);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("{} stays: {}", file, e.toString());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
