package dev.edj.portal.job;

import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.Permission;
import dev.edj.content.ContentVersion;
import dev.edj.content.Contents;
import dev.edj.credential.Credentials;
import dev.edj.dacpac.PackageSummary;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import dev.edj.job.Job;
import dev.edj.job.Jobs;
import dev.edj.portal.choice.Choices;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.schedule.Schedules;
import dev.edj.schedule.Triggers;
import dev.edj.scope.Narrowing;
import dev.edj.target.Targets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/// The form by which a job is made and changed.
@Controller
final class JobFormPages {

  private static final String SAVE = "save";

  private final Jobs jobs;
  private final Contents contents;
  private final Targets targets;
  private final Schedules schedules;
  private final Executions executions;
  private final Choices choices;
  private final JobSaving saving;

  JobFormPages(
      Jobs jobs,
      Contents contents,
      Credentials credentials,
      Targets targets,
      Choices choices,
      Schedules schedules,
      Triggers triggers,
      Executions executions) {
    this.jobs = jobs;
    this.contents = contents;
    this.targets = targets;
    this.schedules = schedules;
    this.executions = executions;
    this.choices = choices;
    this.saving = new JobSaving(jobs, contents, credentials, schedules, triggers);
  }

  @GetMapping("/new/job")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  ModelAndView blank(
      @RequestParam(defaultValue = "") String target,
      @RequestParam(defaultValue = "") String content) {
    return page(null, JobForm.blank(target, content), Act.parse("show:0"));
  }

  @GetMapping("/jobs/{name}/edit")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.JOB)
  ModelAndView edit(@PathVariable String name) {
    return page(name, JobForm.of(jobs.named(name)), Act.parse("show:0"));
  }

  @PostMapping("/new/job")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.REQUEST)
  ModelAndView create(
      @ModelAttribute("form") JobForm form,
      @RequestParam(defaultValue = SAVE) String act,
      @AuthenticationPrincipal Caller user) {
    return done(null, form, Act.parse(act), sent -> saving.create(sent, user), user);
  }

  @PostMapping("/jobs/{name}/edit")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.JOB)
  ModelAndView update(
      @PathVariable String name,
      @ModelAttribute("form") JobForm form,
      @RequestParam(defaultValue = SAVE) String act,
      @AuthenticationPrincipal Caller user) {
    return done(name, form, Act.parse(act), sent -> saving.update(name, sent, user), user);
  }

  private ModelAndView done(
      @Nullable String edited, JobForm form, Act act, Function<JobForm, Saving> save, Caller user) {
    if (!act.saves()) {
      ModelAndView page = page(edited, act.on(form), act);
      page.addObject("moved", act.moves());
      return page;
    }
    return switch (save.apply(form)) {
      case Saving.Saved saved -> new ModelAndView(next(saved, act, user));
      case Saving.Refused refused -> refused(edited, form, refused);
    };
  }

  private ModelAndView refused(@Nullable String edited, JobForm sent, Saving.Refused refused) {
    ModelAndView page = page(edited, refused.form(), Act.parse("show:0"));
    page.addObject("refusal", refused.refusal());
    page.setStatus(refused.status());
    if (edited != null && !refused.form().version().equals(sent.version())) {
      page.addObject(
          "difference",
          PagePath.of("jobs", edited, "difference")
              .with("from", sent.version())
              .with("to", refused.form().version()));
    }
    return page;
  }

  /// Where the button leads once the job is saved.
  private View next(Saving.Saved saved, Act act, Caller user) {
    Job job = saved.job();
    Purpose purpose =
        switch (act.verb()) {
          case "run" -> Purpose.Run;
          case "check" -> Purpose.Check;
          case "trial" -> Purpose.Trial;
          default -> null;
        };
    if (purpose == null) {
      return SeeOther.page("jobs", job.name()).saying(sentence(saved));
    }
    if (JobStart.asks(job)) {
      return SeeOther.path(
          PagePath.of("jobs", job.name(), "start").with("purpose", purpose).toString());
    }
    return started(saved, purpose, user);
  }

  private View started(Saving.Saved saved, Purpose purpose, Caller user) {
    String job = saved.job().name();
    try {
      JobExecution started =
          executions.start(job, new NewExecution(null, null, null, purpose), user.name());
      return SeeOther.page("executions", started.id()).saying(sentence(saved));
    } catch (EdjException e) {
      return SeeOther.page("jobs", job).saying(sentence(saved) + " Not started: " + e.text());
    }
  }

  private static String sentence(Saving.Saved saved) {
    List<String> sentences = new ArrayList<>();
    sentences.add("Job %s is saved.".formatted(saved.job().name()));
    sentences.addAll(saved.notes());
    return String.join(" ", sentences);
  }

  private ModelAndView page(@Nullable String edited, JobForm form, Act act) {
    List<StepPart> steps = new ArrayList<>();
    for (int i = 0; i < form.steps().size(); i++) {
      steps.add(step(i, form.steps().get(i), act));
    }
    ModelAndView page = new ModelAndView("job-form");
    page.addObject(
        "page",
        new JobFormPage(
            edited,
            form,
            steps,
            choices.shortlist("credentials"),
            choices.shortlist("policies"),
            next(form, act)));
    page.addObject("form", form);
    return page;
  }

  private StepPart step(int index, StepForm step, Act act) {
    ScriptForm script = step.script();
    List<ContentVersion> versions =
        script.isExisting() && !script.content().isEmpty() ? versions(script.content()) : List.of();
    StepForm shown = step.with(shown(script, versions, act.is("show", index)));
    return new StepPart(
        index,
        shown,
        versions,
        versions.isEmpty() ? List.of() : contents.jobs(script.content()),
        versions.isEmpty() ? List.of() : variables(versions, number(script.version())),
        act.is("find", index) && !step.target().isEmpty() ? found(step) : null);
  }

  private FoundDatabases found(StepForm step) {
    String credential = step.login().credential();
    return FoundDatabases.of(targets, step.target(), credential.isEmpty() ? null : credential);
  }

  /// Puts the text of what is chosen into the editor, when it was asked for or nothing is there.
  private ScriptForm shown(ScriptForm script, List<ContentVersion> versions, boolean asked) {
    if (versions.isEmpty() || !((asked && !script.isLoaded()) || script.loaded().isEmpty())) {
      return script;
    }
    Integer version = number(script.version());
    return versions.stream().anyMatch(one -> version == null || one.version() == version)
        ? script.showing(contents.version(script.content(), version))
        : script;
  }

  /// Null for the newest, and a number that no version has for what is no number.
  private static @Nullable Integer number(String version) {
    try {
      return version.isEmpty() ? null : Integer.valueOf(version);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// Those whose values a run of the package needs.
  private List<String> variables(List<ContentVersion> versions, @Nullable Integer number) {
    try {
      return versions.stream()
          .filter(version -> number == null || version.version() == number)
          .reduce((_, last) -> last)
          .flatMap(contents::packageSummary)
          .map(PackageSummary::variables)
          .orElse(List.of());
    } catch (EdjException e) {
      // What is wrong with the package is said on its page, and when the job is saved.
      return List.of();
    }
  }

  private List<ContentVersion> versions(String content) {
    try {
      return contents.versions(content);
    } catch (EdjException e) {
      // What does not exist is said when the form is saved.
      return List.of();
    }
  }

  private NextTimes next(JobForm form, Act act) {
    StartForm start = form.start();
    if (!act.verb().equals("next") || !start.isGiven()) {
      return NextTimes.NOT_ASKED;
    }
    try {
      return new NextTimes(
          start.isExisting()
              ? schedules.next(start.schedule(), 5, null)
              : start.next(Instant.now()),
          null);
    } catch (EdjException e) {
      return new NextTimes(List.of(), Refusal.of(e).sentence());
    }
  }
}
