package dev.edj.cli.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The SHA-256 of every file below a directory, by its name there, as `sha256sum -c` reads them.
public record Checksums(SequencedMap<String, String> byName) {

  public static final String FILE_NAME = "SHA256SUMS";

  public static Checksums of(Path directory) throws IOException {
    TreeMap<String, String> sums = new TreeMap<>();
    for (Path file : files(directory)) {
      sums.put(directory.relativize(file).toString().replace('\\', '/'), sum(file));
    }
    sums.remove(FILE_NAME);
    return new Checksums(sums);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  private static String sum(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        DigestInputStream digested =
            new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public String text() {
    return byName.entrySet().stream()
        .map(sum -> sum.getValue() + "  " + sum.getKey() + "\n")
        .collect(Collectors.joining());
  }
}
