package dev.edj.portal;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Page;
import dev.edj.execution.Purpose;
import dev.edj.portal.site.Refusal;
import dev.edj.problem.EdjException;
import java.time.Clock;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;

/// Executions, newest first, by anything.
@Controller
final class ExecutionListPages {

  private final Executions executions;

  ExecutionListPages(Executions executions) {
    this.executions = executions;
  }

  @GetMapping("/executions")
  @Allowed(Permission.READ)
  ModelAndView list(@ModelAttribute("query") ExecutionQuery query) {
    ModelAndView page = new ModelAndView("executions");
    page.addObject("lifecycles", Lifecycle.values());
    page.addObject("purposes", Purpose.values());
    try {
      page.addObject("executions", executions.list(query.filter(Clock.systemUTC())));
    } catch (EdjException e) {
      page.addObject("executions", new Page<JobExecution>(List.of(), null));
      page.addObject("refusal", Refusal.of(e));
      page.setStatus(HttpStatus.valueOf(e.category().httpStatus()));
    }
    return page;
  }
}
