package dev.edj.portal.execution;

import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.BatchExecution;
import dev.edj.execution.ErrorPlace;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.KeptPlan;
import dev.edj.execution.RunDatabases;
import dev.edj.execution.TaskExecution;
import dev.edj.portal.site.Allowance;
import dev.edj.portal.site.Fragments;
import dev.edj.portal.site.Live;
import dev.edj.problem.EdjException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.ModelAndView;

/// The page of one database of a run.
final class ChildPages {

  private static final String TEMPLATE = "database";

  /// The whole is a link away.
  private static final int LONGEST_LOG = 200_000;

  private final Executions executions;
  private final RunDatabases databases;
  private final Fragments fragments;

  ChildPages(Executions executions, RunDatabases databases, Fragments fragments) {
    this.executions = executions;
    this.databases = databases;
    this.fragments = fragments;
  }

  /// @param attempt the one to show; null means the newest
  ModelAndView page(JobExecution child, @Nullable Integer attempt) {
    ChildPage view = read(child, attempt);
    ModelAndView page = new ModelAndView(TEMPLATE);
    page.addObject("page", view);
    page.addObject("live", attempt == null && !view.isEnded());
    page.addObject("before", databases.failedBefore(child.id()).orElse(null));
    page.addObject("after", databases.failedAfter(child.id()).orElse(null));
    KeptPlan plan = executions.findPlan(child.id(), ScriptListing.MOST_CHARACTERS).orElse(null);
    page.addObject("plan", plan);
    page.addObject("script", plan == null ? script(view) : listing(view, plan));
    return page;
  }

  /// Errors of a deployment are on lines of the plan of their own attempt. Its batches are counted
  /// without what the script has for `sqlcmd`, so none of them is marked.
  private static ScriptListing listing(ChildPage page, KeptPlan plan) {
    TaskExecution shown = page.shown();
    ErrorPlace failed = page.failedAt();
    return ScriptListing.of(
        plan.script(),
        requireNonNullElse(page.child().server(), ""),
        failed == null || shown == null || shown.number() != plan.attempt()
            ? null
            : new ErrorPlace(0, failed.line()));
  }

  Live live(JobExecution child, Allowance may) {
    ChildPage view = read(child, null);
    return new Live(
        fragments.render(TEMPLATE, "live", Map.of("page", view, "may", may)), view.isEnded());
  }

  /// All that an attempt printed.
  String log(JobExecution child, @Nullable Integer attempt) {
    TaskExecution shown = shown(attempts(child), attempt);
    return shown == null ? "" : executions.log(shown.id());
  }

  private @Nullable ScriptListing script(ChildPage page) {
    return databases
        .script(page.child().id(), ScriptListing.MOST_CHARACTERS)
        .map(text ->
            ScriptListing.of(text, requireNonNullElse(page.child().server(), ""), page.failedAt()))
        .orElse(null);
  }

  private ChildPage read(JobExecution child, @Nullable Integer attempt) {
    List<TaskExecution> attempts = attempts(child);
    TaskExecution shown = shown(attempts, attempt);
    List<BatchExecution> batches = shown == null ? List.of() : executions.batches(shown.id());
    String log = shown == null ? "" : executions.log(shown.id());
    boolean cut = log.length() > LONGEST_LOG;
    return new ChildPage(
        child, attempts, shown, batches, cut ? end(log) : log.stripTrailing(), cut);
  }

  /// From the beginning of a line on.
  private static String end(String log) {
    String end = log.substring(log.length() - LONGEST_LOG);
    return end.substring(end.indexOf('\n') + 1).stripTrailing();
  }

  private List<TaskExecution> attempts(JobExecution child) {
    return executions.tasks(child.id()).reversed();
  }

  private static @Nullable TaskExecution shown(
      List<TaskExecution> attempts, @Nullable Integer wanted) {
    if (wanted == null) {
      return attempts.isEmpty() ? null : attempts.getFirst();
    }
    return attempts.stream()
        .filter(attempt -> attempt.number() == wanted)
        .findFirst()
        .orElseThrow(() -> EdjException.notFound("attempt", wanted.toString()));
  }
}
