package dev.edj.cli;

import dev.edj.execution.Destination;
import dev.edj.execution.ResultMode;
import dev.edj.execution.SchemaDrift;
import dev.edj.job.JobStep;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What becomes of the rows that a step's script returns, as options of the command line.
final class DestinationOptions {

  @Option(
      names = "--results",
      paramLabel = "MODE",
      description =
          "What to do with the rows the script returns, unless a destination is given: keep the"
              + " first of them, or drop them (default: keep).")
  private @Nullable ResultMode results;

  @Option(
      names = "--destination-server",
      paramLabel = "SERVER",
      description = "Send the rows to a table on this server, of any engine.")
  private @Nullable String server;

  @Option(
      names = "--destination-database",
      paramLabel = "DATABASE",
      description = "The database the table is in.")
  private @Nullable String database;

  @Option(
      names = "--destination-schema",
      paramLabel = "SCHEMA",
      description =
          "The schema the table is in (default, and with '': the login's own); MySQL and MariaDB have"
              + " none.")
  private @Nullable String schema;

  @Option(
      names = "--destination-table",
      paramLabel = "TABLE",
      description = "The table, which is made when it is not there.")
  private @Nullable String table;

  @Option(
      names = "--destination-credential",
      paramLabel = "NAME",
      description = "The credential to log in with there.")
  private @Nullable String credential;

  @Option(
      names = "--destination-drift",
      paramLabel = "RULE",
      description =
          "When the table lacks a column of the rows: fail, or add it to the table (default: fail).")
  private @Nullable SchemaDrift drift;

  @Option(
      names = "--destination-source-columns",
      negatable = true,
      description =
          "Write to each row which server and database it comes from, and when (default: no).")
  private @Nullable Boolean sourceColumns;

  @Option(
      names = "--no-destination",
      description = "Send the rows nowhere; they are kept again, unless --results says otherwise.")
  private boolean nowhere;

  boolean isAnyGiven() {
    return results != null || nowhere || isDestinationGiven();
  }

  /// What a step says to do with its rows after the change; null leaves it to the destination.
  @Nullable ResultMode mode(JobStep before) {
    return results == null && !nowhere && !isDestinationGiven() ? before.results() : results;
  }

  /// The same of a new step.
  @Nullable ResultMode mode() {
    return results;
  }

  /// The destination after the change.
  @Nullable Destination changed(@Nullable Destination before) {
    if (nowhere && isDestinationGiven()) {
      throw CommandException.badInput(
          "--no-destination does not go with the options of a destination");
    }
    if (nowhere) {
      return null;
    }
    return isDestinationGiven() ? merged(before) : before;
  }

  /// The destination of a new step: what is not given is as in the other one, but without any
  /// option there is none.
  @Nullable Destination created(@Nullable Destination other) {
    return isDestinationGiven() ? changed(other) : null;
  }

  private Destination merged(@Nullable Destination before) {
    return new Destination(
        required("--destination-server", server, before == null ? null : before.server()),
        required("--destination-database", database, before == null ? null : before.database()),
        "".equals(schema) ? null : either(schema, before == null ? null : before.schema()),
        required("--destination-table", table, before == null ? null : before.table()),
        required(
            "--destination-credential", credential, before == null ? null : before.credential()),
        either(drift, before == null ? null : before.schemaDrift()),
        either(sourceColumns, before == null ? null : before.sourceColumns()));
  }

  private boolean isDestinationGiven() {
    return Stream.of(server, database, schema, table, credential, drift, sourceColumns)
        .anyMatch(Objects::nonNull);
  }

  private static String required(String option, @Nullable String given, @Nullable String before) {
    String value = either(given, before);
    if (value == null) {
      throw CommandException.badInput("%s is missing; a destination needs it".formatted(option));
    }
    return value;
  }

  private static <T> @Nullable T either(@Nullable T given, @Nullable T before) {
    return given == null ? before : given;
  }
}
