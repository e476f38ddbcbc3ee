package dev.edj.settings;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a node that decrypts has its private keys from: all of these together.
///
/// @param files the first one is made when there is no key at all yet; none means
///   `encryption-keys.json` in the data directory, unless there is another origin
/// @param variable the text of `EDJ_PRIVATE_KEY`
/// @param command what prints them
public record PrivateKeyOrigins(
    List<Path> files, @Sensitive @Nullable String variable, @Nullable String command) {

  static final PrivateKeyOrigins DEFAULT = new PrivateKeyOrigins(List.of(), null, null);

  /// The files, with the usual one in the data directory when nothing else is said.
  public List<Path> filesOf(Path dataDirectory) {
    return files.isEmpty() && variable == null && command == null
        ? List.of(dataDirectory.resolve("encryption-keys.json"))
        : files;
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
