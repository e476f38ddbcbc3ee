package dev.edj.cli;

import dev.edj.schedule.EndCondition;
import dev.edj.schedule.Firing;
import dev.edj.schedule.Misfire;
import dev.edj.schedule.NewTrigger;
import dev.edj.schedule.Overlap;
import dev.edj.schedule.Trigger;
import dev.edj.schedule.TriggerChange;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `edj trigger`: what starts jobs by itself.
@Command(name = "trigger")
final class TriggerCommands {

  private final Session session;

  TriggerCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "create",
      description = "Has a job started by a schedule, or after another job has ended.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj trigger create Rebuild Nightly",
        "  edj trigger create Report Hourly --overlap do-not-start --misfire fire-all",
        "  edj trigger create Report --after Rebuild --on success"
      })
  void create(
      @Mixin TriggerName trigger,
      @Mixin TriggerOptions options,
      @Option(names = "--disabled", description = "Nothing is started until it is enabled.")
          boolean disabled) {
    trigger.refuseBoth();
    NewTrigger created =
        new NewTrigger(
            trigger.job(),
            trigger.schedule(),
            trigger.after(),
            options.on(),
            disabled ? false : null,
            options.overlap(),
            options.misfire());
    session
        .output()
        .show(
            session.api().post(Trigger.class, ApiPath.of(TriggerName.NOUN), created),
            TriggerCommands::details);
  }

  @Command(
      name = "update",
      description = "Changes the settings of a trigger.",
      footerHeading = "%nExample:%n",
      footer = "  edj trigger update Rebuild Nightly --overlap queue")
  void update(@Mixin TriggerName trigger, @Mixin TriggerOptions options) {
    change(trigger, new TriggerChange(null, options.on(), options.overlap(), options.misfire()));
  }

  @Command(
      name = "show",
      description = "Shows a trigger.",
      footerHeading = "%nExample:%n",
      footer = "  edj trigger show Rebuild Nightly")
  void show(@Mixin TriggerName trigger) {
    ApiClient api = session.api();
    session.output().show(api.get(Trigger.class, trigger.find(api)), TriggerCommands::details);
  }

  @Command(
      name = "list",
      description = "Lists triggers: all, of a job, of a schedule, or after a job.",
      footerHeading = "%nExamples:%n",
      footer = {"  edj trigger list --job Rebuild", "  edj trigger list --schedule Nightly"})
  void list(
      @Option(names = "--job", paramLabel = "NAME", description = "Only of this job.")
          @Nullable String job,
      @Option(names = "--schedule", paramLabel = "NAME", description = "Only of this schedule.")
          @Nullable String schedule,
      @Option(names = "--after", paramLabel = "JOB", description = "Only after this job.")
          @Nullable String after) {
    session
        .output()
        .list(
            session
                .api()
                .list(
                    Trigger.class,
                    ApiPath.of(TriggerName.NOUN)
                        .with("job", job)
                        .with("schedule", schedule)
                        .with("after", after)),
            TriggerCommands::table,
            "No such triggers.");
  }

  @Command(
      name = "firings",
      description = "Lists what became of a trigger's planned times, newest first.",
      footerHeading = "%nExample:%n",
      footer = "  edj trigger firings Rebuild Nightly --limit 20")
  void firings(
      @Mixin TriggerName trigger,
      @Option(
              names = "--limit",
              paramLabel = "NUMBER",
              defaultValue = "100",
              description = "The most rows to list (default: 100).")
          int limit) {
    ApiClient api = session.api();
    ApiPath path = trigger.find(api);
    session
        .output()
        .list(
            api.list(
                Firing.class,
                new ApiPath(path.path() + "/firings", path.query()).with("limit", limit)),
            TriggerCommands::firingTable,
            "Nothing was fired yet.");
  }

  @Command(
      name = "enable",
      description = "Has a trigger start its job again, from now on.",
      footerHeading = "%nExample:%n",
      footer = "  edj trigger enable Rebuild Nightly")
  void enable(@Mixin TriggerName trigger) {
    change(trigger, new TriggerChange(true, null, null, null));
  }

  @Command(
      name = "disable",
      description = "Keeps a trigger from starting its job; what passes is not made up for.",
      footerHeading = "%nExample:%n",
      footer = "  edj trigger disable Rebuild Nightly")
  void disable(@Mixin TriggerName trigger) {
    change(trigger, new TriggerChange(false, null, null, null));
  }

  @Command(
      name = "delete",
      description = "Removes a trigger; what it has started goes on.",
      footerHeading = "%nExample:%n",
      footer = "  edj trigger delete Rebuild Nightly")
  void delete(@Mixin TriggerName trigger) {
    ApiClient api = session.api();
    api.order("DELETE", trigger.find(api), null);
    session.output().done("Deleted.");
  }

  private void change(TriggerName trigger, TriggerChange change) {
    ApiClient api = session.api();
    session
        .output()
        .show(api.patch(Trigger.class, trigger.find(api), change), TriggerCommands::details);
  }

  private static Details details(Trigger trigger) {
    return new Details()
        .line("Job", trigger.job())
        .line("Schedule", trigger.schedule())
        .line("After", after(trigger))
        .line("Enabled", trigger.enabled())
        .line("Overlap", trigger.overlap())
        .line("Misfire", trigger.misfire())
        .line("Next", trigger.nextAt())
        .line("Last", trigger.lastAt())
        .line("Last execution", trigger.lastExecutionId())
        .line("Not started", trigger.lastReason())
        .line("Created", trigger.createdAt());
  }

  private static Table table(List<Trigger> triggers) {
    Table table = Table.of("JOB", "SCHEDULE", "AFTER", "ENABLED", "NEXT", "LAST");
    triggers.forEach(trigger ->
        table.row(
            trigger.job(),
            trigger.schedule(),
            after(trigger),
            trigger.enabled(),
            trigger.nextAt(),
            trigger.lastAt()));
    return table;
  }

  private static Table firingTable(List<Firing> firings) {
    Table table = Table.of("PLANNED", "FIRED", "EXECUTION", "NOT STARTED", "MISSED SINCE");
    firings.forEach(firing ->
        table.row(
            firing.plannedAt(),
            firing.firedAt(),
            firing.executionId(),
            firing.reason(),
            firing.missedSince()));
    return table;
  }

  private static @Nullable String after(Trigger trigger) {
    return trigger.on() == null
        ? null
        : trigger.after() + " (" + trigger.on().name().toLowerCase(Locale.ROOT) + ")";
  }

  /// The settings of a trigger as options; null where one is not given.
  static final class TriggerOptions {

    @Option(
        names = "--on",
        paramLabel = "END",
        description = "With --after: success, failure, always or rows (default: success).")
    private @Nullable String on;

    @Option(
        names = "--overlap",
        paramLabel = "RULE",
        description =
            "While an earlier execution runs: skip its databases, queue, cancel-previous or"
                + " do-not-start (default: skip).")
    private @Nullable String overlap;

    @Option(
        names = "--misfire",
        paramLabel = "RULE",
        description = "After an outage: fire-once, skip or fire-all (default: fire-once).")
    private @Nullable String misfire;

    @Nullable EndCondition on() {
      return on == null ? null : EndCondition.named(on);
    }

    @Nullable Overlap overlap() {
      return overlap == null ? null : Overlap.named(overlap);
    }

    @Nullable Misfire misfire() {
      return misfire == null ? null : Misfire.named(misfire);
    }
  }
}
