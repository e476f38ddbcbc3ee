package dev.edj.cli;

import dev.edj.script.Includes;
import dev.edj.script.NamedScript;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptInliner;
import dev.edj.script.ScriptText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Puts the files that a script includes with `:r` in their place: the service never sees files.
/// Their paths are relative to the file that they stand in, whichever way the slashes lean.
record IncludedFiles(Terminal terminal) implements Includes {

  /// Only SQL Server's scripts have such lines; all others are left alone, whatever is in them.
  private static final Pattern INCLUDE = Pattern.compile("(?im)^[ \\t]*:r[ \\t\"]");

  /// @param file that the text is from, or `-`, which lies in the working directory
  String within(String text, String file) throws ScriptException {
    return INCLUDE.matcher(text).find()
        ? ScriptInliner.inline(new NamedScript(name(Path.of(file)), text), this)
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
    return new NamedScript(
        name(file), ScriptText.decode(ScriptSource.bytes(file.toString(), terminal)));
  }

  private static String name(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }
}
