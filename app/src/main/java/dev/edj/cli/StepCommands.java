package dev.edj.cli;

import dev.edj.job.Job;
import dev.edj.job.JobChange;
import dev.edj.job.JobStep;
import dev.edj.job.NewJobStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj step`: the steps of a job, in their order. Every change makes a new version of the job. A
/// STEP is a step's number or name.
@Command(name = "step")
final class StepCommands {

  private static final String JOBS = "jobs";

  private final Session session;

  StepCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = "Lists the steps of a job.",
      footerHeading = "%nExample:%n",
      footer = "  edj step list Release")
  void list(@Parameters(paramLabel = "JOB", description = "The job.") String job) {
    Answer<Job> answer = session.api().get(Job.class, ApiPath.of(JOBS, job));
    session
        .output()
        .list(
            new Answer<>(answer.json().path("steps"), answer.value().steps(), null),
            JobViews::steps,
            "");
  }

  @Command(
      name = "add",
      description = {
        "Adds a step to a job: at its end, or at a place, where the ones from there on move up.",
        "What is not given is as in the step before it; its rows are sent only when an option says where."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj step add Release --content 'Fill the new column'",
        "  edj step add Release --content 'Back up' --at 1 --name 'Back up first'",
        "  edj step add Release --content 'Drop the old column' --barrier",
        "  edj step add Sizes --content counts --destination-table counts"
      })
  void add(
      @Parameters(paramLabel = "JOB", description = "The job.") String job,
      @Option(names = "--name", paramLabel = "NAME", description = "The step's name.")
          @Nullable String name,
      @Option(
              names = "--at",
              paramLabel = "NUMBER",
              description = "The place it is to have (default: the last).")
          @Nullable Integer at,
      @Mixin StepOptions options) {
    change(
        job,
        steps -> {
          int place = at == null ? steps.size() + 1 : at;
          requirePlace(place, steps.size() + 1);
          NewJobStep before = steps.get(Math.max(0, place - 2));
          steps.add(place - 1, options.following(before, name));
          return steps;
        });
  }

  @Command(
      name = "move",
      description = "Gives a step another place among the steps of its job.",
      footerHeading = "%nExample:%n",
      footer = "  edj step move Release 3 --to 1")
  void move(
      @Parameters(paramLabel = "JOB", description = "The job.") String job,
      @Parameters(paramLabel = "STEP", description = "Number or name.") String step,
      @Option(
              names = "--to",
              paramLabel = "NUMBER",
              required = true,
              description = "The place it is to have.")
          int to) {
    change(
        job,
        steps -> {
          requirePlace(to, steps.size());
          NewJobStep moved = steps.remove(place(steps, step) - 1);
          steps.add(to - 1, moved);
          return steps;
        });
  }

  @Command(
      name = "rename",
      description = "Gives a step another name.",
      footerHeading = "%nExample:%n",
      footer = "  edj step rename Release 2 'Fill the new column'")
  void rename(
      @Parameters(paramLabel = "JOB", description = "The job.") String job,
      @Parameters(paramLabel = "STEP", description = "Number or name.") String step,
      @Parameters(paramLabel = "NAME", description = "The new name.") String name) {
    change(
        job,
        steps -> {
          int place = place(steps, step);
          steps.set(place - 1, steps.get(place - 1).change().name(name).build());
          return steps;
        });
  }

  @Command(
      name = "remove",
      description = "Removes a step from a job; the ones after it move down.",
      footerHeading = "%nExample:%n",
      footer = "  edj step remove Release 3")
  void remove(
      @Parameters(paramLabel = "JOB", description = "The job.") String job,
      @Parameters(paramLabel = "STEP", description = "Number or name.") String step) {
    change(
        job,
        steps -> {
          steps.remove(place(steps, step) - 1);
          return steps;
        });
  }

  private void change(String name, UnaryOperator<List<NewJobStep>> change) {
    ApiClient api = session.api();
    Job job = api.get(Job.class, ApiPath.of(JOBS, name)).value();
    List<NewJobStep> steps = new ArrayList<>();
    for (JobStep step : job.steps()) {
      steps.add(StepOptions.same(step));
    }
    JobChange changed =
        new JobChange(null, change.apply(steps), null, null, null, null, null, job.version());
    session.output().show(api.patch(Job.class, ApiPath.of(JOBS, name), changed), JobViews::details);
  }

  /// The number of a step, by its number or else its name.
  private static int place(List<NewJobStep> steps, String numberOrName) {
    for (int place = 1; place <= steps.size(); place++) {
      if (numberOrName.equals(String.valueOf(place))) {
        return place;
      }
    }
    for (int place = 1; place <= steps.size(); place++) {
      if (numberOrName.equals(steps.get(place - 1).name())) {
        return place;
      }
    }
    throw CommandException.badInput(
        "the job has no step '%s'; it has %d".formatted(numberOrName, steps.size()));
  }

  private static void requirePlace(int place, int most) {
    if (place < 1 || place > most) {
      throw CommandException.badInput("%d is no place: give 1 to %d".formatted(place, most));
    }
  }
}
