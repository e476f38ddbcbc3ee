package dev.edj.worker;

import static java.util.Objects.requireNonNull;

import dev.edj.content.Packages;
import dev.edj.dacpac.Dacpac;
import dev.edj.dacpac.Deployer;
import dev.edj.dacpac.PlannedDeployment;
import dev.edj.dacpac.Platform;
import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.DacpacException.Code;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.plan.Alert;
import dev.edj.dacpac.plan.PublishOptions;
import dev.edj.engine.ServerName;
import dev.edj.engine.SqlServer;
import dev.edj.engine.TargetException;
import dev.edj.engine.TargetSession;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.KeptPlanStore;
import dev.edj.execution.PublishOptionLines;
import dev.edj.execution.StorableText;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.script.ScriptException;
import dev.edj.target.Dialer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/// Deploys a data-tier package to one database: compares the two, keeps what is to be done, and
/// only then does it. Each attempt compares anew, because an earlier one may have done a part.
final class PackageDeployment {

  /// Of script and report together, in characters.
  private static final int LONGEST_PLAN = 64 * 1024 * 1024;

  private final Dialer dialer;
  private final Deployer deployer;
  private final KeptPlanStore plans;
  private final Path directory;

  /// @param directory where many rows that a package's scripts return wait until they are kept
  PackageDeployment(Jdbi jdbi, Dialer dialer, Deployer deployer, Path directory) {
    this.dialer = dialer;
    this.deployer = deployer;
    this.plans = jdbi.onDemand(KeptPlanStore.class);
    this.directory = directory;
  }

  Outcome perform(RunningAttempt attempt, StepPlan plan)
      throws TargetException, ScriptException, FailedBatch {
    ClaimedChild child = attempt.child();
    ServerName server = dialer.serverName(child.serverId());
    attempt.at(server);
    if (!(server.engine() instanceof SqlServer)) {
      return Outcome.hopeless(
          "a data-tier package can be deployed to SQL Server and Azure SQL Database only, and %s is neither; nothing was done"
              .formatted(server));
    }
    ScriptValues values = plan.values(child, server.canonical());
    attempt.record().hide(values.secrets());
    Dacpac source = plan.dacpac();
    log(attempt, "package %s".formatted(Packages.title(source, plan.packageSha256())));
    PublishOptions options =
        Packages.options(
            PublishOptionLines.read(plan.pinned().publishOptions()),
            variables(source, values, child.database()));
    String session = "edj:" + child.executionId();
    try (TargetSession target =
            dialer.open(child.serverId(), child.database(), plan.pinned().credentialId(), session);
        ResultSets results =
            new ResultSets(
                plan.pinned().results(),
                KeptRows.Limits.of(plan.pinned()),
                server.engine(),
                directory,
                attempt.record())) {
      attempt.opened(target);
      target.lock(
          session,
          ScriptAttempt.LOCK_PATIENCE,
          ScriptAttempt.LOCK_LIMIT,
          line -> log(attempt, line));
      deployer.requireFits(source, options, target.read(Platform.Server::of));
      Database found = target.read(deployer::read);
      PlannedDeployment planned = deployer.plan(source, options, found, child.database());
      DeploymentRun run =
          new DeploymentRun(new BatchRun(attempt, target, results), planned, options);
      keep(attempt, plan, planned);
      return switch (plan.pinned().purpose()) {
        case Run -> {
          run.perform();
          keepResult(attempt, results);
          yield Outcome.success(done(planned));
        }
        case Check -> check(attempt, target, planned);
        case Trial -> Outcome.success(foreseen(planned));
        case Query -> throw new IllegalStateException("a query has a script");
      };
    } catch (DacpacException e) {
      log(attempt, String.valueOf(e.getMessage()));
      return Outcome.hopeless(e);
    }
  }

  /// The package's variables take the values of parameters and built-in variables of their names.
  /// `DatabaseName` means what it means to `SqlPackage`.
  private static Map<String, String> variables(
      Dacpac source, ScriptValues values, String database) {
    Map<String, String> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    known.put(Packages.DATABASE_NAME, database);
    known.putAll(values.variables());
    Map<String, String> used = Packages.variables(source, known);
    requireHidden(used.keySet(), values);
    return used;
  }

  /// A secret that is carried openly by a target may be as short as it likes.
  static void requireHidden(Set<String> used, ScriptValues values) {
    for (String name : values.secretNames()) {
      String value = values.variables().getOrDefault(name, "");
      if (used.contains(name) && !value.isEmpty() && value.length() < Redaction.SHORTEST) {
        throw new EdjException(
            ErrorCode.INVALID_PACKAGE,
            null,
            "the value of %s is secret, and too short to be taken out of the plan that is kept; it has to have %d characters at least. Nothing was done."
                .formatted(name, Redaction.SHORTEST));
      }
    }
  }

  /// Before anything is done. A plan that nobody could read afterwards is not carried out.
  private void keep(RunningAttempt attempt, StepPlan plan, PlannedDeployment planned)
      throws DacpacException {
    String script = attempt.record().redacted(planned.script());
    String report = attempt.record().redacted(planned.report());
    if (script.length() + (long) report.length() > LONGEST_PLAN) {
      throw new DacpacException(
          Code.TOO_LARGE,
          "the plan has %,d characters; at most %,d are kept. Nothing was done."
              .formatted(script.length() + (long) report.length(), LONGEST_PLAN));
    }
    int kept =
        plans.keep(
            attempt.child(),
            plan.packageSha256(),
            planned.plan().changesNothing(),
            requireNonNull(StorableText.of(script)),
            requireNonNull(StorableText.of(report)));
    if (kept == 0) {
      attempt.stop(StopReason.LEASE_LOST);
    }
    log(attempt, "plan: " + summary(planned));
    planned.plan().alerts().forEach(alert -> log(attempt, text(alert)));
    log(attempt, "all of it: edj execution plan " + attempt.child().executionId());
  }

  private static String text(Alert alert) {
    return "%s: %s (%s)".formatted(alert.kind().title(), alert.message(), alert.object());
  }

  /// What a script of the package selects is kept as far as it is little.
  private static void keepResult(RunningAttempt attempt, ResultSets results) {
    KeptRows kept = results.kept();
    if (kept != null && kept.rest() != null) {
      log(attempt, "its rows are not all kept");
    }
    attempt.record().keep(kept == null ? null : kept.withoutRest());
  }

  /// Asks what a script's check asks, and shows what would be done.
  private static Outcome check(
      RunningAttempt attempt, TargetSession target, PlannedDeployment planned)
      throws TargetException {
    PreFlight preFlight = new PreFlight(target, attempt.record().log());
    preFlight.askForRights();
    if (preFlight.obstacles().isEmpty()) {
      return Outcome.success(foreseen(planned));
    }
    String obstacles = String.join("\n", preFlight.obstacles());
    log(attempt, obstacles);
    return Outcome.hopeless(obstacles);
  }

  private static String foreseen(PlannedDeployment planned) {
    return "would be done: " + summary(planned);
  }

  private static String done(PlannedDeployment planned) {
    return "done: " + summary(planned);
  }

  private static String summary(PlannedDeployment planned) {
    int steps = planned.plan().steps().size();
    int alerts = planned.plan().alerts().size();
    String what =
        steps == 0
            ? "nothing, the database is what the package describes"
            : steps == 1 ? "1 step" : "%,d steps".formatted(steps);
    String scripts =
        steps > 0 && planned.plan().changesNothing()
            ? " of the package's own scripts, the database is what the package describes"
            : "";
    return what
        + scripts
        + (alerts == 0 ? "" : alerts == 1 ? ", 1 alert" : ", %,d alerts".formatted(alerts));
  }

  private static void log(RunningAttempt attempt, String line) {
    attempt.record().log().line(line);
  }
}
