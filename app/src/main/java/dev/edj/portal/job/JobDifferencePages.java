package dev.edj.portal.job;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.content.Contents;
import dev.edj.job.Job;
import dev.edj.job.Jobs;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// What is different between two versions of a job.
@Controller
final class JobDifferencePages {

  private final Jobs jobs;
  private final Contents contents;

  JobDifferencePages(Jobs jobs, Contents contents) {
    this.jobs = jobs;
    this.contents = contents;
  }

  /// @param to null means the newest
  /// @param from null means the one before
  @GetMapping("/jobs/{name}/difference")
  @Allowed(Permission.READ)
  ModelAndView difference(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable Integer from,
      @RequestParam(required = false) @Nullable Integer to) {
    Job newer = to == null ? jobs.named(name) : jobs.named(name, to);
    Job older = jobs.named(name, from == null ? Math.max(1, newer.version() - 1) : from);
    return new ModelAndView(
        "job-difference",
        Map.of(
            "difference",
            JobDifference.of(older, newer, contents),
            "versions",
            jobs.versions(name)));
  }
}
