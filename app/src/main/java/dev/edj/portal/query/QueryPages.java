package dev.edj.portal.query;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.controldb.Recent;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Purpose;
import dev.edj.execution.RunDatabases;
import dev.edj.job.Queries;
import dev.edj.portal.choice.Choices;
import dev.edj.portal.site.Allowances;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.Fragments;
import dev.edj.portal.site.Live;
import dev.edj.portal.site.LiveStream;
import dev.edj.portal.site.Onlookers;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.result.ResultFilter;
import dev.edj.result.Results;
import dev.edj.scope.Narrowing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// A script on every database of a target, without a job.
@Controller
final class QueryPages {

  private static final String FORM = "query";
  private static final String ANSWER = "query-answer";

  private final Queries queries;
  private final Executions executions;
  private final RunDatabases databases;
  private final Results results;
  private final Choices choices;
  private final LiveStream stream;
  private final Allowances allowances;
  private final Recent<Onlookers, Live> live;

  QueryPages(
      Queries queries,
      Executions executions,
      RunDatabases databases,
      Results results,
      Choices choices,
      LiveStream stream,
      Fragments fragments,
      Allowances allowances) {
    this.queries = queries;
    this.executions = executions;
    this.databases = databases;
    this.results = results;
    this.choices = choices;
    this.stream = stream;
    this.allowances = allowances;
    this.live = new Recent<>(by -> live(fragments, by));
  }

  private Live live(Fragments fragments, Onlookers by) {
    QueryProgress progress = QueryProgress.read(executions, databases, by.execution());
    return new Live(
        fragments.render(ANSWER, "live", Map.of("progress", progress, "may", by.may())),
        progress.isEnded());
  }

  @GetMapping("/query")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  ModelAndView blank(@RequestParam(defaultValue = "") String target) {
    return form(QueryForm.on(target));
  }

  @PostMapping("/query")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.REQUEST)
  ModelAndView start(@ModelAttribute("form") QueryForm form, Principal user) {
    try {
      JobExecution started = queries.start(form.newQuery(), user.getName());
      return new ModelAndView(SeeOther.page("query", started.id()));
    } catch (EdjException e) {
      ModelAndView page = form(form);
      page.addObject("refusal", Refusal.of(e));
      page.setStatus(HttpStatusCode.valueOf(e.category().httpStatus()));
      return page;
    }
  }

  private ModelAndView form(QueryForm form) {
    ModelAndView page = new ModelAndView(FORM);
    page.addObject("form", form);
    page.addObject("credentials", choices.shortlist("credentials"));
    return page;
  }

  @GetMapping("/query/{id}")
  @Allowed(Permission.READ)
  ModelAndView answer(@PathVariable UUID id) throws Exception {
    QueryProgress progress = QueryProgress.read(executions, databases, id);
    return new ModelAndView(
        ANSWER,
        Map.of(
            "progress",
            progress,
            "readOnly",
            progress.execution().purpose() == Purpose.Query,
            "returned",
            ReturnedRows.read(results.open(id, ResultFilter.NONE))));
  }

  @GetMapping("/query/{id}/events")
  @Allowed(Permission.READ)
  void events(@PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) {
    executions.named(id);
    Onlookers by = new Onlookers(id, allowances.of(request));
    stream.send(request, response, () -> live.of(by));
  }

  @GetMapping("/query/{id}/cancel")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.EXECUTION)
  ModelAndView askToCancel(@PathVariable UUID id) {
    executions.named(id);
    return new ModelAndView(
        "ask",
        Map.of(
            "ask",
            new Ask(
                "Cancel the query?",
                "It is stopped wherever it runs, and begun nowhere else. The rows that came stay.",
                PagePath.of("query", id, "cancel"),
                "Cancel it",
                PagePath.of("query", id))));
  }

  @PostMapping("/query/{id}/cancel")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.EXECUTION)
  SeeOther cancel(@PathVariable UUID id) {
    executions.stop(id);
    return SeeOther.page("query", id).saying("The query is canceled everywhere.");
  }
}
