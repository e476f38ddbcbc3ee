package dev.edj.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Brings an answer of any length to a pipe or into a file.
record Download(ApiClient api, Terminal terminal, Output output) {

  private static final int BUFFER = 64 * 1024;

  /// How what comes becomes what is written.
  interface Copy {

    void copy(InputStream in, OutputStream out) throws IOException;
  }

  /// @param file null for standard output
  void bring(ApiPath path, Copy copy, @Nullable Path file) {
    if (file == null) {
      print(path, copy);
    } else {
      save(path, copy, file);
    }
  }

  private void print(ApiPath path, Copy copy) {
    try (InputStream in = api.stream(path);
        OutputStream out = new BufferedOutputStream(new ToReader(terminal.out()), BUFFER)) {
      copy.copy(in, out);
      out.flush();
    } catch (IOException e) {
      // Whoever read has seen enough, as `head` does.
    }
  }

  private void save(ApiPath path, Copy copy, Path file) {
    try (InputStream in = api.stream(path);
        DraftFile draft = DraftFile.of(file)) {
      OutputStream out = new BufferedOutputStream(draft.out(), BUFFER);
      copy.copy(in, out);
      out.flush();
      draft.keep();
    } catch (IOException e) {
      throw DraftFile.unwritable(file, e);
    }
    output.done("Written to " + file);
  }

  /// Copies lines of JSON, and throws what the service gave up for. Returns the last one.
  static byte @Nullable [] copyLines(InputStream in, OutputStream out) throws IOException {
    AnswerLines lines = new AnswerLines(in, Json.mapper());
    byte[] last = null;
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      out.write(line);
      out.write('\n');
      last = line;
    }
    return last;
  }

  /// Fails when nobody reads any more, which a `PrintStream` keeps to itself; and leaves it open.
  private static final class ToReader extends FilterOutputStream {

    private final PrintStream stream;

    ToReader(PrintStream stream) {
      super(stream);
      this.stream = stream;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      stream.write(bytes, offset, length);
      if (stream.checkError()) {
        throw new IOException("nobody reads");
      }
    }

    @Override
    public void close() {
      stream.flush();
    }
  }
}
