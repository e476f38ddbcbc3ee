package dev.edj.cli;

import dev.edj.execution.Lifecycle;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which results are wanted, in which format, and where.
final class ResultOptions {

  private static final int USUAL_LIMIT = 100;

  /// How results are shown or written.
  enum Format {
    TABLE,
    CSV,
    JSONL,
    PARQUET
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "table, for people, of the first rows; csv, jsonl or parquet, of all (default: as the"
              + " ending of --out says, else table).")
  private @Nullable Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write all rows there. The file appears, or is replaced, when it is whole.")
  private @Nullable Path out;

  @Option(names = "--server", paramLabel = "SERVER", description = "Only of this server.")
  private @Nullable String server;

  @Option(names = "--database", paramLabel = "DATABASE", description = "Only of this database.")
  private @Nullable String database;

  @Option(names = "--step", paramLabel = "NAME", description = "Only of this step.")
  private @Nullable String step;

  @Option(
      names = "--lifecycle",
      paramLabel = "LIFECYCLE",
      description = "Only of children in this lifecycle: ${COMPLETION-CANDIDATES}.")
  private @Nullable Lifecycle lifecycle;

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      description = "The most rows of a table; 0 is all (default: 100).")
  private @Nullable Integer limit;

  /// @param asJson whether JSON is to come out where nothing else is said
  Format format(boolean asJson) {
    if (format != null) {
      return format;
    }
    if (out == null) {
      return asJson ? Format.JSONL : Format.TABLE;
    }
    return switch (ending(out)) {
      case "csv" -> Format.CSV;
      case "jsonl", "ndjson" -> Format.JSONL;
      case "parquet" -> Format.PARQUET;
      default ->
          throw CommandException.badInput(
              "give --format csv, jsonl or parquet; the name %s does not say which".formatted(out));
    };
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  @Nullable Path out() {
    return out;
  }

  int limit() {
    int rows = limit == null ? USUAL_LIMIT : limit;
    if (rows < 0) {
      throw CommandException.badInput("--limit must not be negative");
    }
    return rows;
  }

  /// Refuses what does not go together.
  void check(Format wanted, Terminal terminal) {
    if (wanted == Format.TABLE && out != null) {
      throw CommandException.badInput(
          "a table is for people to look at; write a file with --format csv, jsonl or parquet");
    }
    if (wanted != Format.TABLE && limit != null) {
      throw CommandException.badInput("--limit is for tables; the other formats have all rows");
    }
    if (wanted == Format.PARQUET && out == null && terminal.outIsTerminal()) {
      throw CommandException.badInput("Parquet is nothing for a terminal; give --out FILE");
    }
  }

  ApiPath path(String execution, String apiFormat) {
    return ApiPath.of(ExecutionCommands.NOUN, execution, "results")
        .with("format", apiFormat)
        .with("server", server)
        .with("database", database)
        .with("step", step)
        .with("lifecycle", lifecycle);
  }
}
