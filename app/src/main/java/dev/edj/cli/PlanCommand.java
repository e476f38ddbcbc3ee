package dev.edj.cli;

import dev.edj.files.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `edj plan`: what `edj apply` would do.
@Command(
    name = "plan",
    description = {
      "Compares declarative files with the service, and shows what 'edj apply' would create, change"
          + " and, with --prune, delete. Changes nothing.",
      "Whatever is wrong in the files is told at once, with file, line and field."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  edj plan -f fleet",
      "  edj plan -f fleet --prune",
      "  edj plan -f fleet --detailed-exitcode -o json > plan.json"
    })
final class PlanCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private FileOptions files = new FileOptions();

  @Option(
      names = DetailedExitCode.OPTION,
      description =
          "End with 0 when there is nothing to do, 2 when there is something, and 1 at any failure.")
  private boolean detailed;

  PlanCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Plan plan = files.plan(session, session.api());
    FilePlanView view = new FilePlanView(plan, session.output().colours());
    if (session.output().isJson()) {
      session.output().json(view.json());
    } else {
      view.lines().forEach(session.output()::line);
    }
    return detailed && !plan.changesNothing() ? DetailedExitCode.CHANGES : ExitCode.DONE.number();
  }
}
