package dev.edj.cli;

import dev.edj.files.declaration.SecretDestination;
import dev.edj.files.declaration.SecretSource;
import dev.edj.files.kind.Reservation;
import dev.edj.files.kind.Secrets;
import dev.edj.files.source.Place;
import dev.edj.files.source.WholeFile;
import dev.edj.problem.EdjException;
import dev.edj.settings.PrivateFile;
import dev.edj.text.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the secrets that files name, each once, and puts those that a service makes where files
/// want them. What a secret is stands in no message. Used by one thread.
final class SecretsOfFiles implements Secrets {

  private static final String SAVE = "save";

  private final Terminal terminal;
  private final Map<Asked, String> read = new HashMap<>();
  private final Set<Path> promised = new HashSet<>();

  SecretsOfFiles(Terminal terminal) {
    this.terminal = terminal;
  }

  private record Asked(SecretSource source, Path file) {}

  @Override
  public String read(SecretSource source, Place place) {
    Asked asked = new Asked(source, place.file());
    String secret = read.get(asked);
    if (secret == null) {
      secret = found(source, place).replaceFirst("\r?\n\\z", "");
      if (secret.isEmpty()) {
        throw EdjException.invalid("secret", source + " is empty");
      }
      read.put(asked, secret);
    }
    return secret;
  }

  private String found(SecretSource source, Place place) {
    if (source.environment() != null) {
      String value = terminal.variable(source.environment());
      if (value == null) {
        throw EdjException.invalid("environment", "%s is not set".formatted(source));
      }
      return value;
    }
    if (source.file() != null) {
      return WholeFile.text(place.relative(source.file()), "file");
    }
    return new SecretProgram(words(source.command()), place).printed();
  }

  private static List<String> words(@Nullable List<String> command) {
    return command == null ? List.of() : command;
  }

  /// A file that is there keeps what it has: it may be the secret of something else.
  @Override
  public void check(SecretDestination destination, Place place) {
    if (destination.file() == null) {
      return;
    }
    Path file = place.relative(destination.file()).toAbsolutePath().normalize();
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !new Reservation(file).isOpen()) {
      throw there(file);
    }
    if (!promised.add(file)) {
      throw EdjException.invalid(SAVE, "another secret goes to %s, too".formatted(file));
    }
    Path above = file.getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    if (above == null || !Files.isDirectory(above) || !Files.isWritable(above)) {
      throw EdjException.invalid(
          SAVE, "%s cannot be made, because nothing can be written to %s".formatted(file, above));
    }
  }

  @Override
  public void reserve(SecretDestination destination, Place place) {
    Reservation room = Reservation.of(destination, place).orElse(null);
    if (room == null || room.isOpen()) {
      return;
    }
    try {
      if (!new PrivateFile(room.file()).create(Reservation.TEXT)) {
        throw there(room.file());
      }
    } catch (IOException e) {
      throw unwritable(room.file(), e);
    }
  }

  @Override
  public void save(String secret, SecretDestination destination, Place place) {
    Reservation room = Reservation.of(destination, place).orElse(null);
    if (room == null) {
      new SecretProgram(words(destination.command()), place).tell(secret);
      return;
    }
    if (!room.isOpen()) {
      throw there(room.file());
    }
    try {
      new PrivateFile(room.file()).write(secret);
    } catch (IOException e) {
      throw unwritable(room.file(), e);
    }
  }

  private static EdjException unwritable(Path file, IOException e) {
    return EdjException.invalid(SAVE, "cannot write %s: %s".formatted(file, FileFault.reason(e)));
  }

  private static EdjException there(Path file) {
    return EdjException.invalid(
        SAVE, "%s is there already; a secret goes to a new file only".formatted(file));
  }
}
