package dev.edj.policy;

import static java.util.Objects.requireNonNullElse;

import dev.edj.audit.NewAuditEvent;
import dev.edj.controldb.ConstraintViolation;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.NameSearch;
import dev.edj.problem.Names;
import dev.edj.problem.Users;
import dev.edj.scope.Bounds;
import dev.edj.scope.Right;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Creates, changes, lists and deletes execution policies; the built-in ones stay as they are.
public final class Policies {

  private static final String NOUN = "execution policy";

  private final Jdbi jdbi;
  private final PolicyStore store;

  public Policies(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.store = jdbi.onDemand(PolicyStore.class);
  }

  public ExecutionPolicy create(NewExecutionPolicy policy) {
    ExecutionPolicy created = preview(policy, named(ExecutionPolicy.DEFAULT));
    String name = created.name();
    try {
      jdbi.useTransaction(handle -> {
        handle.attach(PolicyStore.class).insert(PolicyRow.of(created));
        NewAuditEvent.of("policy.create").named(name).after(created).record(handle);
      });
    } catch (JdbiException e) {
      if (ConstraintViolation.constraint(e).equals("execution_policy_name_key")) {
        throw EdjException.alreadyExists(NOUN, name);
      }
      throw e;
    }
    return created;
  }

  /// The policy as it would be made, where what it leaves out is as in `defaults`.
  public static ExecutionPolicy preview(NewExecutionPolicy policy, ExecutionPolicy defaults) {
    return changed(defaults, Names.checked("name", policy.name()), policy.settings());
  }

  /// Executions that have started keep the settings they started with.
  public ExecutionPolicy update(String name, ExecutionPolicyChange change) {
    return jdbi.inTransaction(handle -> {
      PolicyStore store = handle.attach(PolicyStore.class);
      ExecutionPolicy before = store.findForUpdate(name).orElseThrow(() -> notFound(name)).policy();
      Bounds.of(handle, Right.WRITE).requirePolicy(name);
      if (before.builtIn()) {
        throw builtIn(name);
      }
      ExecutionPolicy after = changed(before, name, change);
      store.update(PolicyRow.of(after));
      NewAuditEvent.of("policy.update").named(name).before(before).after(after).record(handle);
      return after;
    });
  }

  public ExecutionPolicy named(String name) {
    return store.find(name).orElseThrow(() -> notFound(name)).policy();
  }

  public List<ExecutionPolicy> list() {
    return store.list().stream().map(PolicyRow::policy).toList();
  }

  public List<ExecutionPolicy> list(NameSearch search) {
    return store.search(search).stream().map(PolicyRow::policy).toList();
  }

  /// Some of the names that hold a text, in whatever case; first those that begin with it.
  public List<String> names(String text, int limit) {
    return store.names(text, limit);
  }

  /// The jobs that use it, if only in an older version of theirs.
  public List<String> jobs(String name) {
    return store.jobs(name);
  }

  /// Deletes a policy that no job uses.
  public void delete(String name) {
    try {
      jdbi.useTransaction(handle -> {
        PolicyStore store = handle.attach(PolicyStore.class);
        ExecutionPolicy before =
            store.findForUpdate(name).orElseThrow(() -> notFound(name)).policy();
        Bounds.of(handle, Right.WRITE).requirePolicy(name);
        if (store.delete(name) == 0) {
          throw builtIn(name);
        }
        NewAuditEvent.of("policy.delete").named(name).before(before).record(handle);
      });
    } catch (JdbiException e) {
      if (ConstraintViolation.constraint(e).isEmpty()) {
        throw e;
      }
      throw EdjException.inUse(NOUN, name, Users.none().and("job", store.jobs(name)).text());
    }
  }

  private static ExecutionPolicy changed(
      ExecutionPolicy before, String name, ExecutionPolicyChange change) {
    return PolicyRules.checked(
        new ExecutionPolicy(
            name,
            false,
            timeout(change.jobTimeout(), before.jobTimeout()),
            timeout(change.attemptTimeout(), before.attemptTimeout()),
            requireNonNullElse(change.initialRetryInterval(), before.initialRetryInterval()),
            requireNonNullElse(change.maximumRetryInterval(), before.maximumRetryInterval()),
            requireNonNullElse(
                change.retryIntervalBackoffCoefficient(), before.retryIntervalBackoffCoefficient()),
            requireNonNullElse(change.maximumAttempts(), before.maximumAttempts()),
            requireNonNullElse(change.retry(), before.retry()),
            requireNonNullElse(change.transientErrors(), before.transientErrors()),
            requireNonNullElse(change.permanentErrors(), before.permanentErrors()),
            requireNonNullElse(change.destinationFailure(), before.destinationFailure())));
  }

  private static @Nullable Duration timeout(@Nullable Duration change, @Nullable Duration before) {
    if (change == null) {
      return before;
    }
    return change.isZero() ? null : change;
  }

  private static EdjException builtIn(String name) {
    return new EdjException(
        ErrorCode.BUILT_IN,
        null,
        "execution policy '%s' is built in and cannot be changed or deleted; create another one"
            .formatted(name));
  }

  private static EdjException notFound(String name) {
    return EdjException.notFound(NOUN, name);
  }
}
