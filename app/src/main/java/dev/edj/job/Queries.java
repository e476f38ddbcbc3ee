package dev.edj.job;

import static java.util.Objects.requireNonNullElse;

import dev.edj.audit.NewAuditEvent;
import dev.edj.content.Contents;
import dev.edj.credential.CredentialReference;
import dev.edj.engine.ServerName;
import dev.edj.execution.AdHocRun;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.parameter.ParameterOwner;
import dev.edj.parameter.ParameterValues;
import dev.edj.parameter.Parameters;
import dev.edj.policy.ExecutionPolicy;
import dev.edj.problem.EdjException;
import dev.edj.scope.Bounds;
import dev.edj.scope.Right;
import dev.edj.security.EncryptionKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Runs scripts of which nobody has made a job: each gets a job and a content of its own, which
/// nobody finds and which go soon after its end.
public final class Queries {

  private final Jdbi jdbi;
  private final Parameters parameters;
  private final Executions executions;
  private final TimeOrderedIds ids;

  public Queries(Jdbi jdbi, Executions executions, TimeOrderedIds ids) {
    this.jdbi = jdbi;
    this.parameters = new Parameters(new EncryptionKeys(jdbi));
    this.executions = executions;
    this.ids = ids;
  }

  /// Inserts the run with all that is its own; a controller sees it at once.
  public JobExecution start(NewQuery query, String startedBy) {
    UUID run = ids.next();
    String name = "query-" + run;
    Duration timeout = query.timeLimit();
    int mostRows = query.rowLimit();
    ParameterValues given =
        parameters.carried(
            requireNonNullElse(query.parameters(), Map.of()),
            requireNonNullElse(query.secrets(), Map.of()),
            ParameterOwner.job(name));
    jdbi.useTransaction(handle -> {
      long jobId = createJob(handle, name, query);
      List<String> scripts =
          new AdHocRun(run, jobId, query.purpose(), given, timeout, mostRows, startedBy)
              .start(handle);
      NewAuditEvent.of("query.start")
          .named(query.target())
          .id(run)
          .scripts(scripts)
          .execution(run)
          .after(StartedQuery.of(query, given))
          .record(handle);
    });
    return executions.named(run);
  }

  /// Whether an execution is a query, one that writes included.
  public boolean contains(UUID run) {
    return jdbi.withExtension(QueryStore.class, store -> store.contains(run));
  }

  private static long createJob(Handle handle, String name, NewQuery query) {
    JobStore jobs = handle.attach(JobStore.class);
    UUID targetId =
        jobs.findTarget(query.target())
            .orElseThrow(() ->
                EdjException.invalid("target", "'%s' does not exist".formatted(query.target())));
    List<ServerName> servers = jobs.servers(targetId).stream().map(ServerName::parse).toList();
    CredentialReference credential = credential(handle, query, targetId, servers);
    credential.require(servers);
    long contentId = Contents.createAdHoc(handle, name, query.script());
    long jobId =
        handle
            .attach(QueryStore.class)
            .insertJob(
                name, contentId, credential.credentialId(), targetId, ExecutionPolicy.DEFAULT);
    Bounds.of(handle, Right.WRITE).requireJob(jobId, AdHocRun.ONLY_VERSION);
    return jobId;
  }

  private static CredentialReference credential(
      Handle handle, NewQuery query, UUID targetId, List<ServerName> servers) {
    if (query.credential() != null) {
      return CredentialReference.named(handle, query.credential());
    }
    String name =
        handle
            .attach(QueryStore.class)
            .findLogin(targetId)
            .orElseGet(() -> onlyOne(CredentialReference.allowed(handle, servers), query.target()));
    return CredentialReference.named(handle, name);
  }

  private static String onlyOne(List<CredentialReference> allowed, String target) {
    if (allowed.isEmpty()) {
      throw EdjException.invalid(
          "credential",
          "none may be sent to all servers of target '%s'; create one, or add the servers to one"
              .formatted(target));
    }
    if (allowed.size() > 1) {
      throw EdjException.invalid(
          "credential",
          "name one of those that may be sent to the servers of target '%s': %s"
              .formatted(target, names(allowed)));
    }
    return allowed.getFirst().name();
  }

  private static String names(List<CredentialReference> credentials) {
    return credentials.stream().map(CredentialReference::name).collect(Collectors.joining(", "));
  }
}
