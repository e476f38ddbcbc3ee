package dev.edj.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edj.text.FileFault;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/// Where a command prints. A [PrintStream] swallows what goes wrong; this one knows it, for what a
/// full disk did not take is lost.
final class StandardOutput extends PrintStream {

  private final Watched watched;

  StandardOutput(OutputStream stream) {
    this(new Watched(stream));
  }

  private StandardOutput(Watched watched) {
    super(watched, true, UTF_8);
    this.watched = watched;
  }

  /// Null when all was written, or whoever read it has seen enough, as `head` has.
  @Nullable String failure() {
    flush();
    IOException failure = watched.failure;
    return failure == null || "Broken pipe".equals(failure.getMessage())
        ? null
        : FileFault.reason(failure);
  }

  private static final class Watched extends FilterOutputStream {

    private volatile @Nullable IOException failure;

    Watched(OutputStream stream) {
      super(stream);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
