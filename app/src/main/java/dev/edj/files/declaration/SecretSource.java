package dev.edj.files.declaration;

import dev.edj.files.source.Instead;
import dev.edj.problem.EdjException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a secret is; files never hold one. Exactly one of the three.
///
/// @param environment a variable of whoever applies the files
/// @param file a path relative to the file that names it; a closing line end is left out
/// @param command a program with its arguments, which prints it; run only by `edj apply`
@Instead(
    "a secret does not stand in a file; say where it is: {environment: NAME}, {file: PATH} or"
        + " {command: [PROGRAM, ARGUMENT]}")
public record SecretSource(
    @Nullable String environment, @Nullable String file, @Nullable List<String> command) {

  private static final Pattern NOT_IN_VARIABLES = Pattern.compile("[^A-Z0-9]+");

  public SecretSource {
    if (Stream.of(environment, file, command).filter(Objects::nonNull).count() != 1) {
      throw EdjException.invalid(
          "environment", "say in one way where the secret is: environment, file or command");
    }
    requireProgram(command);
  }

  static void requireProgram(@Nullable List<String> command) {
    if (command != null && command.isEmpty()) {
      throw EdjException.invalid("command", "must name a program");
    }
  }

  /// A variable that it could be in.
  ///
  /// @param words that say what it is
  public static String variable(String... words) {
    return "EDJ_"
        + NOT_IN_VARIABLES
            .matcher(String.join("_", words).toUpperCase(Locale.ROOT))
            .replaceAll("_");
  }

  public static SecretSource ofEnvironment(String variable) {
    return new SecretSource(variable, null, null);
  }

  @Override
  public String toString() {
    return environment == null ? place(file, command) : "the environment variable " + environment;
  }

  /// In words.
  static String place(@Nullable String file, @Nullable List<String> command) {
    return file == null
        ? "the command " + String.join(" ", Objects.requireNonNull(command))
        : "the file " + file;
  }
}
