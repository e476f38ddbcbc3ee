package dev.edj.cli;

import dev.edj.execution.Counts;
import dev.edj.execution.JobExecution;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// Prints what a query returns as it comes, and then what went wrong where. When nobody reads it
/// any more, the query is stopped.
record QueryWatch(ApiClient api, Terminal terminal, Output output, String id) {

  ExitCode untilEnded(QueryCommand.Format format) {
    QueryTally tally = new QueryTally();
    if (!printed(format, tally)) {
      api.order("POST", ApiPath.of(ExecutionCommands.NOUN, id, "stop"), null);
      return ExitCode.DONE;
    }
    return told(tally);
  }

  /// Returns whether somebody read it to its end; who has seen enough, as `head` has, has not.
  private boolean printed(QueryCommand.Format format, QueryTally tally) {
    try (RowPrinter printer = printer(format);
        AnswerLines lines =
            new AnswerLines(
                api.stream(results("rows").with("follow", true).with("stopWhenGone", true)),
                RowPrinter.mapper())) {
      ResultHead head = null;
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        JsonNode json = lines.parse(line);
        if (json.isObject()) {
          head = ResultHead.of(json);
          tally.add(head);
          if (terminal.out().checkError()) {
            return false;
          }
        } else {
          printer.row(Objects.requireNonNull(head), json);
          tally.addRow();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("a failure to read is a CommandException", e);
    }
    if (format == QueryCommand.Format.CSV && tally.hasResults()) {
      printCsv();
    }
    return !terminal.out().checkError();
  }

  private RowPrinter printer(QueryCommand.Format format) {
    return switch (format) {
      case TABLE -> new LiveTable(output);
      case JSONL -> new JsonLinesPrinter(output);
      case CSV -> RowPrinter.NONE;
    };
  }

  /// Once more, as one table with the columns of all.
  private void printCsv() {
    try (InputStream in = api.stream(results("csv"))) {
      in.transferTo(terminal.out());
    } catch (IOException e) {
      throw new IllegalStateException("a failure to read is a CommandException", e);
    }
  }

  private ApiPath results(String format) {
    return ApiPath.of(ExecutionCommands.NOUN, id, "results").with("format", format);
  }

  private ExitCode told(QueryTally tally) {
    JobExecution ended =
        api.get(JobExecution.class, ApiPath.of(ExecutionCommands.NOUN, id)).value();
    Counts databases = Objects.requireNonNull(ended.children());
    tally.notes().forEach(output::note);
    new QueryErrors(api, output, id).print();
    if (ended.message() != null) {
      output.note(TextWidth.withoutControls(ended.message()));
    }
    output.note(summary(databases, tally));
    return ended.lifecycle().succeeded() ? ExitCode.DONE : ExitCode.NOT_SUCCEEDED;
  }

  /// `996 of 1,000 databases answered, 12,450 rows, 4 failed (execution 0198…)`
  private String summary(Counts databases, QueryTally tally) {
    String text =
        String.format(
            Locale.ROOT,
            "%,d of %s answered, %s",
            databases.succeeded(),
            count(databases.total(), "database"),
            count(tally.rows(), "row"));
    return text
        + part(databases.failed(), "failed")
        + part(databases.timedOut(), "timed out")
        + part(databases.canceled(), "canceled")
        + " (execution %s)".formatted(id);
  }

  private static String part(int count, String what) {
    return count == 0 ? "" : String.format(Locale.ROOT, ", %,d %s", count, what);
  }

  private static String count(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
