package dev.edj.script;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Puts the files that a script includes with `:r` in their place: the service never sees files.
/// Their paths are relative to the file that they stand in, whichever way the slashes lean.
///
/// @param reader reads a file that is there, or says why it does not
public record IncludedFiles(Function<Path, byte[]> reader) implements Includes {

  /// Only SQL Server's scripts have such lines; all others are left alone, whatever is in them.
  private static final Pattern INCLUDE = Pattern.compile("(?im)^[ \\t]*:r[ \\t\"]");

  /// The text with the files that it includes, and those that they include.
  ///
  /// @param file that the text is from
  public String within(String text, Path file) throws ScriptException {
    return INCLUDE.matcher(text).find()
        ? ScriptInliner.inline(new NamedScript(name(file), text), this)
        : text;
  }

  @Override
  public Optional<NamedScript> find(String name, NamedScript from) throws ScriptException {
    Path file;
    try {
      file = Path.of(from.name()).resolveSibling(name.replace('\\', '/'));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  private NamedScript read(Path file) throws ScriptException {
    return new NamedScript(name(file), ScriptText.decode(reader.apply(file)));
  }

  private static String name(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }
}
