package dev.edj.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/// Brings results to where they are wanted: to a person's eyes, a pipe, or a file.
record ResultDownload(ApiClient api, Terminal terminal, Output output) {

  private static final int BUFFER = 64 * 1024;

  void bring(String execution, ResultOptions options) {
    ResultOptions.Format format = options.format(output.isJson());
    options.check(format, terminal);
    Path file = options.out();
    if (format == ResultOptions.Format.TABLE) {
      show(options.path(execution, "rows"), options.limit());
    } else if (file == null) {
      print(options.path(execution, apiName(format)), format);
    } else {
      save(options.path(execution, apiName(format)), format, file);
    }
  }

  private static String apiName(ResultOptions.Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private void show(ApiPath path, int limit) {
    ResultTables tables = new ResultTables(limit);
    try (AnswerLines lines = new AnswerLines(api.stream(path), Json.mapper())) {
      tables.read(lines);
    } catch (IOException e) {
      throw new IllegalStateException("nothing is written here", e);
    }
    tables.print(output, terminal);
  }

  private void print(ApiPath path, ResultOptions.Format format) {
    try (InputStream in = api.stream(path);
        OutputStream out = new BufferedOutputStream(new ToReader(terminal.out()), BUFFER)) {
      copy(in, format, out);
      out.flush();
    } catch (IOException e) {
      // Whoever read has seen enough, as `head` does.
    }
  }

  private void save(ApiPath path, ResultOptions.Format format, Path file) {
    try (InputStream in = api.stream(path);
        DraftFile draft = DraftFile.of(file)) {
      OutputStream out = new BufferedOutputStream(draft.out(), BUFFER);
      copy(in, format, out);
      out.flush();
      draft.keep();
    } catch (IOException e) {
      throw DraftFile.unwritable(file, e);
    }
    output.done("Written to " + file);
  }

  private static void copy(InputStream in, ResultOptions.Format format, OutputStream out)
      throws IOException {
    switch (format) {
      case JSONL -> copyLines(new AnswerLines(in, Json.mapper()), out);
      case CSV, PARQUET -> in.transferTo(out);
      case TABLE -> throw new IllegalArgumentException("a table is made here");
    }
  }

  private static void copyLines(AnswerLines lines, OutputStream out) throws IOException {
    byte[] line = lines.next();
    while (line != null) {
      out.write(line);
      out.write('\n');
      line = lines.next();
    }
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
