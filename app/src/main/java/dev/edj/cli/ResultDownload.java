package dev.edj.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/// Brings results to where they are wanted: to a person's eyes, a pipe, or a file.
record ResultDownload(ApiClient api, Terminal terminal, Output output) {

  void bring(String execution, ResultOptions options) {
    ResultOptions.Format format = options.format(output.isJson());
    options.check(format, terminal);
    if (format == ResultOptions.Format.TABLE) {
      show(options.path(execution, "rows"), options.limit());
    } else {
      new Download(api, terminal, output)
          .bring(
              options.path(execution, apiName(format)),
              (in, out) -> copy(in, format, out),
              options.out());
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

  private static void copy(InputStream in, ResultOptions.Format format, OutputStream out)
      throws IOException {
    switch (format) {
      case JSONL -> Download.copyLines(in, out);
      case CSV, PARQUET -> in.transferTo(out);
      case TABLE -> throw new IllegalArgumentException("a table is made here");
    }
  }
}
