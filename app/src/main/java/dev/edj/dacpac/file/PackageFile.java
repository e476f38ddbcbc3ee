package dev.edj.dacpac.file;

import dev.edj.dacpac.file.DacpacException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The zip file that a package is. What its directory says of sizes is not believed: a part is read
/// until it is larger than it may be.
final class PackageFile implements AutoCloseable {

  static final long LARGEST_FILE_BYTES = 256L << 20;
  private static final int MOST_ENTRIES = 1_000;
  private static final int MOST_SHOWN = 5;

  private final ZipFile zip;

  private PackageFile(ZipFile zip) {
    this.zip = zip;
  }

  static PackageFile open(Path file) throws IOException, DacpacException {
    if (Files.size(file) > LARGEST_FILE_BYTES) {
      throw tooLarge("the package", LARGEST_FILE_BYTES);
    }
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile(), ZipFile.OPEN_READ, StandardCharsets.UTF_8);
    } catch (ZipException e) {
      throw new DacpacException(
          Code.NOT_A_PACKAGE,
          "not a package: it is no zip file, or a damaged one (%s)"
              .formatted(Excerpt.of(String.valueOf(e.getMessage()))),
          e);
    }
    try {
      refuseDoubtful(zip);
      return new PackageFile(zip);
    } catch (DacpacException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /// Two parts with one name would let two readers see different packages.
  private static void refuseDoubtful(ZipFile zip) throws DacpacException {
    if (zip.size() > MOST_ENTRIES) {
      throw new DacpacException(
          Code.TOO_LARGE,
          "the package has %,d parts; the most are %,d".formatted(zip.size(), MOST_ENTRIES));
    }
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (!names.add(entry.getName())) {
        throw new DacpacException(
            Code.NOT_A_PACKAGE, "has the part %s twice".formatted(Excerpt.of(entry.getName())));
      }
    }
  }

  /// Refuses a package with parts that nobody would read: a deployment would pass over them, and
  /// rows of tables may be among them.
  ///
  /// @param known all that are read, or say nothing of a database
  void refuseOthers(Set<String> known) throws DacpacException {
    List<String> others =
        Collections.list(zip.entries()).stream()
            .filter(entry -> !entry.isDirectory())
            .map(ZipEntry::getName)
            .filter(name -> !known.contains(name))
            .sorted()
            .toList();
    if (!others.isEmpty()) {
      throw new DacpacException(
          Code.NOT_SUPPORTED,
          "has parts that are not known, and would not be deployed: %s%s; rows of tables (Data/…) are not supported"
              .formatted(
                  others.stream()
                      .limit(MOST_SHOWN)
                      .map(Excerpt::of)
                      .collect(Collectors.joining(", ")),
                  others.size() > MOST_SHOWN
                      ? " and %d more".formatted(others.size() - MOST_SHOWN)
                      : ""));
    }
  }

  byte[] part(String name, int largestBytes) throws IOException, DacpacException {
    return findPart(name, largestBytes)
        .orElseThrow(() ->
            new DacpacException(
                Code.MISSING_PART, "not a data-tier package: it has no %s".formatted(name)));
  }

  Optional<byte[]> findPart(String name, int largestBytes) throws IOException, DacpacException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null || entry.isDirectory()) {
      return Optional.empty();
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] content = in.readNBytes(largestBytes + 1);
      if (content.length > largestBytes) {
        throw tooLarge(name, largestBytes);
      }
      return Optional.of(content);
    } catch (ZipException e) {
      throw new DacpacException(
          Code.NOT_A_PACKAGE,
          "%s is damaged (%s)".formatted(name, Excerpt.of(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static DacpacException tooLarge(String what, long largestBytes) {
    return new DacpacException(
        Code.TOO_LARGE, "%s has more than %,d MB".formatted(what, largestBytes >> 20));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
