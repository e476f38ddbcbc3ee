package dev.edj.cli;

import dev.edj.policy.DestinationFailure;
import dev.edj.policy.ExecutionPolicy;
import dev.edj.policy.ExecutionPolicyChange;
import dev.edj.policy.NewExecutionPolicy;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `edj policy`: named time-out and retry settings.
@Command(name = "policy")
final class PolicyCommands {

  private static final String NOUN = "policies";

  private final Session session;

  PolicyCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "create",
      description = {
        "Creates an execution policy; what is not given is as in the Default execution policy.",
        "The wait before attempt n is min(maximum, initial * coefficient^(n - 2))."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  edj policy create Patient --job-timeout 30m --initial-retry-interval 10s \\",
        "      --maximum-retry-interval 1m --retry-interval-backoff-coefficient 1.5 \\",
        "      --maximum-attempts 999999"
      })
  void create(
      @Parameters(paramLabel = "NAME", description = "What jobs will call it.") String name,
      @Mixin PolicySettings settings) {
    NewExecutionPolicy policy =
        new NewExecutionPolicy(
            name,
            settings.jobTimeout(),
            settings.attemptTimeout(),
            settings.initialRetryInterval(),
            settings.maximumRetryInterval(),
            settings.retryIntervalBackoffCoefficient(),
            settings.maximumAttempts(),
            settings.retry(),
            settings.transientErrors(),
            settings.permanentErrors(),
            settings.destinationFailure());
    session
        .output()
        .show(
            session.api().post(ExecutionPolicy.class, ApiPath.of(NOUN), policy),
            PolicyCommands::details);
  }

  @Command(
      name = "update",
      description = {
        "Changes an execution policy; executions that have started keep what they started with.",
        "What is not given stays as it is."
      },
      footerHeading = "%nExample:%n",
      footer = "  edj policy update Patient --initial-retry-interval 15s")
  void update(
      @Parameters(paramLabel = "NAME", description = "The execution policy.") String name,
      @Mixin PolicySettings settings) {
    ExecutionPolicyChange change =
        new ExecutionPolicyChange(
            settings.jobTimeout(),
            settings.attemptTimeout(),
            settings.initialRetryInterval(),
            settings.maximumRetryInterval(),
            settings.retryIntervalBackoffCoefficient(),
            settings.maximumAttempts(),
            settings.retry(),
            settings.transientErrors(),
            settings.permanentErrors(),
            settings.destinationFailure());
    session
        .output()
        .show(
            session.api().patch(ExecutionPolicy.class, ApiPath.of(NOUN, name), change),
            PolicyCommands::details);
  }

  @Command(
      name = "show",
      description = "Shows an execution policy.",
      footerHeading = "%nExample:%n",
      footer = "  edj policy show 'Default execution policy'")
  void show(@Parameters(paramLabel = "NAME", description = "The execution policy.") String name) {
    session
        .output()
        .show(
            session.api().get(ExecutionPolicy.class, ApiPath.of(NOUN, name)),
            PolicyCommands::details);
  }

  @Command(
      name = "list",
      description = "Lists the execution policies.",
      footerHeading = "%nExample:%n",
      footer = "  edj policy list")
  void list() {
    session
        .output()
        .list(
            session.api().list(ExecutionPolicy.class, ApiPath.of(NOUN)),
            PolicyCommands::table,
            "No execution policies.");
  }

  @Command(
      name = "delete",
      description = "Deletes an execution policy that no job uses.",
      footerHeading = "%nExample:%n",
      footer = "  edj policy delete Patient")
  void delete(@Parameters(paramLabel = "NAME", description = "The execution policy.") String name) {
    session.api().order("DELETE", ApiPath.of(NOUN, name), null);
    session.output().done("Deleted.");
  }

  private static Details details(ExecutionPolicy policy) {
    return new Details()
        .line("Name", policy.name())
        .line("Built in", policy.builtIn() ? "yes" : null)
        .line("Job time-out", Cell.of(policy.jobTimeout(), "none"))
        .line("Attempt time-out", Cell.of(policy.attemptTimeout(), "none"))
        .line("Initial retry interval", policy.initialRetryInterval())
        .line("Maximum retry interval", policy.maximumRetryInterval())
        .line("Backoff coefficient", policy.retryIntervalBackoffCoefficient())
        .line("Maximum attempts", policy.maximumAttempts())
        .line("Retry", policy.retry().name().toLowerCase(Locale.ROOT))
        .line("Transient errors", policy.transientErrors())
        .line("Permanent errors", policy.permanentErrors())
        .line(
            "On destination failure",
            policy.destinationFailure() == DestinationFailure.WriteOnly ? "write only" : null);
  }

  private static Table table(List<ExecutionPolicy> policies) {
    Table table =
        Table.of("NAME", "JOB TIME-OUT", "ATTEMPT TIME-OUT", "RETRY AFTER", "AT MOST", "ATTEMPTS");
    policies.forEach(policy ->
        table.row(
            policy.name(),
            Cell.of(policy.jobTimeout(), "none"),
            Cell.of(policy.attemptTimeout(), "none"),
            policy.initialRetryInterval(),
            policy.maximumRetryInterval(),
            policy.maximumAttempts()));
    return table;
  }
}
