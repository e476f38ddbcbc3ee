package dev.edj.cli;

import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.doctor.Condition;
import dev.edj.doctor.ControlDatabaseExamination;
import dev.edj.doctor.DirectoryExamination;
import dev.edj.doctor.Examination;
import dev.edj.doctor.Finding;
import dev.edj.doctor.KeyExamination;
import dev.edj.doctor.LauncherExamination;
import dev.edj.doctor.MachineExamination;
import dev.edj.doctor.PortExamination;
import dev.edj.problem.EdjException;
import dev.edj.settings.ServiceOptions;
import dev.edj.settings.ServiceSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `edj doctor`: what is wrong with an installation, before somebody finds out at night.
@Command(
    name = "doctor",
    description = {
      "Looks at this machine as 'edj serve' with the same options and variables would find it: Java,"
          + " launcher, data directory, port, control database, clock, keys. Then it asks the"
          + " service, if one runs: nodes and their clocks, keys, certificates, audit log, and whether"
          + " targets can be reached.",
      "It changes nothing; --job starts a check, which is in the history and the audit log. The exit"
          + " code is 1 when it found an error."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  edj doctor",
      "  edj doctor --control-database postgresql://control.example.com/edj --roles api",
      "  edj doctor --only service --targets 100 --job 'Rebuild indexes' --strict"
    })
final class DoctorCommand implements Callable<Integer> {

  enum Part {
    MACHINE,
    SERVICE
  }

  private final Session session;

  @Mixin private final ServiceOptions options = new ServiceOptions();

  @Option(
      names = "--only",
      paramLabel = "PART",
      description = "machine or service (default: both).")
  private @Nullable Part only;

  @Option(
      names = "--targets",
      paramLabel = "NUMBER",
      defaultValue = "5",
      description = {
        "How many servers, elastic pools and shard maps to ask for their databases, with the"
            + " credentials of these targets (default: 5; 0: none)."
      })
  private int targets;

  @Option(
      names = "--job",
      paramLabel = "NAME",
      description = "A job to check on every database of its target; repeatable.")
  private @Nullable List<String> jobs;

  @Option(names = "--strict", description = "Has warnings count as errors.")
  private boolean strict;

  DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (targets < 0) {
      throw CommandException.badInput("--targets: '%d' is negative".formatted(targets));
    }
    List<Finding> findings = new ArrayList<>();
    ServiceSettings settings = only == Part.SERVICE ? null : settings(findings);
    if (settings != null) {
      examinations(settings).forEach(examination -> findings.addAll(examination.findings()));
      if (settings.controlDatabase() == null) {
        findings.add(embedded(settings));
      }
    }
    if (only != Part.MACHINE) {
      findings.addAll(
          new ServiceCheckup(session, settings, only == Part.SERVICE, targets, jobsGiven())
              .findings());
    }
    DoctorReport report = DoctorReport.of(findings);
    report.print(session.output());
    return (report.isGood(strict) ? ExitCode.DONE : ExitCode.NOT_SUCCEEDED).number();
  }

  /// Null where they are not what a service could start with; then there is a finding that says so.
  private @Nullable ServiceSettings settings(List<Finding> findings) {
    try {
      return options.settings(
          session.serviceFinder().directory(), session.terminal().environment());
    } catch (EdjException e) {
      findings.add(
          Finding.error("settings", e.text(), "Correct it; 'edj serve --help' has all settings."));
      return null;
    }
  }

  private List<Examination> examinations(ServiceSettings settings) {
    List<Examination> examinations = new ArrayList<>();
    examinations.add(new MachineExamination());
    String launcher = System.getProperty("edj.launcher");
    examinations.add(
        new LauncherExamination(
            launcher == null ? null : Path.of(launcher),
            Version.number(),
            session.terminal().environment()));
    examinations.add(new DirectoryExamination(settings.dataDirectory()));
    examinations.add(new PortExamination(settings));
    ControlDatabaseAddress address = settings.controlDatabase();
    if (address != null) {
      examinations.add(
          new ControlDatabaseExamination(
              address, settings.controlDatabaseConnections(), session.terminal().clock()));
    }
    examinations.add(new KeyExamination(settings));
    return examinations;
  }

  private static Finding embedded(ServiceSettings settings) {
    return new Finding(
        "control-database",
        Condition.SKIPPED,
        "the service has its own in %s, and is asked about it while it runs"
            .formatted(settings.dataDirectory().resolve("control-database")),
        null);
  }

  private List<String> jobsGiven() {
    return jobs == null ? List.of() : jobs;
  }
}
