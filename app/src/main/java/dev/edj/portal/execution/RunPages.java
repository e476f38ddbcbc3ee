package dev.edj.portal.execution;

import dev.edj.controldb.Recent;
import dev.edj.controldb.SharedRead;
import dev.edj.execution.Counts;
import dev.edj.execution.DatabaseFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Page;
import dev.edj.execution.RunDatabases;
import dev.edj.portal.site.Allowance;
import dev.edj.portal.site.Fragments;
import dev.edj.portal.site.Live;
import dev.edj.portal.site.Refusal;
import dev.edj.problem.EdjException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/// A run's page and its parts. What pages ask for by themselves is read at most once a second,
/// however many look.
final class RunPages {

  private static final String TEMPLATE = "execution";
  private static final int MOST_SHARED = 500;

  /// Above that errors are grouped behind the page, and not before it.
  private static final int FEW_ERRORS = 500;

  private final Executions executions;
  private final RunDatabases databases;
  private final Fragments fragments;
  private final Recent<UUID, ErrorsView> errors;
  private final Recent<TableKey, Page<JobExecution>> tables;
  private final SharedRead<UUID, FleetMap> maps;

  RunPages(Executions executions, RunDatabases databases, Fragments fragments) {
    this.executions = executions;
    this.databases = databases;
    this.fragments = fragments;
    this.errors = new Recent<>(this::readErrors, MOST_SHARED);
    this.tables = new Recent<>(key -> databases.page(key.run(), key.filter()), MOST_SHARED);
    this.maps = new SharedRead<>(run -> FleetMap.of(databases.all(run)));
  }

  private record TableKey(UUID run, DatabaseFilter filter) {}

  /// @param allErrors whether the errors are part of the page, however many they are
  ModelAndView page(JobExecution run, DatabaseQuery query, boolean allErrors) {
    ModelAndView page = new ModelAndView(TEMPLATE);
    RunPage view =
        new RunPage(
            run, databases.waves(run.id()).orElse(null), databases.byServer(run.id()), null);
    page.addObject("page", view);
    page.addObject("tasks", executions.tasks(run.id()));
    page.addObject("lifecycles", lifecycles());
    page.addObject("given", executions.given(run.id()));
    boolean behind = view.withError() > FEW_ERRORS && !allErrors;
    page.addObject(
        "errors", behind ? new ErrorsView(run.id(), List.of(), 0) : readErrors(run.id()));
    page.addObject("errorsBehind", behind);
    addTable(page, run, query, false);
    return page;
  }

  /// The table alone, for a filter that was changed or a page that notices that it is old.
  ModelAndView table(JobExecution run, DatabaseQuery query) {
    ModelAndView part = new ModelAndView(TEMPLATE + " :: children");
    addTable(part, run, query, true);
    return part;
  }

  private void addTable(ModelAndView page, JobExecution run, DatabaseQuery query, boolean shared) {
    page.addObject("query", query);
    page.addObject("run", run);
    try {
      TableKey key = new TableKey(run.id(), query.filter());
      page.addObject("children", shared ? tables.of(key) : databases.page(key.run(), key.filter()));
    } catch (EdjException e) {
      page.addObject("children", new Page<JobExecution>(List.of(), null));
      page.addObject("refusal", Refusal.of(e));
      if (!shared) {
        page.setStatus(HttpStatus.valueOf(e.category().httpStatus()));
      }
    }
  }

  ModelAndView errors(UUID run) {
    return new ModelAndView(
        TEMPLATE + " :: errors", Map.of("errors", errors.of(run), "errorsBehind", false));
  }

  private ErrorsView readErrors(UUID run) {
    return ErrorsView.of(run, databases.errors(run));
  }

  FleetMap map(JobExecution run) {
    Counts counts = run.children();
    if (counts != null && counts.total() > RunPage.MOST_CELLS) {
      throw EdjException.invalid(
          "id", "has more than %,d databases; look at its servers".formatted(RunPage.MOST_CELLS));
    }
    return maps.of(run.id());
  }

  Live live(JobExecution run, Allowance may) {
    boolean mapped = new RunPage(run, null, List.of(), null).isMapped();
    RunPage page =
        new RunPage(
            run,
            databases.waves(run.id()).orElse(null),
            mapped ? List.of() : databases.byServer(run.id()),
            mapped ? FleetMap.states(databases.all(run.id())) : null);
    return new Live(
        fragments.render(TEMPLATE, "live", Map.of("page", page, "may", may)), page.isEnded());
  }

  /// Those that a child can have.
  private static List<Lifecycle> lifecycles() {
    return List.of(
        Lifecycle.Created,
        Lifecycle.InProgress,
        Lifecycle.WaitingForRetry,
        Lifecycle.Succeeded,
        Lifecycle.Failed,
        Lifecycle.TimedOut,
        Lifecycle.Canceled,
        Lifecycle.Skipped);
  }
}
