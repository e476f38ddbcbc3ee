package dev.edj.portal.job;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.job.Job;
import dev.edj.job.JobDirectory;
import dev.edj.job.Jobs;
import dev.edj.notice.Notices;
import dev.edj.portal.notice.NoticeLine;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.schedule.Schedules;
import dev.edj.schedule.Trigger;
import dev.edj.schedule.Triggers;
import dev.edj.scope.Narrowing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Jobs: their list, and each of them.
@Controller
final class JobPages {

  private static final int RUNS = 10;
  private static final int NEXT = 3;

  private final Jobs jobs;
  private final JobDirectory directory;
  private final Executions executions;
  private final Triggers triggers;
  private final Schedules schedules;
  private final Notices notices;

  JobPages(
      Jobs jobs,
      JobDirectory directory,
      Executions executions,
      Triggers triggers,
      Schedules schedules,
      Notices notices) {
    this.jobs = jobs;
    this.directory = directory;
    this.executions = executions;
    this.triggers = triggers;
    this.schedules = schedules;
    this.notices = notices;
  }

  @GetMapping("/jobs")
  @Allowed(Permission.READ)
  ModelAndView list(@ModelAttribute("query") JobList.Query query) {
    return new ModelAndView(
        "jobs", Map.of("list", JobList.read(query, directory, executions, triggers)));
  }

  @GetMapping("/jobs/{name}")
  @Allowed(Permission.READ)
  ModelAndView job(
      @PathVariable String name, @RequestParam(required = false) @Nullable Integer version) {
    Job current = jobs.named(name);
    JobPage page =
        new JobPage(
            version == null ? current : jobs.named(name, version),
            current.version(),
            jobs.versions(name),
            triggers.list(name, null, null).stream().map(this::starter).toList(),
            NoticeLine.of(notices.list(name)),
            runs(name),
            executions.latest(List.of(name), Trend.RUNS).getOrDefault(name, List.of()));
    return new ModelAndView("job", Map.of("page", page));
  }

  private JobPage.Starter starter(Trigger trigger) {
    return new JobPage.Starter(
        trigger,
        trigger.schedule() == null || !trigger.enabled() ? List.of() : next(trigger.schedule()));
  }

  /// None when its rule cannot be read; the trigger says so.
  private List<Instant> next(String schedule) {
    try {
      return schedules.next(schedule, NEXT, null);
    } catch (EdjException e) {
      return List.of();
    }
  }

  private List<JobExecution> runs(String name) {
    return executions.list(ExecutionFilter.page(RUNS).job(name).includeInactive().filter()).items();
  }

  @PostMapping("/jobs/{name}/enable")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.JOB)
  SeeOther enable(@PathVariable String name) {
    jobs.enable(name);
    return SeeOther.page("jobs", name).saying("Job %s can be started again.".formatted(name));
  }

  @PostMapping("/jobs/{name}/disable")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.JOB)
  SeeOther disable(@PathVariable String name) {
    jobs.disable(name);
    return SeeOther.page("jobs", name)
        .saying("Job %s is not started any more; what runs goes on.".formatted(name));
  }

  @GetMapping("/jobs/{name}/delete")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.JOB)
  ModelAndView askToDelete(@PathVariable String name) {
    Job job = jobs.named(name);
    return new ModelAndView(
        "job-delete",
        Map.of(
            "ask",
            new Ask(
                "Delete job %s?".formatted(job.name()),
                "It goes with its versions and its history of executions, when those that are active"
                    + " have ended. Contents, targets and credentials stay.",
                PagePath.of("jobs", name, "delete"),
                "Delete the job",
                PagePath.of("jobs", name))));
  }

  /// @param force stops what is active first
  @PostMapping("/jobs/{name}/delete")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.JOB)
  SeeOther delete(@PathVariable String name, @RequestParam(defaultValue = "false") boolean force) {
    jobs.delete(name);
    if (force) {
      executions.stopJob(name);
    }
    return SeeOther.page("jobs").saying("Job %s is being deleted.".formatted(name));
  }
}
