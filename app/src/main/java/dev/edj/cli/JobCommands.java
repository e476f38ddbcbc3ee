package dev.edj.cli;

import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.JobExecution;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import dev.edj.execution.Rollout;
import dev.edj.job.Job;
import dev.edj.job.JobChange;
import dev.edj.job.NewJob;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj job`.
@Command(name = "job")
final class JobCommands {

  private static final String NOUN = "jobs";

  private final Session session;

  JobCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "create",
      description = {
        "Creates a job: a content, applied to a target with a credential.",
        "A job of several steps comes from a JSON file: [{\"content\",\"credential\",\"target\",...}]."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj job create 'Add table' --content 'Create a TestTable' --credential app --target tenants",
        "  edj job create Rebuild --content rebuild --credential app --target 'db1.example.com/*' \\",
        "      --policy Patient --max-parallelism 20 --param fill_factor=80",
        "  edj job create 'Raise prices' --content raise --credential app --target tenants \\",
        "      --exactly-once",
        "  edj job create Release --steps steps.json",
        "  edj job create 'New password' --content password --credential app --target tenants \\",
        "      --secret-param password",
        "  edj job create Sizes --content sizes --credential app --target tenants \\",
        "      --destination-server postgresql://db1.example.com --destination-database telemetry \\",
        "      --destination-table sizes --destination-credential collector",
        "  edj job create Careful --content raise --credential app --target tenants \\",
        "      --wave 1 --wave 10%% --wave-approval --failure-limit 5%%"
      })
  void create(
      @Parameters(paramLabel = "NAME", description = "The job's name.") String name,
      @Mixin StepOptions steps,
      @Option(names = "--description", paramLabel = "TEXT", description = "What the job is for.")
          @Nullable String description,
      @Mixin DeclaredOptions parameters,
      @Mixin RolloutOptions rollout,
      @Option(names = "--disabled", description = "The job cannot be started until it is enabled.")
          boolean disabled) {
    NewJob job =
        new NewJob(
            name,
            description,
            steps.read(session.terminal()),
            disabled ? false : null,
            parameters.readable(),
            parameters.secret(session.terminal()),
            rollout.changed(Rollout.AT_ONCE));
    session.output().show(session.api().post(Job.class, ApiPath.of(NOUN), job), JobViews::details);
  }

  @Command(
      name = "update",
      description = {
        "Changes a job, which makes a new version of it; what runs keeps its own.",
        "What is not given stays as it is. Options of the step change one step; --param adds to the"
            + " parameters or replaces one."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj job update Rebuild --max-parallelism 50",
        "  edj job update Release --step 2 --content-version 7",
        "  edj job update Sizes --destination-table sizes_2 --destination-drift add",
        "  edj job update Sizes --no-destination",
        "  edj job update Rebuild --param fill_factor=90 --remove-param owner"
      })
  void update(
      @Parameters(paramLabel = "NAME", description = "The job.") String name,
      @Mixin StepOptions steps,
      @Option(
              names = "--step",
              paramLabel = "NUMBER",
              defaultValue = "1",
              description = "The step to change (default: 1).")
          int step,
      @Option(names = "--description", paramLabel = "TEXT", description = "What the job is for.")
          @Nullable String description,
      @Mixin DeclaredOptions parameters,
      @Option(
              names = "--remove-param",
              paramLabel = "NAME",
              description = "A parameter the job has no more, secret or not; repeatable.")
          @Nullable List<String> removed,
      @Mixin RolloutOptions rollout,
      @Option(
              names = "--expected-version",
              paramLabel = "NUMBER",
              description =
                  "The version it is made of: refused when the job has another one by then.")
          @Nullable Integer expectedVersion) {
    ApiClient api = session.api();
    Job job = api.get(Job.class, ApiPath.of(NOUN, name)).value();
    JobChange change =
        new JobChange(
            description,
            steps.changed(job, step, session.terminal()),
            null,
            parameters(job, parameters.readable(), removed),
            parameters.secret(session.terminal()),
            removed == null ? null : removed.stream().filter(one -> isSecret(job, one)).toList(),
            rollout.changed(job.rollout()),
            requireNonNullElse(expectedVersion, job.version()));
    session.output().show(api.patch(Job.class, ApiPath.of(NOUN, name), change), JobViews::details);
  }

  @Command(
      name = "show",
      description = "Shows a job.",
      footerHeading = "%nExample:%n",
      footer = "  edj job show Rebuild")
  void show(@Parameters(paramLabel = "NAME", description = "The job.") String name) {
    session.output().show(session.api().get(Job.class, ApiPath.of(NOUN, name)), JobViews::details);
  }

  @Command(
      name = "list",
      description = "Lists the jobs.",
      footerHeading = "%nExample:%n",
      footer = "  edj job list")
  void list() {
    session
        .output()
        .list(
            session.api().list(Job.class, ApiPath.of(NOUN)),
            JobViews::table,
            "No jobs yet. Create one with 'edj job create'.");
  }

  @Command(
      name = "delete",
      description = {
        "Deletes a job and its history as soon as its active executions have ended; until then it"
            + " cannot be started."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  edj job delete Rebuild", "  edj job delete Rebuild --force"})
  void delete(
      @Parameters(paramLabel = "NAME", description = "The job.") String name,
      @Option(names = "--force", description = "Stop its active executions first.") boolean force) {
    session.api().order("DELETE", ApiPath.of(NOUN, name).with("force", force ? true : null), null);
    session.output().done("To be deleted as soon as nothing of it runs.");
  }

  @Command(
      name = "start",
      description = "Starts a job; with --wait, ends when the execution does.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj job start Rebuild",
        "  edj job start Rebuild --version 3 --param fill_factor=70",
        "  edj job start 'New password' --secret-param password",
        "  edj job start Rebuild --wait --timeout 30m || echo 'look at it'",
        "  edj job start Rebuild --trial --wait"
      })
  int start(
      @Parameters(paramLabel = "NAME", description = "The job.") String name,
      @Mixin StartOptions options,
      @Option(
              names = "--trial",
              description =
                  "Run each step's script in one transaction and roll it back; the log says what it"
                      + " did.")
          boolean trial,
      @Option(
              names = "--wait",
              description = "Wait for the end; the exit code is 0 only if it succeeded.")
          boolean wait) {
    Answer<JobExecution> started = started(name, options, trial ? Purpose.Trial : Purpose.Run);
    if (!wait && options.timeout() == null) {
      session.output().show(started, ExecutionViews::details);
      return ExitCode.DONE.number();
    }
    Answer<JobExecution> ended =
        new ExecutionWatch(session.api(), session.terminal())
            .untilEnded(started.value(), options.timeout());
    session.output().show(ended, ExecutionViews::details);
    if (trial && ended.value().lifecycle().succeeded()) {
      session
          .output()
          .note(
              "What it did: edj execution log CHILD, of one of: edj execution children "
                  + ended.value().id());
    }
    return ExecutionWatch.exitCode(List.of(ended.value()), session.output()).number();
  }

  @Command(
      name = "check",
      description = {
        "Finds out where a job could run, and runs nothing of it: logs in to every database of its"
            + " target and asks for the rights there.",
        "The exit code is 0 only if it could run everywhere."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj job check Rebuild",
        "  edj job check Rebuild --version 3 --param fill_factor=70 --timeout 10m",
        "  edj job check Rebuild --no-wait"
      })
  int check(
      @Parameters(paramLabel = "NAME", description = "The job.") String name,
      @Mixin StartOptions options,
      @Option(
              names = "--wait",
              negatable = true,
              defaultValue = "true",
              fallbackValue = "true",
              description = "Wait for the end and say what was found (default), or only start it.")
          boolean wait) {
    Answer<JobExecution> started = started(name, options, Purpose.Check);
    if (!wait) {
      session.output().show(started, ExecutionViews::details);
      return ExitCode.DONE.number();
    }
    Answer<JobExecution> ended =
        new ExecutionWatch(session.api(), session.terminal())
            .untilEnded(started.value(), options.timeout());
    if (session.output().isJson()) {
      session.output().json(ended.json());
    } else {
      new CheckSummary(session.api(), session.output()).print(ended.value());
    }
    return ExecutionWatch.exitCode(List.of(ended.value()), session.output()).number();
  }

  private Answer<JobExecution> started(String name, StartOptions options, Purpose purpose) {
    NewExecution what = options.read(session.terminal(), purpose);
    return session.api().post(JobExecution.class, ApiPath.of(NOUN, name, "start"), what);
  }

  @Command(
      name = "stop",
      description = "Stops all active executions of a job, with all their children.",
      footerHeading = "%nExample:%n",
      footer = "  edj job stop Rebuild")
  void stop(@Parameters(paramLabel = "NAME", description = "The job.") String name) {
    session
        .output()
        .list(
            session.api().postForList(JobExecution.class, ApiPath.of(NOUN, name, "stop")),
            ExecutionViews::table,
            "Nothing of it runs.");
  }

  @Command(
      name = "enable",
      description = "Lets a job be started again.",
      footerHeading = "%nExample:%n",
      footer = "  edj job enable Rebuild")
  void enable(@Parameters(paramLabel = "NAME", description = "The job.") String name) {
    change(name, "enable");
  }

  @Command(
      name = "disable",
      description = "Keeps a job from being started; what runs goes on.",
      footerHeading = "%nExample:%n",
      footer = "  edj job disable Rebuild")
  void disable(@Parameters(paramLabel = "NAME", description = "The job.") String name) {
    change(name, "disable");
  }

  private void change(String name, String verb) {
    session
        .output()
        .show(session.api().post(Job.class, ApiPath.of(NOUN, name, verb), null), JobViews::details);
  }

  private static @Nullable Map<String, @Nullable String> parameters(
      Job job, @Nullable Map<String, @Nullable String> given, @Nullable List<String> removed) {
    if (given == null && removed == null) {
      return null;
    }
    Map<String, @Nullable String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    parameters.putAll(job.parameters());
    if (given != null) {
      parameters.putAll(given);
    }
    if (removed != null) {
      removed.forEach(parameters::remove);
    }
    return parameters;
  }

  private static boolean isSecret(Job job, String name) {
    return job.secrets().stream().anyMatch(secret -> secret.name().equalsIgnoreCase(name));
  }
}
