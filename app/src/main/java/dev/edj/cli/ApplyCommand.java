package dev.edj.cli;

import dev.edj.files.Application;
import dev.edj.files.Plan;
import dev.edj.files.PlannedStep;
import dev.edj.problem.EdjException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `edj apply`: makes the service have what files declare.
@Command(
    name = "apply",
    description = {
      "Shows what 'edj plan' shows, asks, and does it, one object after the other. It stops at the"
          + " first that fails, says what was done, and can be run again."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  edj apply -f fleet", "  edj apply -f fleet --prune --yes"})
final class ApplyCommand implements Runnable {

  private final Session session;

  @Mixin private FileOptions files = new FileOptions();

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  ApplyCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ApiClient api = session.api();
    Plan shown = files.plan(session, api);
    FilePlanView view = new FilePlanView(shown, session.output().colours());
    if (session.output().isJson()) {
      session.output().json(view.json());
    } else {
      view.lines().forEach(session.output()::line);
    }
    if (shown.changesNothing()) {
      return;
    }
    if (!yes) {
      Confirmation.require("Apply?", "--yes");
    }
    carryOut(unchanged(shown, files.plan(session, api)));
  }

  /// What was shown is what is done: somebody may have changed something in between.
  private static Plan unchanged(Plan shown, Plan plan) {
    if (!plan.equalsIn(shown)) {
      throw new CommandException(
          ExitCode.CONFLICT,
          "the service or the files were changed since the plan was shown; nothing was changed."
              + " Plan again.");
    }
    return plan;
  }

  private void carryOut(Plan plan) {
    Progress progress = new Progress(plan.steps().size());
    try {
      new Application(plan, new SecretsOfFiles(session.terminal()))
          .carryOut(progress::begin, progress::done);
    } catch (CommandException e) {
      throw progress.stopped(e.exitCode(), e);
    } catch (EdjException e) {
      throw progress.stopped(ExitCode.of(e.category()), e);
    }
    session.output().done("Done: %,d of %,d.".formatted(progress.done.size(), progress.all));
  }

  /// How far it has come. Used by one thread.
  private final class Progress {

    private final int all;
    private final List<PlannedStep> done = new ArrayList<>();
    private @Nullable PlannedStep begun;

    Progress(int all) {
      this.all = all;
    }

    void begin(PlannedStep step) {
      begun = step;
    }

    void done(PlannedStep step) {
      done.add(step);
      begun = null;
      session.output().done(TextWidth.withoutControls(sentence(step)));
    }

    CommandException stopped(ExitCode exitCode, RuntimeException failure) {
      if (begun == null) {
        return new CommandException(exitCode, String.valueOf(failure.getMessage()), failure);
      }
      String where = begun.place() == null ? "" : begun.place() + ": ";
      return new CommandException(
          exitCode,
          "%s%s %s '%s': %s%n%,d of %,d steps are done, this one is not; apply again when it is mended"
              .formatted(
                  where,
                  FilePlanView.word(begun.action()),
                  begun.kind().noun(),
                  begun.key(),
                  failure.getMessage(),
                  done.size(),
                  all),
          failure);
    }

    private static String sentence(PlannedStep step) {
      String word =
          switch (step.action()) {
            case CREATE -> "created";
            case UPDATE -> "updated";
            case DELETE -> "deleted";
          };
      return "%s %s '%s'".formatted(word, step.kind().noun(), step.key());
    }
  }
}
