package dev.edj.portal.execution;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.execution.Counts;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.scope.Narrowing;
import java.security.Principal;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// What a person can do to an execution. Each asks first.
@Controller
final class ExecutionActions {

  private final Executions executions;

  ExecutionActions(Executions executions) {
    this.executions = executions;
  }

  @GetMapping("/executions/{id}/stop")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.EXECUTION)
  ModelAndView askToStop(@PathVariable UUID id) {
    JobExecution execution = executions.named(id);
    return execution.parentId() == null
        ? ask(
            "Stop this execution of %s?".formatted(execution.job()),
            "Running scripts are cancelled on their servers, and what has not begun does not begin."
                + " What has ended stays as it is.",
            PagePath.of("executions", id, "stop"),
            "Stop it",
            id)
        : ask(
            "Stop on %s?".formatted(execution.database()),
            "The script is cancelled on this database; the others go on.",
            PagePath.of("executions", id, "stop"),
            "Stop it here",
            id);
  }

  @PostMapping("/executions/{id}/stop")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.EXECUTION)
  SeeOther stop(@PathVariable UUID id) {
    return done(
        id,
        () -> {
          JobExecution stopped = executions.stop(id);
          return page(id)
              .saying(
                  stopped.lifecycle().ended()
                      ? "It has ended: %s.".formatted(stopped.lifecycle())
                      : "It is being stopped.");
        });
  }

  @GetMapping("/executions/{id}/approve")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.EXECUTION)
  ModelAndView askToApprove(@PathVariable UUID id, @RequestParam int wave) {
    JobExecution run = executions.named(id);
    Counts counts = run.children();
    return ask(
        "Let wave %d of %s begin?".formatted(wave, run.job()),
        counts == null ? "" : "So far: %s.".formatted(counts.text()),
        PagePath.of("executions", id, "approve").with("wave", wave),
        "Approve wave %d".formatted(wave),
        id);
  }

  @PostMapping("/executions/{id}/approve")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.EXECUTION)
  SeeOther approve(@PathVariable UUID id, @RequestParam int wave) {
    return done(
        id,
        () -> {
          executions.approve(id, wave);
          return page(id).saying("Wave %d begins.".formatted(wave));
        });
  }

  @GetMapping("/executions/{id}/retry")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.EXECUTION)
  ModelAndView askToRetry(@PathVariable UUID id) {
    JobExecution run = executions.named(id);
    Counts counts = run.children();
    String where =
        counts == null || counts.total() == 0
            ? "It starts anew, on all databases of its target."
            : String.format(
                Locale.ROOT,
                "A new execution goes to the databases where this one did not succeed: %,d of %,d.",
                counts.total() - counts.succeeded(),
                counts.total());
    return ask(
        "Retry %s?".formatted(run.job()),
        where + " It runs the job as it is now.",
        PagePath.of("executions", id, "retry"),
        "Retry",
        id);
  }

  @PostMapping("/executions/{id}/retry")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.EXECUTION)
  SeeOther retry(@PathVariable UUID id, Principal user) {
    return done(
        id,
        () -> page(executions.retry(id, user.getName()).id()).saying("A new execution has begun."));
  }

  /// What is no longer possible is said where it was asked for.
  private static SeeOther done(UUID id, Supplier<SeeOther> action) {
    try {
      return action.get();
    } catch (EdjException e) {
      return switch (e.category()) {
        case CONFLICT -> page(id).saying(e.text());
        case BAD_INPUT,
            UNAUTHORIZED,
            FORBIDDEN,
            NOT_FOUND,
            TOO_LARGE,
            TOO_MANY,
            UNAVAILABLE,
            INTERNAL ->
            throw e;
      };
    }
  }

  private static SeeOther page(UUID id) {
    return SeeOther.page("executions", id);
  }

  private static ModelAndView ask(
      String title, String sentence, PagePath action, String yes, UUID id) {
    return new ModelAndView("ask")
        .addObject("ask", new Ask(title, sentence, action, yes, PagePath.of("executions", id)));
  }
}
