package dev.edj.cli;

import dev.edj.text.FileFault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// A file that gets its name when it is whole. Until then it lies beside it under another one, and
/// nothing is left of it when the command fails or is ended by Ctrl-C. Used by one thread.
final class DraftFile implements AutoCloseable {

  private final Path file;
  private final Path draft;
  private final OutputStream out;
  private final Thread hook;

  private DraftFile(Path file, Path draft, OutputStream out) {
    this.file = file;
    this.draft = draft;
    this.out = out;
    this.hook = new Thread(this::delete);
  }

  static DraftFile of(Path path) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw CommandException.badInput(
          "%s is no ordinary file; name one, or leave the option out".formatted(path));
    }
    try {
      // Of a link, what it leads to is replaced.
      Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
      Path draft = file.resolveSibling("." + file.getFileName() + "." + random + ".part");
      DraftFile begun =
          new DraftFile(
              file,
              draft,
              Files.newOutputStream(
                  draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      Runtime.getRuntime().addShutdownHook(begun.hook);
      return begun;
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  OutputStream out() {
    return out;
  }

  /// To be called when all is written.
  void keep() throws IOException {
    out.close();
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static CommandException unwritable(Path path, IOException e) {
    return new CommandException(
        ExitCode.BAD_INPUT, "cannot write %s: %s".formatted(path, FileFault.reason(e)), e);
  }

  private void delete() {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      // There is nobody left to tell, and it says by its name what it is.
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      delete();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending, and the hook does the same.
      }
    }
  }
}
