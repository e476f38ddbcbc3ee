package dev.edj.portal.job;

import dev.edj.access.Caller;
import dev.edj.access.Permission;
import dev.edj.content.ContentVersion;
import dev.edj.content.Contents;
import dev.edj.content.Packages;
import dev.edj.credential.Credentials;
import dev.edj.job.Job;
import dev.edj.job.JobChange;
import dev.edj.job.Jobs;
import dev.edj.job.NewJob;
import dev.edj.portal.site.FormFields;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.Names;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewTrigger;
import dev.edj.schedule.Schedules;
import dev.edj.schedule.Triggers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;

/// Makes of a form what it says: credentials, contents, the job, a schedule and a trigger.
///
/// All that can be refused without making anything is looked at first. A content that others use
/// gets its version when the job is known not to be refused. When it is refused after all, contents
/// that were made for it are taken back; a credential stays, and is chosen in the form that comes
/// back, because its password does not come back.
final class JobSaving {

  private static final Logger log = LoggerFactory.getLogger(JobSaving.class);

  private final Jobs jobs;
  private final Contents contents;
  private final Credentials credentials;
  private final Schedules schedules;
  private final Triggers triggers;

  JobSaving(
      Jobs jobs,
      Contents contents,
      Credentials credentials,
      Schedules schedules,
      Triggers triggers) {
    this.jobs = jobs;
    this.contents = contents;
    this.credentials = credentials;
    this.schedules = schedules;
    this.triggers = triggers;
  }

  Saving create(JobForm form, Caller caller) {
    return new Form(form, caller)
        .save(
            () -> checked(form),
            now -> jobs.rehearse(now.newJob()),
            now -> jobs.create(now.newJob(), caller.name()));
  }

  private NewJob checked(JobForm form) {
    String name = Names.checked("name", form.name());
    if (isThere(() -> jobs.named(name))) {
      throw EdjException.alreadyExists("job", name);
    }
    return form.newJob();
  }

  private static boolean isThere(Supplier<?> named) {
    try {
      Object _ = named.get();
      return true;
    } catch (EdjException e) {
      return false;
    }
  }

  /// Refused when the job is not the version any more that the form was opened with.
  Saving update(String name, JobForm form, Caller caller) {
    Job before = jobs.named(name);
    return new Form(form, caller)
        .save(
            () -> {
              jobs.rehearse(name, JobChange.nothing(form.expectedVersion()));
              return form.change(before);
            },
            now -> jobs.rehearse(name, now.change(before)),
            now -> jobs.update(name, now.change(before), caller.name()));
  }

  /// One form on its way. Used by one thread.
  private final class Form {

    private final JobForm typed;
    private final Caller caller;
    private final List<String> madeContents = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private JobForm now;

    Form(JobForm typed, Caller caller) {
      this.typed = typed;
      this.caller = caller;
      this.now = typed;
    }

    /// @param check refuses what can be seen to be wrong, in what is not made yet
    /// @param rehearse refuses what else would be, when all that the job refers to is there
    <T> Saving save(Supplier<T> check, Consumer<JobForm> rehearse, Function<JobForm, Job> write) {
      NewSchedule schedule;
      Job job;
      try {
        T _ = check.get();
        schedule = typed.start().newSchedule(typed.name(), Instant.now());
        requireStart();
        for (int i = 0; i < typed.steps().size(); i++) {
          makeLogin(i);
        }
        for (int i = 0; i < typed.steps().size(); i++) {
          makeContent(i);
        }
        FormFields fields = new FormFields(this::field);
        boolean _ =
            fields.of(() ->
                written(form -> {
                  rehearse.accept(form);
                  return true;
                }));
        for (int i = 0; i < typed.steps().size(); i++) {
          changeContent(i);
        }
        job = fields.of(() -> written(write));
      } catch (EdjException e) {
        return refused(e);
      }
      start(job, schedule);
      return new Saving.Saved(job, List.copyOf(notes));
    }

    private <T> T written(Function<JobForm, T> write) {
      try {
        return write.apply(now);
      } catch (EdjException e) {
        throw placed(e);
      }
    }

    private void requireStart() {
      StartForm start = typed.start();
      if (start.isExisting() && start.schedule().isEmpty()) {
        throw EdjException.invalid("start.schedule", "choose one");
      }
      String name = start.name().isEmpty() ? typed.name() : start.name();
      if (start.isExisting() && !isThere(() -> schedules.named(start.schedule()))) {
        throw EdjException.invalid(
            "start.schedule", "'%s' does not exist".formatted(start.schedule()));
      }
      if (start.isGiven() && !start.isExisting() && isThere(() -> schedules.named(name))) {
        throw EdjException.invalid("start.name", "schedule '%s' exists already".formatted(name));
      }
    }

    private void makeLogin(int index) {
      LoginForm login = now.steps().get(index).login();
      if (login.isNew()) {
        caller.require(Permission.ADMINISTER);
        String made =
            FormFields.under(JobForm.place(index) + "login.")
                .of(() -> credentials.create(login.newCredential()))
                .name();
        notes.add("Credential %s was created.".formatted(made));
        now = now.withStep(index, step -> step.with(LoginForm.existing(made)));
      }
    }

    private void makeContent(int index) {
      ScriptForm script = typed.steps().get(index).script();
      if (script.isExisting()) {
        return;
      }
      String name = script.name().isEmpty() ? typed.name() : script.name();
      madeContents.add(fields(index).of(() -> script.create(contents, name)).name());
      now = now.withStep(index, step -> step.with(ScriptForm.existing(name, "")));
    }

    private void changeContent(int index) {
      ScriptForm script = now.steps().get(index).script();
      Loaded loaded = Loaded.parse(script.loaded()).orElse(null);
      if (script.dacpac() != null) {
        addVersion(index, script, loaded != null && loaded.isOf(script) ? loaded : null);
        return;
      }
      if (loaded == null || script.text().isBlank() || !isChanged(index, script, loaded)) {
        return;
      }
      String place = JobForm.place(index) + "script.";
      if (!loaded.isOf(script)) {
        throw EdjException.invalid(
            place + "content",
            "the script in the editor is another one's; show the chosen one first, or write it as a"
                + " new content");
      }
      addVersion(index, script, loaded);
    }

    /// @param loaded the version that it is made of; null when the form showed none
    private void addVersion(int index, ScriptForm script, @Nullable Loaded loaded) {
      // Of an older version on purpose is on top of all others on purpose.
      Integer expected =
          loaded != null && script.version().isEmpty() ? Integer.valueOf(loaded.version()) : null;
      ContentVersion made = fields(index).of(() -> added(index, script, expected));
      notes.add("Content %s has version %d now.".formatted(made.content(), made.version()));
      now = now.withStep(index, step -> step.with(step.script().saved(made)));
    }

    private ContentVersion added(int index, ScriptForm script, @Nullable Integer expected) {
      try {
        return script.add(contents, expected);
      } catch (EdjException e) {
        if (e.code() != ErrorCode.CHANGED_MEANWHILE) {
          throw e;
        }
        int newest = contents.named(script.content()).latestVersion();
        now = now.withStep(index, step -> step.with(script.madeOf(newest)));
        throw new EdjException(
            e.code(),
            script.dacpac() == null ? "text" : Packages.FIELD,
            "somebody made version %d of this content since you began with version %d; look at it, and save again to put yours on top"
                .formatted(newest, expected),
            e);
      }
    }

    /// Whether the editor has another text than what was put into it.
    private boolean isChanged(int index, ScriptForm script, Loaded loaded) {
      ContentVersion before =
          fields(index).of(() -> contents.version(loaded.content(), loaded.version()));
      return !script.text().equals(Typed.lines(before.text()));
    }

    private FormFields fields(int index) {
      return FormFields.under(JobForm.place(index) + "script.");
    }

    private Saving refused(EdjException e) {
      boolean isTheJob = "expectedVersion".equals(e.field());
      Refusal refusal = isTheJob ? changedMeanwhile() : Refusal.of(e);
      madeContents.forEach(this::takeBack);
      for (int i = 0; i < typed.steps().size(); i++) {
        ScriptForm script = typed.steps().get(i).script();
        if (!script.isExisting()) {
          now = now.withStep(i, step -> step.with(script));
        }
      }
      return new Saving.Refused(now, refusal, HttpStatusCode.valueOf(e.category().httpStatus()));
    }

    private Refusal changedMeanwhile() {
      int newest = jobs.named(typed.name()).version();
      now = now.withVersion(newest);
      List<String> sentences = new ArrayList<>();
      sentences.add(
          ("Somebody changed the job since you opened this form: it is version %d now, and was %s."
                  + " Nothing of yours is lost. Look at the difference, and save again to put yours on"
                  + " top.")
              .formatted(newest, typed.version()));
      sentences.addAll(notes);
      return new Refusal(null, String.join(" ", sentences));
    }

    private void takeBack(String content) {
      try {
        contents.delete(content);
      } catch (EdjException e) {
        log.info("content '{}' stays: {}", content, e.text());
      }
    }

    /// The job is there; what is left is said if it cannot be.
    private void start(Job job, @Nullable NewSchedule schedule) {
      if (!typed.start().isGiven()) {
        return;
      }
      try {
        String name =
            schedule == null ? typed.start().schedule() : schedules.create(schedule).name();
        triggers.create(new NewTrigger(job.name(), name, null, null, null, null, null));
        notes.add("It starts by schedule %s.".formatted(name));
      } catch (EdjException e) {
        notes.add("It does not start by itself yet: %s.".formatted(e.text()));
      }
    }

    /// The operation does not say which step it means: the first whose value the sentence quotes.
    private EdjException placed(EdjException e) {
      String field = e.field();
      String input = field == null ? null : input(field);
      if (field == null || input == null) {
        return e;
      }
      int step = 0;
      for (int i = now.steps().size() - 1; i >= 0; i--) {
        if (isMeant(now.steps().get(i), field, e.text())) {
          step = i;
        }
      }
      String place = JobForm.place(step) + input;
      return new EdjException(e.code(), place, place + ": " + Refusal.of(e).sentence(), e);
    }

    private static @Nullable String input(String field) {
      return switch (field) {
        case "content" -> "script.content";
        case "contentVersion" -> "script.version";
        case "credential" -> "login.credential";
        case "target", "policy", "maxParallelism", "publishOptions", "exactlyOnce" -> field;
        case "step" -> "name";
        case "results", "destination" -> "result.mode";
        default -> field.startsWith("destination.") ? StepForm.resultField(field) : null;
      };
    }

    private static boolean isMeant(StepForm step, String field, String sentence) {
      if (field.equals("publishOptions")) {
        return !step.publishOptions().isBlank();
      }
      String value = value(step, field);
      return !value.isEmpty() && sentence.contains("'" + value + "'");
    }

    private static String value(StepForm step, String field) {
      return switch (field) {
        case "content", "exactlyOnce" -> step.script().content();
        case "credential" -> step.login().credential();
        case "target" -> step.target();
        case "policy" -> step.policy();
        case "destination.credential" -> step.result().credential();
        default -> "";
      };
    }

    private String field(String field) {
      return field.equals("secrets") || field.equals("removedSecrets") ? "parameters" : field;
    }
  }
}
