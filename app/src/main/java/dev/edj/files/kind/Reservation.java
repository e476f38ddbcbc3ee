package dev.edj.files.kind;

import dev.edj.files.declaration.SecretDestination;
import dev.edj.files.source.Declared;
import dev.edj.files.source.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/// The file that a secret goes to which the service is about to make. It is there before the secret
/// is, and says so: whoever finds it like that knows that `edj apply` was ended on the way, and
/// that nobody has the secret.
public record Reservation(Path file) {

  public static final String TEXT =
      "A secret was to come here, and edj apply was ended on the way. Apply the files again.\n";

  /// Whether room that was kept for what a file declares is still there, and no secret in it.
  public static boolean isLeft(SecretDestination destination, Declared<?> declared) {
    return of(destination, declared.place(Nodes.SAVE)).filter(Reservation::isOpen).isPresent();
  }

  /// Empty for a program, which nobody can look into.
  public static Optional<Reservation> of(SecretDestination destination, Place place) {
    return Optional.ofNullable(destination.file())
        .map(file -> new Reservation(place.relative(file)));
  }

  /// Whether the secret has not come.
  public boolean isOpen() {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) == TEXT.length()
          && Files.readString(file).equals(TEXT);
    } catch (IOException e) {
      // Whoever may not read it did not write it.
      return false;
    }
  }
}
