package dev.edj.cli;

import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.Schedule;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj schedule`: named rules that say when.
@Command(name = "schedule")
final class ScheduleCommands {

  private static final String NOUN = "schedules";

  private final Session session;

  ScheduleCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "create",
      description = {
        "Creates a schedule: an interval, days and times, a cron expression, or one time.",
        "It starts nothing by itself: 'edj trigger create' binds a job to it."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj schedule create Hourly --every 1h",
        "  edj schedule create 'Every minute' --interval-type Minutes --interval-count 1",
        "  edj schedule create Nightly --weekdays mon-fri --time 22:00 --zone Europe/Brussels",
        "  edj schedule create Quiet --every 15m --window 01:00-07:00 --zone Europe/Brussels",
        "  edj schedule create Closing --cron '0 22 * * 1-5' --end 2027-01-01",
        "  edj schedule create Release --at 2026-12-31T22:00 --zone Europe/Brussels"
      })
  void create(
      @Parameters(paramLabel = "NAME", description = "What triggers will call it.") String name,
      @Mixin ScheduleOptions rule) {
    session
        .output()
        .show(
            session
                .api()
                .post(Schedule.class, ApiPath.of(NOUN), new NewSchedule(name, rule.rule())),
            ScheduleCommands::details);
  }

  @Command(
      name = "update",
      description = {
        "Changes a schedule; its triggers wait for the next time of the new rule.",
        "What is not given stays, but how it repeats is replaced as a whole."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj schedule update Nightly --time 23:00 --weekdays mon-fri",
        "  edj schedule update Quiet --no-window"
      })
  void update(
      @Parameters(paramLabel = "NAME", description = "The schedule.") String name,
      @Mixin ScheduleOptions rule) {
    session
        .output()
        .show(
            session.api().patch(Schedule.class, ApiPath.of(NOUN, name), rule.rule()),
            ScheduleCommands::details);
  }

  @Command(
      name = "show",
      description = "Shows a schedule.",
      footerHeading = "%nExample:%n",
      footer = "  edj schedule show Nightly")
  void show(@Parameters(paramLabel = "NAME", description = "The schedule.") String name) {
    session
        .output()
        .show(session.api().get(Schedule.class, ApiPath.of(NOUN, name)), ScheduleCommands::details);
  }

  @Command(
      name = "list",
      description = "Lists the schedules.",
      footerHeading = "%nExample:%n",
      footer = "  edj schedule list")
  void list() {
    session
        .output()
        .list(
            session.api().list(Schedule.class, ApiPath.of(NOUN)),
            ScheduleCommands::table,
            "No schedules yet. Create one with 'edj schedule create'.");
  }

  @Command(
      name = "next",
      description = "Lists the next planned times of a schedule.",
      footerHeading = "%nExample:%n",
      footer = "  edj schedule next Nightly --count 30")
  void next(
      @Parameters(paramLabel = "NAME", description = "The schedule.") String name,
      @Option(
              names = "--count",
              paramLabel = "NUMBER",
              defaultValue = "10",
              description = "How many (default: 10).")
          int count) {
    session
        .output()
        .list(
            session.api().list(Instant.class, ApiPath.of(NOUN, name, "next").with("count", count)),
            ScheduleCommands::times,
            "Nothing is planned any more.");
  }

  @Command(
      name = "delete",
      description = "Deletes a schedule that no trigger is bound to.",
      footerHeading = "%nExample:%n",
      footer = "  edj schedule delete Nightly")
  void delete(@Parameters(paramLabel = "NAME", description = "The schedule.") String name) {
    session.api().order("DELETE", ApiPath.of(NOUN, name), null);
    session.output().done("Deleted.");
  }

  private static Details details(Schedule schedule) {
    return new Details()
        .line("Name", schedule.name())
        .line("Rule", schedule.text())
        .line("Interval", schedule.interval())
        .line("Cron", schedule.cron())
        .line("Days", schedule.days())
        .line("Times", schedule.times())
        .line("Start", schedule.start())
        .line("End", Cell.of(schedule.end(), "never"))
        .line("Zone", schedule.zone())
        .line(
            "Window",
            schedule.windowFrom() == null
                ? null
                : schedule.windowFrom() + "-" + schedule.windowTo())
        .line("Next", Cell.of(schedule.nextAt(), "none"))
        .line("Created", schedule.createdAt())
        .line("Updated", schedule.updatedAt());
  }

  private static Table table(List<Schedule> schedules) {
    Table table = Table.of("NAME", "RULE", "NEXT");
    schedules.forEach(schedule ->
        table.row(schedule.name(), schedule.text(), Cell.of(schedule.nextAt(), "none")));
    return table;
  }

  private static Table times(List<Instant> times) {
    Table table = Table.of("PLANNED");
    times.forEach(table::row);
    return table;
  }
}
