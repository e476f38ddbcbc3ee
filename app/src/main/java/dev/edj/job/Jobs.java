package dev.edj.job;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.edj.audit.NewAuditEvent;
import dev.edj.content.ContentKind;
import dev.edj.content.Packages;
import dev.edj.controldb.ConstraintViolation;
import dev.edj.credential.CredentialReference;
import dev.edj.dacpac.plan.PublishOptions;
import dev.edj.engine.ServerName;
import dev.edj.execution.Destination;
import dev.edj.execution.PublishOptionLines;
import dev.edj.execution.Rollout;
import dev.edj.job.JobRows.ContentRow;
import dev.edj.parameter.ParameterOwner;
import dev.edj.parameter.ParameterValue;
import dev.edj.parameter.ParameterValues;
import dev.edj.parameter.Parameters;
import dev.edj.policy.ExecutionPolicy;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.Names;
import dev.edj.scope.Bounds;
import dev.edj.scope.Right;
import dev.edj.security.EncryptionKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Creates, changes, lists and deletes jobs.
public final class Jobs {

  private static final String NOUN = "job";
  private static final String DEFAULT_STEP_NAME = "JobStep";
  private static final String DESTINATION_CREDENTIAL = "destination.credential";

  private final Jdbi jdbi;
  private final Packages packages;
  private final Parameters parameters;

  /// @param packages opens those that steps deploy
  public Jobs(Jdbi jdbi, Packages packages) {
    this.jdbi = jdbi;
    this.packages = packages;
    this.parameters = new Parameters(new EncryptionKeys(jdbi));
  }

  public Job create(NewJob job) {
    return create(job, null);
  }

  /// Makes a job, in version 1.
  ///
  /// @param user who makes it; null for nobody in particular
  public Job create(NewJob job, @Nullable String user) {
    insert(job, user, false);
    return named(job.name());
  }

  /// Refuses what [#create] would refuse, and makes nothing.
  public void rehearse(NewJob job) {
    insert(job, null, true);
  }

  private void insert(NewJob job, @Nullable String user, boolean rehearsal) {
    String name = Names.checked("name", job.name());
    String description = JobRules.description(requireNonNullElse(job.description(), ""));
    List<NewJobStep> steps = JobRules.steps(job.steps());
    ParameterValues values =
        parameters.declared(
            requireNonNullElse(job.parameters(), Map.of()),
            requireNonNullElse(job.secrets(), Map.of()),
            ParameterOwner.job(name));
    Rollout rollout = requireNonNullElse(job.rollout(), Rollout.AT_ONCE).checked();
    try {
      jdbi.useTransaction(handle -> {
        JobStore store = handle.attach(JobStore.class);
        List<StepReferences> references = references(handle, steps);
        long jobId = store.insert(name, requireNonNullElse(job.enabled(), true));
        insertVersion(store, jobId, 1, description, references, values, rollout, user);
        Bounds.of(handle, Right.WRITE).requireJob(jobId, 1);
        if (rehearsal) {
          handle.rollback();
        } else {
          NewAuditEvent.of("job.create")
              .named(name)
              .version(1)
              .after(current(store, name))
              .record(handle);
        }
      });
    } catch (JdbiException e) {
      throw translated(e, name);
    }
  }

  public Job update(String name, JobChange change) {
    return update(name, change, null);
  }

  /// Makes a new version when what the job does changes; a running execution keeps its own.
  ///
  /// @param user who changes it; null for nobody in particular
  public Job update(String name, JobChange change, @Nullable String user) {
    if (change.description() != null) {
      JobRules.description(change.description());
    }
    List<NewJobStep> steps = change.steps() == null ? null : JobRules.steps(change.steps());
    try {
      jdbi.useTransaction(handle -> update(handle, name, change, steps, user));
    } catch (JdbiException e) {
      throw translated(e, name);
    }
    return named(name);
  }

  /// Refuses what [#update] would refuse, and changes nothing.
  public void rehearse(String name, JobChange change) {
    List<NewJobStep> steps = change.steps() == null ? null : JobRules.steps(change.steps());
    try {
      jdbi.useTransaction(handle -> {
        update(handle, name, change, steps, null);
        handle.rollback();
      });
    } catch (JdbiException e) {
      throw translated(e, name);
    }
  }

  /// The steps as a job would have them, with all that they leave out; an [EdjException] when no
  /// job could.
  public static List<NewJobStep> preview(List<NewJobStep> steps) {
    return named(JobRules.steps(steps)).stream()
        .map(step ->
            step.change()
                .policy(requireNonNullElse(step.policy(), ExecutionPolicy.DEFAULT))
                .exactlyOnce(requireNonNullElse(step.exactlyOnce(), false))
                .barrier(requireNonNullElse(step.barrier(), false))
                .publishOptions(requireNonNullElse(step.publishOptions(), Map.of()))
                .build())
        .toList();
  }

  public Job named(String name) {
    return find(name, null).stream()
        .findFirst()
        .orElseThrow(() -> EdjException.notFound(NOUN, name));
  }

  /// The job as a version of it was.
  public Job named(String name, int version) {
    return find(name, version).stream()
        .findFirst()
        .orElseThrow(() ->
            EdjException.notFound("version %d of job".formatted(version), named(name).name()));
  }

  /// All versions, the newest first.
  public List<JobVersion> versions(String name) {
    List<JobVersion> versions = jdbi.withExtension(JobStore.class, store -> store.versions(name));
    if (versions.isEmpty()) {
      throw EdjException.notFound(NOUN, name);
    }
    return versions;
  }

  public List<Job> list() {
    return list(null, Integer.MAX_VALUE);
  }

  /// Some of them, in the order of their names.
  ///
  /// @param after the name of the last one of the portion before; null for the first
  public List<Job> list(@Nullable String after, int limit) {
    return jdbi.withExtension(
        JobStore.class, store -> withSteps(store, store.page(after, limit, null)));
  }

  /// Those of these that there are, in no particular order.
  public List<Job> list(List<String> names) {
    return jdbi.withExtension(JobStore.class, store -> withSteps(store, store.named(names, null)));
  }

  private static List<Job> withSteps(JobStore store, List<JobRows.JobRow> jobs) {
    return new JobRows(jobs, store.stepsOf(jobs.stream().map(JobRows.JobRow::jobId).toList(), null))
        .together();
  }

  /// Some of the names that hold a text, in whatever case; first those that begin with it.
  public List<String> names(String text, int limit) {
    return jdbi.withExtension(JobStore.class, store -> store.names(text, limit));
  }

  public Job enable(String name) {
    return update(name, new JobChange(null, null, true, null));
  }

  public Job disable(String name) {
    return update(name, new JobChange(null, null, false, null));
  }

  /// Marks the job: no new execution starts, and it goes with its history when the active ones have
  /// ended. Doing so again changes nothing.
  public void delete(String name) {
    jdbi.useTransaction(handle -> {
      JobStore store = handle.attach(JobStore.class);
      long jobId = store.lock(name).orElseThrow(() -> EdjException.notFound(NOUN, name));
      Bounds bounds = Bounds.of(handle, Right.WRITE);
      bounds.requireAllOfJob(jobId);
      bounds.requireFollowers(name);
      store.markDeleted(jobId);
      Job before = current(store, name);
      NewAuditEvent.of("job.delete")
          .named(name)
          .version(before.version())
          .before(before)
          .record(handle);
    });
  }

  private static Job current(JobStore store, String name) {
    return new JobRows(store.jobs(name, null), store.steps(name, null)).together().getFirst();
  }

  private List<Job> find(String name, @Nullable Integer version) {
    return jdbi.withExtension(
        JobStore.class,
        store -> new JobRows(store.jobs(name, version), store.steps(name, version)).together());
  }

  private void update(
      Handle handle,
      String name,
      JobChange change,
      @Nullable List<NewJobStep> steps,
      @Nullable String user) {
    JobStore store = handle.attach(JobStore.class);
    long jobId = store.lock(name).orElseThrow(() -> EdjException.notFound(NOUN, name));
    JobRows rows = new JobRows(store.jobs(name, null), store.steps(name, null));
    Job before = rows.together().getFirst();
    ParameterValues valuesBefore = rows.jobs().getFirst().values();
    Bounds bounds = Bounds.of(handle, Right.WRITE);
    bounds.requireJob(jobId, before.version());
    if (before.deleting()) {
      throw beingDeleted(name);
    }
    if (change.expectedVersion() != null) {
      ExpectedVersion.require(store, jobId, before, change.expectedVersion());
    }
    List<StepReferences> stepsBefore = store.references(jobId, before.version());
    List<StepReferences> stepsAfter = steps == null ? stepsBefore : references(handle, steps);
    ParameterValues values = changed(valuesBefore, change, name);
    Rollout rollout = requireNonNullElse(change.rollout(), before.rollout()).checked();
    String description = requireNonNullElse(change.description(), before.description());
    int version = before.version();
    if (stepsAfter.equals(stepsBefore)
        && values.equals(valuesBefore)
        && rollout.equals(before.rollout())) {
      store.updateDescription(jobId, version, description);
    } else {
      version++;
      insertVersion(store, jobId, version, description, stepsAfter, values, rollout, user);
      bounds.requireJob(jobId, version);
    }
    store.update(jobId, requireNonNullElse(change.enabled(), before.enabled()), version);
    NewAuditEvent.of("job.update")
        .named(name)
        .version(version)
        .before(before)
        .after(current(store, name))
        .record(handle);
  }

  private ParameterValues changed(ParameterValues before, JobChange change, String job) {
    TreeMap<String, ParameterValue> secrets = new TreeMap<>(before.byName());
    secrets.values().removeIf(value -> !value.secret());
    for (String removed : requireNonNullElse(change.removedSecrets(), List.<String>of())) {
      if (secrets.remove(removed) == null) {
        throw EdjException.invalid(
            "removedSecrets", "job '%s' has no secret parameter '%s'".formatted(job, removed));
      }
    }
    Map<String, @Nullable String> texts =
        change.parameters() == null ? before.readable() : change.parameters();
    ParameterValues given =
        parameters.declared(
            texts, requireNonNullElse(change.secrets(), Map.of()), ParameterOwner.job(job));
    texts.keySet().stream()
        .filter(secrets::containsKey)
        .findFirst()
        .ifPresent(name -> {
          throw EdjException.invalid(
              "parameters", "'%s' is secret; remove the secret first".formatted(name));
        });
    return given.over(new ParameterValues(secrets));
  }

  private static void insertVersion(
      JobStore store,
      long jobId,
      int version,
      String description,
      List<StepReferences> steps,
      ParameterValues values,
      Rollout rollout,
      @Nullable String user) {
    store.insertVersion(jobId, version, description, values.json(), rollout, user);
    steps.forEach(step -> store.insertStep(jobId, version, step));
  }

  private List<StepReferences> references(Handle handle, List<NewJobStep> steps) {
    List<StepReferences> references = new ArrayList<>();
    for (NewJobStep step : named(steps)) {
      references.add(reference(handle, step, references.size() + 1));
    }
    return references;
  }

  /// Until the transaction ends, nothing that the step refers to is deleted.
  private StepReferences reference(Handle handle, NewJobStep step, int stepId) {
    JobStore store = handle.attach(JobStore.class);
    String policy = requireNonNullElse(step.policy(), ExecutionPolicy.DEFAULT);
    ContentRow content =
        store.findContent(step.content()).orElseThrow(() -> unknown("content", step.content()));
    CredentialReference credential = CredentialReference.named(handle, step.credential());
    UUID targetId =
        store.findTarget(step.target()).orElseThrow(() -> unknown("target", step.target()));
    long policyId = store.findPolicy(policy).orElseThrow(() -> unknown("policy", policy));
    credential.require(store.servers(targetId).stream().map(ServerName::parse).toList());
    return new StepReferences(
        stepId,
        requireNonNull(step.name()),
        content.contentId(),
        step.contentVersion(),
        credential.credentialId(),
        targetId,
        policyId,
        step.maxParallelism(),
        requireNonNullElse(step.exactlyOnce(), false),
        requireNonNullElse(step.barrier(), false),
        requireNonNull(step.results()),
        reference(handle, step.destination()),
        publishOptions(store, step, content));
  }

  /// What of a package can be seen to be wrong without a database is refused here; of a newer
  /// version, or one that is fetched, at the start.
  private List<String> publishOptions(JobStore store, NewJobStep step, ContentRow content) {
    Map<String, String> written = requireNonNullElse(step.publishOptions(), Map.of());
    if (content.kind() == ContentKind.Script) {
      JobRules.requireNoPublishOptions(step);
      return List.of();
    }
    JobRules.requireDeployment(step);
    PublishOptions _ = Packages.options(written, Map.of());
    store
        .findPackage(content.contentId(), step.contentVersion())
        .map(packages::open)
        .ifPresent(opened ->
            packages.requireDeployable(
                opened, Packages.options(written, Packages.foreseen(opened))));
    return PublishOptionLines.of(written);
  }

  /// The server's row is made with the first that is to go there, as with the first target there.
  private static @Nullable StepDestination reference(
      Handle handle, @Nullable Destination destination) {
    if (destination == null) {
      return null;
    }
    CredentialReference credential =
        CredentialReference.named(handle, DESTINATION_CREDENTIAL, destination.credential());
    credential.require(DESTINATION_CREDENTIAL, List.of(ServerName.parse(destination.server())));
    JobStore store = handle.attach(JobStore.class);
    store.insertMissingServer(destination.server());
    return new StepDestination(
        store.serverId(destination.server()),
        destination.database(),
        destination.schema(),
        destination.table(),
        credential.credentialId(),
        requireNonNull(destination.schemaDrift()),
        requireNonNull(destination.sourceColumns()));
  }

  /// Gives each step without a name the first free one of `JobStep`, `JobStep2`, `JobStep3` …
  private static List<NewJobStep> named(List<NewJobStep> steps) {
    Set<String> taken = new HashSet<>();
    steps.stream().map(NewJobStep::name).filter(Objects::nonNull).forEach(taken::add);
    return steps.stream()
        .map(step -> step.name() == null ? step.change().name(freeName(taken)).build() : step)
        .toList();
  }

  private static String freeName(Set<String> taken) {
    String name = DEFAULT_STEP_NAME;
    for (int number = 2; !taken.add(name); number++) {
      name = DEFAULT_STEP_NAME + number;
    }
    return name;
  }

  private static EdjException unknown(String field, String name) {
    return EdjException.invalid(field, "'%s' does not exist".formatted(name));
  }

  private static EdjException beingDeleted(String name) {
    return new EdjException(
        ErrorCode.JOB_BEING_DELETED,
        null,
        "job '%s' is being deleted and cannot be changed".formatted(name));
  }

  private static RuntimeException translated(JdbiException e, String name) {
    return switch (ConstraintViolation.constraint(e)) {
      case "job_name_key" -> EdjException.alreadyExists(NOUN, name);
      case "job_step_job_id_version_name_key" ->
          EdjException.invalid("steps", "two steps have the same name");
      case "job_step_content_id_content_version_fkey" ->
          EdjException.invalid("contentVersion", "the content has no such version");
      default -> e;
    };
  }
}
