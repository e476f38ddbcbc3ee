package dev.edj.cli;

import dev.edj.script.IncludedFiles;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptText;
import dev.edj.text.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Where a script's text comes from: the command line, a file, or standard input.
final class ScriptSource {

  /// Four times what the service keeps of a script, which it says itself.
  private static final int LONGEST = 64 * 1024 * 1024;

  @ArgGroup(multiplicity = "1")
  private @Nullable Source source;

  private static final class Source {

    @Option(
        names = {"--text", "--command-text"},
        paramLabel = "SQL",
        description = "The script itself.")
    private @Nullable String text;

    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "A file with the script, in UTF-8 or UTF-16; - is standard input.")
    private @Nullable String file;
  }

  String read(Terminal terminal) throws ScriptException {
    if (source == null) {
      throw new IllegalStateException("not parsed");
    }
    return source.text != null ? source.text : readFile(String.valueOf(source.file), terminal);
  }

  /// With the files that it includes.
  ///
  /// @param file a path, or `-` for standard input, which lies in the working directory
  static String readFile(String file, Terminal terminal) throws ScriptException {
    return new IncludedFiles(included -> bytes(included.toString(), terminal))
        .within(ScriptText.decode(bytes(file, terminal)), Path.of(file));
  }

  /// What a device holds has no end, and neither has what a program prints.
  static byte[] bytes(String file, Terminal terminal) {
    try {
      byte[] bytes = file.equals("-") ? beginning(terminal.in()) : beginning(Path.of(file));
      if (bytes.length > LONGEST) {
        throw CommandException.badInput("%s has more than %,d bytes".formatted(file, LONGEST));
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new CommandException(ExitCode.BAD_INPUT, "there is no file " + file, e);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "cannot read %s: %s".formatted(file, FileFault.reason(e)), e);
    }
  }

  private static byte[] beginning(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return beginning(in);
    }
  }

  private static byte[] beginning(InputStream in) throws IOException {
    return in.readNBytes(LONGEST + 1);
  }
}
