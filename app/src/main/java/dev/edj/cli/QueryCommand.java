package dev.edj.cli;

import dev.edj.execution.JobExecution;
import dev.edj.job.NewQuery;
import dev.edj.script.ScriptException;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj query`: a script for every database of a target, and what they answer.
@Command(
    name = "query",
    description = {
      "Runs a script on every database of a target, without a job, and prints the rows of its first"
          + " result as they come. It only reads, and what it does all the same is rolled back,"
          + " unless --write says otherwise.",
      "Databases that failed are told at the end, on standard error. Ctrl-C cancels it everywhere."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  edj query 'SELECT count(*) FROM orders' --target tenants",
      "  edj query --file sizes.sql --target tenants --format csv > sizes.csv",
      "  edj query 'SELECT $(what) FROM setting' --target tenants --param what=name --timeout 30s",
      "  edj query 'DELETE FROM lock' --target tenants --credential admin --write"
    })
final class QueryCommand implements Callable<Integer> {

  /// How rows are printed.
  enum Format {
    /// For people.
    TABLE,
    /// A table for programs: at the end, because only then all columns are known.
    CSV,
    /// Each row as a JSON object, a line each.
    JSONL
  }

  private final Session session;

  @Parameters(
      paramLabel = "SQL",
      arity = "0..1",
      description = "The script; or it comes from --file.")
  private @Nullable String text;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "A file with the script, in UTF-8 or UTF-16; - is standard input.")
  private @Nullable String file;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      required = true,
      description = "Where to run it: a target of any kind, by name or id.")
  private String target = "";

  @Option(
      names = "--credential",
      paramLabel = "NAME",
      description =
          "The login (default: the target's own, else the only one that may be sent to all its"
              + " servers).")
  private @Nullable String credential;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "table for people, csv (printed at the end) or jsonl for programs (default: table).")
  private @Nullable Format format;

  @Option(
      names = "--write",
      description =
          "What the script changes stays. It is run once at most; exactly once is for jobs.")
  private boolean write;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "The longest it may take in all (default: 10m).")
  private @Nullable Duration timeout;

  @Option(
      names = "--max-rows",
      paramLabel = "NUMBER",
      description = "The most rows of each database, and never more than 4 MB (default: 10000).")
  private @Nullable Integer maxRows;

  @Mixin private final ValueOptions values = new ValueOptions();

  QueryCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws ScriptException {
    NewQuery query =
        new NewQuery(
            script(),
            target,
            credential,
            write ? false : null,
            values.areGiven() ? new HashMap<>(values.readable()) : null,
            values.areGiven() ? new HashMap<>(values.secret(session.terminal())) : null,
            timeout,
            maxRows);
    ApiClient api = session.api();
    try (StopAtInterrupt interrupt = StopAtInterrupt.of(api, session.terminal())) {
      String id =
          api.post(JobExecution.class, ApiPath.of("queries"), query).value().id().toString();
      interrupt.started(id);
      return new QueryWatch(api, session.terminal(), session.output(), id)
          .untilEnded(format())
          .number();
    }
  }

  private String script() throws ScriptException {
    if ((text == null) == (file == null)) {
      throw CommandException.badInput("give either the script itself, or --file");
    }
    return text != null ? text : ScriptSource.readFile(String.valueOf(file), session.terminal());
  }

  private Format format() {
    if (format != null) {
      return format;
    }
    return session.output().isJson() ? Format.JSONL : Format.TABLE;
  }
}
