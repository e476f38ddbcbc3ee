package dev.edj.portal.job;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Purpose;
import dev.edj.job.Job;
import dev.edj.job.Jobs;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.scope.Narrowing;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Starts a job, with what it asks for.
@Controller
final class JobStartPages {

  private final Jobs jobs;
  private final Executions executions;

  JobStartPages(Jobs jobs, Executions executions) {
    this.jobs = jobs;
    this.executions = executions;
  }

  @GetMapping("/jobs/{name}/start")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.JOB)
  ModelAndView ask(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable Integer version,
      @RequestParam(defaultValue = "Run") Purpose purpose) {
    return page(start(name, version, purpose, new LinkedMultiValueMap<>()));
  }

  @PostMapping("/jobs/{name}/start")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.JOB)
  ModelAndView start(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable Integer version,
      @RequestParam(defaultValue = "Run") Purpose purpose,
      @RequestParam MultiValueMap<String, String> typed,
      Principal user) {
    JobStart start = start(name, version, purpose, typed);
    try {
      JobExecution started = executions.start(name, start.execution(typed), user.getName());
      return new ModelAndView(SeeOther.page("executions", started.id()));
    } catch (EdjException e) {
      ModelAndView page = page(start);
      page.addObject("refusal", Refusal.of(e));
      page.setStatus(HttpStatusCode.valueOf(e.category().httpStatus()));
      return page;
    }
  }

  private JobStart start(
      String name,
      @Nullable Integer version,
      Purpose purpose,
      MultiValueMap<String, String> typed) {
    Job current = jobs.named(name);
    Job wanted =
        version == null || version == current.version() ? current : jobs.named(name, version);
    return JobStart.of(wanted, purpose, typed);
  }

  private ModelAndView page(JobStart start) {
    ModelAndView page = new ModelAndView("job-start");
    page.addObject("start", start);
    page.addObject("versions", jobs.versions(start.job().name()));
    return page;
  }
}
