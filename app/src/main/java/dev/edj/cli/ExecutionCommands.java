package dev.edj.cli;

import dev.edj.execution.BatchExecution;
import dev.edj.execution.History.Purged;
import dev.edj.execution.JobExecution;
import dev.edj.execution.KeptPlan;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Purpose;
import dev.edj.execution.TaskExecution;
import dev.edj.result.Comparison;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;

/// `edj execution`: runs of jobs, their children, tasks and batches.
@Command(name = "execution")
final class ExecutionCommands {

  static final String NOUN = "executions";

  /// Rows in destinations are read for it, all of them.
  private static final Duration LONGEST_COMPARISON = Duration.ofHours(1);

  private final Session session;

  ExecutionCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = "Lists executions, newest first: the active ones, unless told otherwise.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj execution list",
        "  edj execution list --job Rebuild --include-inactive --since 7d",
        "  edj execution list --job Rebuild --schedule Nightly --all",
        "  edj execution list --job Rebuild --purpose Check --all",
        "  edj execution list --server db1.example.com --database tenant1 --all",
        "  edj execution list --lifecycle Failed --since 2026-01-31T22:00Z -o json",
        "  edj execution list --all --started-since 8h --started-until 6h"
      })
  void list(
      @Option(names = "--job", paramLabel = "NAME", description = "Only of this job.")
          @Nullable String job,
      @Option(
              names = "--purpose",
              paramLabel = "PURPOSE",
              description = "Only for this purpose: ${COMPLETION-CANDIDATES}.")
          @Nullable Purpose purpose,
      @Option(
              names = "--schedule",
              paramLabel = "NAME",
              description = "Only started by this schedule.")
          @Nullable String schedule,
      @Option(
              names = "--target",
              paramLabel = "TARGET",
              description = "Only started on this target, of any kind.")
          @Nullable String target,
      @Option(names = "--content", paramLabel = "NAME", description = "Only of this content.")
          @Nullable String content,
      @Option(
              names = "--server",
              paramLabel = "SERVER",
              description = "The children on this server, of any execution.")
          @Nullable String server,
      @Option(
              names = "--database",
              paramLabel = "DATABASE",
              description =
                  "The children on databases of this name: with --server, what ran on that one.")
          @Nullable String database,
      @Option(
              names = "--lifecycle",
              paramLabel = "LIFECYCLE",
              description = "Only in this lifecycle: ${COMPLETION-CANDIDATES}.")
          @Nullable Lifecycle lifecycle,
      @Option(
              names = "--since",
              paramLabel = "TIME",
              description =
                  "Created at or after: 2026-01-31, 2026-01-31T22:00Z (UTC), or 2h ago: 2h.")
          @Nullable Instant since,
      @Option(names = "--until", paramLabel = "TIME", description = "Created before this time.")
          @Nullable Instant until,
      @Option(
              names = "--started-since",
              paramLabel = "TIME",
              description = "Started at or after this time, which may be long after its creation.")
          @Nullable Instant startedSince,
      @Option(
              names = "--started-until",
              paramLabel = "TIME",
              description = "Started before this time.")
          @Nullable Instant startedUntil,
      @Option(
              names = {"--include-inactive", "--all"},
              description = "Those that have ended, too.")
          boolean includeInactive,
      @Mixin PageOptions page) {
    ApiPath path =
        ApiPath.of(NOUN)
            .with("job", job)
            .with("purpose", purpose)
            .with("schedule", schedule)
            .with("target", target)
            .with("content", content)
            .with("server", server)
            .with("database", database)
            .with("lifecycle", lifecycle)
            .with("createdFrom", since)
            .with("createdTo", until)
            .with("startedFrom", startedSince)
            .with("startedTo", startedUntil)
            .with("includeInactive", includeInactive ? true : null);
    session
        .output()
        .list(
            session.api().list(JobExecution.class, path, page.limit(), page.after()),
            server == null && database == null ? ExecutionViews::table : ExecutionViews::placeTable,
            includeInactive || lifecycle != null
                ? "No such executions."
                : "No active executions; --all lists those that have ended, too.");
  }

  @Command(
      name = "show",
      description = "Shows an execution, with its steps and how many of its children stand where.",
      footerHeading = "%nExample:%n",
      footer = "  edj execution show 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f")
  void show(@Parameters(paramLabel = "ID", description = "The execution.") String id) {
    session
        .output()
        .show(session.api().get(JobExecution.class, ApiPath.of(NOUN, id)), ExecutionViews::details);
  }

  @Command(
      name = "children",
      description =
          "Lists the children of an execution: one for each step on each of its databases.",
      footerHeading = "%nExample:%n",
      footer = "  edj execution children 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f --lifecycle Failed")
  void children(
      @Parameters(paramLabel = "ID", description = "The parent execution.") String id,
      @Option(
              names = "--lifecycle",
              paramLabel = "LIFECYCLE",
              description = "Only in this lifecycle: ${COMPLETION-CANDIDATES}.")
          @Nullable Lifecycle lifecycle,
      @Option(names = "--server", paramLabel = "SERVER", description = "Only on this server.")
          @Nullable String server,
      @Option(names = "--database", paramLabel = "DATABASE", description = "Only this database.")
          @Nullable String database,
      @Mixin PageOptions page) {
    ApiPath path =
        ApiPath.of(NOUN, id, "children")
            .with("lifecycle", lifecycle)
            .with("server", server)
            .with("database", database);
    session
        .output()
        .list(
            session.api().list(JobExecution.class, path, page.limit(), page.after()),
            ExecutionViews::childTable,
            "No such children.");
  }

  @Command(
      name = "wait",
      description = {
        "Waits until executions have ended; the exit code is 0 only if they succeeded.",
        "Ctrl-C ends the wait, not the executions."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj execution wait 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f --timeout 10m",
        "  edj execution wait $first $second --any"
      })
  int await(
      @Parameters(paramLabel = "ID", arity = "1..*", description = "The executions.")
          List<String> ids,
      @Option(names = "--any", description = "Wait for one of them only.") boolean any,
      @Option(
              names = "--timeout",
              paramLabel = "DURATION",
              description = "The longest wait; then the exit code is 6.")
          @Nullable Duration timeout) {
    Answer<List<JobExecution>> standing =
        new ExecutionWatch(session.api(), session.terminal()).untilEnded(ids, any, timeout);
    session.output().list(standing, ExecutionViews::table, "");
    return ExecutionWatch.exitCode(standing.value(), session.output()).number();
  }

  @Command(
      name = "retry",
      description = {
        "Starts the job of an ended execution again, in the job's current version and for the same"
            + " purpose: each step on the databases where it did not succeed. With --wait, ends when"
            + " the new execution does."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj execution retry 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f",
        "  edj execution retry 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f --wait --timeout 30m"
      })
  int retry(
      @Parameters(paramLabel = "ID", description = "The execution.") String id,
      @Option(
              names = "--wait",
              description = "Wait for the end; the exit code is 0 only if it succeeded.")
          boolean wait,
      @Option(
              names = "--timeout",
              paramLabel = "DURATION",
              description = "The longest wait; then the exit code is 6.")
          @Nullable Duration timeout) {
    Answer<JobExecution> started =
        session.api().post(JobExecution.class, ApiPath.of(NOUN, id, "retry"), null);
    if (!wait && timeout == null) {
      session.output().show(started, ExecutionViews::details);
      return ExitCode.DONE.number();
    }
    Answer<JobExecution> ended =
        new ExecutionWatch(session.api(), session.terminal()).untilEnded(started.value(), timeout);
    session.output().show(ended, ExecutionViews::details);
    return ExecutionWatch.exitCode(List.of(ended.value()), session.output()).number();
  }

  @Command(
      name = "approve",
      description = "Lets the next wave of an execution begin that waits for approval.",
      footerHeading = "%nExample:%n",
      footer = "  edj execution approve 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f")
  void approve(
      @Parameters(paramLabel = "ID", description = "The execution.") String id,
      @Option(
              names = "--wave",
              paramLabel = "NUMBER",
              description = "The wave that is meant (default: whichever is next).")
          @Nullable Integer wave) {
    ApiPath path = ApiPath.of(NOUN, id, "approve").with("wave", wave);
    session
        .output()
        .show(session.api().post(JobExecution.class, path, null), ExecutionViews::details);
  }

  @Command(
      name = "stop",
      description = "Stops executions with all their children; running statements are cancelled.",
      footerHeading = "%nExample:%n",
      footer = "  edj execution stop 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f")
  void stop(
      @Parameters(paramLabel = "ID", arity = "1..*", description = "The executions.")
          List<String> ids) {
    ApiClient api = session.api();
    ArrayNode json = Json.mapper().createArrayNode();
    List<JobExecution> stopping = new ArrayList<>();
    for (String id : ids) {
      Answer<JobExecution> answer =
          api.post(JobExecution.class, ApiPath.of(NOUN, id, "stop"), null);
      json.add(answer.json());
      stopping.add(answer.value());
    }
    session.output().list(new Answer<>(json, stopping, null), ExecutionViews::table, "");
  }

  @Command(
      name = "purge",
      description = {
        "Removes ended executions with their children, tasks and logs: of a job, or those that ended"
            + " before a time, or both.",
        "Goes on until all are removed. Ctrl-C ends it; what is removed by then stays removed, the"
            + " rest is whole."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj execution purge --before 30d",
        "  edj execution purge --job Rebuild --before 2026-01-31",
        "  edj execution purge --job Rebuild --all"
      })
  void purge(
      @Option(names = "--job", paramLabel = "NAME", description = "Only of this job.")
          @Nullable String job,
      @Option(
              names = "--before",
              paramLabel = "TIME",
              description = "Ended before: 2026-01-31, 2026-01-31T22:00Z (UTC), or 30d ago: 30d.")
          @Nullable Instant before,
      @Option(
              names = "--all",
              description =
                  "With --job, instead of --before: whenever they ended, a moment ago, too.")
          boolean all) {
    if (all ? job == null || before != null : before == null) {
      throw CommandException.badInput("give --before, or --job with --all");
    }
    ApiPath path = ApiPath.of(NOUN, "purge").with("job", job).with("before", before);
    int removed = 0;
    Purged portion;
    do {
      portion = session.api().post(Purged.class, path, null).value();
      removed += portion.removed();
      if (portion.more()) {
        session.output().note(number(removed) + " removed, going on ...");
      }
    } while (portion.more());
    if (session.output().isJson()) {
      session.output().json(Json.mapper().createObjectNode().put("removed", removed));
    }
    session
        .output()
        .done(
            switch (removed) {
              case 0 -> "No such executions that have ended.";
              case 1 -> "1 execution removed.";
              default -> number(removed) + " executions removed.";
            });
  }

  private static String number(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  @Command(
      name = "tasks",
      description = "Lists the tasks of an execution, a task for each attempt; or shows one task.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj execution tasks 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f",
        "  edj execution tasks 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f.1"
      })
  void tasks(
      @Parameters(paramLabel = "ID", description = "An execution, or a task (ID.n).") String id) {
    if (ExecutionLog.isTaskId(id)) {
      session
          .output()
          .show(
              session.api().get(TaskExecution.class, ApiPath.of("tasks", id)),
              ExecutionViews::details);
      return;
    }
    session
        .output()
        .list(
            session.api().list(TaskExecution.class, ApiPath.of(NOUN, id, "tasks")),
            ExecutionViews::taskTable,
            "No tasks yet.");
  }

  @Command(
      name = "batches",
      description = "Lists the batches that a script execution task has begun.",
      footerHeading = "%nExample:%n",
      footer = "  edj execution batches 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f.1")
  void batches(@Parameters(paramLabel = "TASKID", description = "The task (ID.n).") String id) {
    session
        .output()
        .list(
            session.api().list(BatchExecution.class, ApiPath.of("tasks", id, "batches")),
            ExecutionViews::batchTable,
            "No batches.");
  }

  @Command(
      name = "log",
      description = {
        "Prints what a script printed and how it ended: of a task, of a child's newest attempt, or"
            + " of an execution's own tasks with its failed databases."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj execution log 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f",
        "  edj execution log 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f --attempt 1"
      })
  void log(
      @Parameters(paramLabel = "ID", description = "An execution, or a task (ID.n).") String id,
      @Option(
              names = "--attempt",
              paramLabel = "NUMBER",
              description = "Of a child: this attempt instead of the newest.")
          @Nullable Integer attempt) {
    new ExecutionLog(session.api(), session.output()).print(id, attempt);
  }

  @Command(
      name = "plan",
      description = {
        "Prints the script that a child which deploys a data-tier package was about to run in its"
            + " newest attempt, or would run: with --report, what it does in the form of DacFx's"
            + " DeployReport (XML)."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj execution plan 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f",
        "  edj execution plan 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f --report > report.xml"
      })
  void plan(
      @Parameters(paramLabel = "ID", description = "The child.") String id,
      @Option(names = "--report", description = "The report instead of the script.")
          boolean report) {
    Answer<KeptPlan> plan = session.api().get(KeptPlan.class, ApiPath.of(NOUN, id, "plan"));
    if (session.output().isJson()) {
      session.output().json(plan.json());
    } else {
      session.output().raw(report ? plan.value().report() : plan.value().script());
    }
  }

  @Command(
      name = "bundle",
      description = {
        "Saves all that helps to find out what became of an execution, or of one child, in a zip to be"
            + " sent to whoever helps: definitions, children, attempts, logs, events, nodes, the"
            + " control database, metrics; nothing that is secret. Look at scripts and logs before you"
            + " hand it on."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj execution bundle 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f",
        "  edj execution bundle 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f --file for-support.zip"
      })
  void bundle(
      @Parameters(paramLabel = "ID", description = "An execution, or one of its children.")
          String id,
      @Option(
              names = "--file",
              paramLabel = "FILE",
              description = "Where to save it (default: execution-ID.zip).")
          @Nullable Path file) {
    Path saved = Objects.requireNonNullElseGet(file, () -> Path.of("execution-" + id + ".zip"));
    new Download(session.api(), session.terminal(), session.output())
        .bring(ApiPath.of(NOUN, id, "bundle"), InputStream::transferTo, saved);
  }

  @Command(
      name = "results",
      description = {
        "Shows what scripts returned: the first rows as a table, or all of them in a format for"
            + " programs."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj execution results 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f",
        "  edj execution results 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f --database tenant1 --limit 0",
        "  edj execution results 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f --out results.parquet",
        "  edj execution results 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f --format csv > results.csv"
      })
  void results(
      @Parameters(paramLabel = "ID", description = "An execution, or one of its children.")
          String id,
      @Mixin ResultOptions options) {
    new ResultDownload(session.api(), session.terminal(), session.output()).bring(id, options);
  }

  @Command(
      name = "compare",
      description =
          "Says which databases returned the same, and how the others differ from the most.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj execution compare 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f",
        "  edj execution compare 0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f --step 'List the indexes'"
      })
  void compare(
      @Parameters(paramLabel = "ID", description = "The execution.") String id,
      @Option(names = "--step", paramLabel = "NAME", description = "Only this step.")
          @Nullable String step) {
    Answer<Comparison> comparison =
        session
            .api()
            .get(
                Comparison.class,
                ApiPath.of(NOUN, id, "comparison").with("step", step),
                LONGEST_COMPARISON);
    if (session.output().isJson()) {
      session.output().json(comparison.json());
    } else {
      new ComparisonView(session.output(), session.terminal()).print(comparison.value());
    }
  }
}
