package dev.edj.result;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.RowCursor;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.result.FirstRowsTaker.EnoughException;
import dev.edj.result.ResultTable.Origin;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Results that are asked for: to be read once, as they are or as they come.
public final class ResultReading {

  /// More different lists of columns than that make no table that anybody could read.
  private static final int MOST_HEADERS = 1_000;

  private final JobExecution execution;
  private final List<StepResults> steps;
  private final WantedChildren wanted;
  private final Executions executions;

  ResultReading(
      JobExecution execution,
      List<StepResults> steps,
      WantedChildren wanted,
      Executions executions) {
    this.execution = execution;
    this.steps = steps;
    this.wanted = wanted;
    this.executions = executions;
  }

  /// What writes these results to `out`, which it leaves open.
  public ResultWriter writer(ResultFormat format, OutputStream out) throws Exception {
    Origin origin = new Origin(steps.size() > 1);
    return switch (format) {
      case rows -> new RowsWriter(out);
      case jsonl -> new JsonLinesWriter(origin, out);
      case csv -> new CsvWriter(table(origin), origin, out);
      case parquet -> new ParquetWriter(table(origin), origin, out);
    };
  }

  private ResultTable table(Origin origin) throws Exception {
    List<List<Column>> headers = new ArrayList<>();
    for (StepResults step : steps) {
      headers.addAll(step.headers(wanted, MOST_HEADERS + 1));
    }
    if (headers.size() > MOST_HEADERS) {
      throw EdjException.invalid(
          "format",
          "the databases returned more than %,d different lists of columns, too many for one table; ask for rows or jsonl, or for some of the databases"
              .formatted(MOST_HEADERS));
    }
    return new ResultTable(origin, headers);
  }

  /// Writes the results that are there, in the order of steps, servers and databases.
  ///
  /// @param goesOn asked before each child; when it says no, the rest is given up
  /// @throws EdjException among others when there is no result, before anything is written
  public void write(ResultWriter writer, BooleanSupplier goesOn) throws Exception {
    if (read(writer, goesOn) == 0) {
      throw Results.none(execution);
    }
    writer.finish();
  }

  /// The first rows of the results that are there, in the same order.
  ///
  /// @throws EdjException among others when there is no result
  public FirstRows first(int mostRows) throws Exception {
    FirstRowsTaker taker = new FirstRowsTaker(table(new Origin(true)), mostRows);
    try {
      if (read(taker, () -> true) == 0) {
        throw Results.none(execution);
      }
    } catch (EnoughException _) {
      return taker.rows(true);
    }
    return taker.rows(false);
  }

  /// Hands on the results that are there, in the same order, and returns of how many children.
  ///
  /// @param goesOn asked before each child; when it says no, the rest is given up
  public long read(ResultReceiver receiver, BooleanSupplier goesOn) throws Exception {
    Counting counting = new Counting(receiver, goesOn);
    for (StepResults step : steps) {
      step.read(wanted, counting);
    }
    return counting.children;
  }

  /// Writes the results that are there, and those that come until the execution has ended.
  ///
  /// @param goesOn asked every now and then; when it says no, the rest is given up
  public void follow(ResultWriter writer, BooleanSupplier goesOn) throws Exception {
    List<Following> following = new ArrayList<>();
    for (StepResults step : steps) {
      switch (step) {
        case KeptResults kept -> following.add(new Following(kept, wanted));
        case DestinationResults _ ->
            throw EdjException.invalid(
                "follow",
                "the rows go to a destination; read them there, or here when the execution has"
                    + " ended");
      }
    }
    new Follower(executions, execution.id(), following).follow(writer, goesOn);
    writer.finish();
  }

  static EdjException stopping() {
    return new EdjException(
        ErrorCode.STOPPING, null, "the service is stopping; ask again when it is back");
  }

  /// Counts the results that are handed on.
  private static final class Counting implements ResultReceiver {

    private final ResultReceiver receiver;
    private final BooleanSupplier goesOn;
    private long children;

    Counting(ResultReceiver receiver, BooleanSupplier goesOn) {
      this.receiver = receiver;
      this.goesOn = goesOn;
    }

    @Override
    public void child(ChildResult child, RowCursor<? extends Exception> rows) throws Exception {
      if (!goesOn.getAsBoolean()) {
        throw stopping();
      }
      children++;
      receiver.child(child, rows);
    }
  }
}
