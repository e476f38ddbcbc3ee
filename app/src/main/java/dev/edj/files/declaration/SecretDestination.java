package dev.edj.files.declaration;

import dev.edj.files.source.Instead;
import dev.edj.problem.EdjException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a secret goes that the service makes and shows once. Exactly one of the two.
///
/// @param file a path relative to the file that names it; it must not be there yet
/// @param command a program with its arguments, which reads it; run only by `edj apply`
@Instead(
    "this is not the secret; say where it goes: {file: PATH} or {command: [PROGRAM, ARGUMENT]}")
public record SecretDestination(@Nullable String file, @Nullable List<String> command) {

  public SecretDestination {
    if ((file == null) == (command == null)) {
      throw EdjException.invalid("file", "say in one way where the secret goes: file or command");
    }
    SecretSource.requireProgram(command);
  }

  @Override
  public String toString() {
    return SecretSource.place(file, command);
  }
}
