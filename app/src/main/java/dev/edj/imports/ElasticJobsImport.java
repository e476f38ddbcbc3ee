package dev.edj.imports;

import dev.edj.files.NewDeclarations;
import dev.edj.files.declaration.Kind;
import dev.edj.imports.CatalogRows.CatalogRow;
import dev.edj.target.NewTarget;
import dev.edj.target.TargetKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Definitions of Azure's elastic jobs, as its catalog views have them: target groups become
/// collections, the commands of steps contents, retry settings execution policies, and the schedule
/// of a job one of its own with a trigger.
///
/// A disabled job can be started by hand there and not here: what is disabled here is the trigger.
/// Used by one thread.
public final class ElasticJobsImport {

  private static final String STANDARD_POLICY = "Standard execution policy";
  private static final String MANAGED_IDENTITY = "managed identity";
  private static final String TOKEN_COMMAND = "entra";
  private static final Instant NO_START = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant NO_END = Instant.parse("9999-01-01T00:00:00Z");
  private static final String GROUP_NAME = "target_group_name";
  private static final String JOB_NAME = "job_name";
  private static final String CREDENTIAL_NAME = "credential_name";
  private static final int STANDARD_TIMEOUT_SECONDS = 43_200;
  private static final int STANDARD_RETRIES = 10;
  private static final int STANDARD_MAXIMUM_SECONDS = 120;

  private final Imported imported;
  private final CatalogRows rows;
  private final Instant now;
  private final Map<String, SequencedSet<String>> serversOfGroups = new HashMap<>();

  private ElasticJobsImport(Imported imported, CatalogRows rows, Instant now) {
    this.imported = imported;
    this.rows = rows;
    this.now = now;
  }

  /// What is in the files.
  ///
  /// @param now a one-time schedule before it is not carried over
  public static Imported of(List<Path> files, Instant now) {
    Imported imported = new Imported(files.getFirst());
    new ElasticJobsImport(imported, CatalogRows.read(files), now).read();
    return imported.checked();
  }

  private void read() {
    rows.others()
        .forEach(other ->
            imported.warn(
                "what '%s' has is left out; what is carried over are %s"
                    .formatted(other, String.join(", ", CatalogRows.VIEWS))));
    rows.view("target_groups").forEach(group -> imported.children(group.text(GROUP_NAME)));
    rows.view("target_group_members").forEach(this::member);
    rows.view("jobs").forEach(this::job);
    if (rows.view("jobs").isEmpty() || rows.view("jobsteps").isEmpty()) {
      imported.warn("there are no rows of jobs.jobs with those of jobs.jobsteps, and so no jobs");
    }
  }

  private void member(CatalogRow row) {
    String group = row.text(GROUP_NAME);
    String server = row.text("server_name");
    String refresh = row.text("refresh_credential_name");
    NewTarget target =
        switch (row.text("target_type").toLowerCase(Locale.ROOT)) {
          case "sqldatabase" ->
              new NewTarget(
                  TargetKind.Database, null, server, row.text("database_name"), null, null, null);
          case "sqlserver" ->
              new NewTarget(
                  TargetKind.Server, null, server, null, refreshing(refresh, server), null, null);
          case "sqlelasticpool" ->
              NewTarget.elasticPool(
                  null, server, row.text("elastic_pool_name"), refreshing(refresh, server));
          case "sqlshardmap" ->
              NewTarget.shardMap(
                  null,
                  server,
                  row.text("database_name"),
                  row.text("shard_map_name"),
                  refreshing(refresh, server));
          default -> null;
        };
    if (target == null) {
      imported.warn(
          "a member of '%s' is left out: its type is '%s'"
              .formatted(group, row.text("target_type")));
      return;
    }
    String name = imported.target(1, target);
    if (name != null) {
      ObjectNode child = imported.child(group, name);
      if (row.text("membership_type").equalsIgnoreCase("Exclude")) {
        child.put("membership", "Exclude");
        return;
      }
      serversOfGroups.computeIfAbsent(group, _ -> new TreeSet<>()).add(server);
      if (target.kind() == TargetKind.ShardMap) {
        imported.warn(
            "the shards of '%s' may be on other servers than its own: let the credentials of its jobs be sent there, too"
                .formatted(name));
      }
    }
  }

  /// Null lists with the job's own login.
  private @Nullable String refreshing(String credential, String server) {
    return credential.isEmpty() ? null : credential(credential, Set.of(server));
  }

  private void job(CatalogRow row) {
    String name = row.text(JOB_NAME);
    List<CatalogRow> steps =
        rows.view("jobsteps").stream()
            .filter(step -> step.text(JOB_NAME).equals(name))
            .sorted(Comparator.comparingInt(step -> step.number("step_id", 0)))
            .toList();
    if (steps.isEmpty()) {
      imported.warn("job '%s' is left out: it has no steps".formatted(name));
      return;
    }
    ObjectNode job = imported.declarations().named(Kind.JOB, name);
    if (!row.text("description").isEmpty()) {
      job.put("description", row.text("description"));
    }
    ArrayNode declared = job.putArray("steps");
    steps.forEach(step -> step(declared.addObject(), name, step, steps.size() > 1));
    schedule(row, name);
  }

  private void step(ObjectNode node, String job, CatalogRow step, boolean several) {
    String stepName = step.text("step_name");
    String command = step.exactly("command");
    String content = content(several ? job + ": " + stepName : job, command);
    imported.declarations().named(Kind.CONTENT, content).put("text", command);
    String group = step.text(GROUP_NAME);
    if (!stepName.isEmpty()) {
      node.put("name", stepName);
    }
    node.put("content", content)
        .put(
            "credential",
            credential(
                step.text(CREDENTIAL_NAME), serversOfGroups.getOrDefault(group, new TreeSet<>())))
        .put("target", group)
        .put("policy", policy(step));
    int parallelism = step.number("max_parallelism", 0);
    if (parallelism > 0) {
      node.put("maxParallelism", parallelism);
      imported.warn(
          "step '%s' of job '%s': max_parallelism limits each elastic pool there, and all databases of the step here"
              .formatted(stepName, job));
    }
    if (step.text("output_type").equalsIgnoreCase("SqlDatabase")) {
      destination(node.putObject("destination"), step);
    }
  }

  /// A job can be called as another one's step.
  private String content(String wanted, String command) {
    String name = wanted;
    for (int number = 2; isAnother(name, command); number++) {
      name = "%s (%d)".formatted(wanted, number);
      imported.warn(
          "content '%s' is there already; what is different is '%s'".formatted(wanted, name));
    }
    return name;
  }

  private boolean isAnother(String content, String command) {
    NewDeclarations declared = imported.declarations();
    return declared.has(Kind.CONTENT, content)
        && !declared.named(Kind.CONTENT, content).path("text").asString("").equals(command);
  }

  private void destination(ObjectNode node, CatalogRow step) {
    String server = step.text("output_server_name");
    String schema = step.text("output_schema_name");
    node.put("server", server)
        .put("database", step.text("output_database_name"))
        .put("schema", schema.isEmpty() ? "dbo" : schema)
        .put("table", step.text("output_table_name"))
        .put("credential", credential(step.text("output_credential_name"), Set.of(server)));
  }

  /// Its name; declared when it is not yet, and allowed to be sent to these servers.
  private String credential(String name, Set<String> servers) {
    if (!name.isEmpty()) {
      boolean known = imported.declarations().has(Kind.CREDENTIAL, name);
      imported.credential(name, known ? name : userName(name), servers);
      return name;
    }
    imported
        .declarations()
        .named(Kind.CREDENTIAL, MANAGED_IDENTITY)
        .put("userName", MANAGED_IDENTITY)
        .put("tokenCommand", TOKEN_COMMAND);
    imported.allow(MANAGED_IDENTITY, servers);
    imported.warn(
        "what signs in with a managed identity does so by the token command '%s'; see to it on the nodes (edj serve --managed-identity)"
            .formatted(TOKEN_COMMAND));
    return MANAGED_IDENTITY;
  }

  private String userName(String credential) {
    return rows.view("database_scoped_credentials").stream()
        .filter(row -> row.text("name").equals(credential))
        .map(row -> row.text("credential_identity"))
        .findFirst()
        .orElseGet(() -> {
          imported.warn(
              "the user name of credential '%s' is not among the rows; its own name is taken for it"
                  .formatted(credential));
          return credential;
        });
  }

  private String policy(CatalogRow step) {
    int timeout = step.number("step_timeout_seconds", STANDARD_TIMEOUT_SECONDS);
    int retries = step.number("retry_attempts", STANDARD_RETRIES);
    int initial = step.number("initial_retry_interval_seconds", 1);
    int maximum = step.number("maximum_retry_interval_seconds", STANDARD_MAXIMUM_SECONDS);
    double coefficient = step.decimal("retry_interval_backoff_multiplier", 2);
    if (timeout == STANDARD_TIMEOUT_SECONDS
        && retries == STANDARD_RETRIES
        && initial == 1
        && maximum == STANDARD_MAXIMUM_SECONDS
        && coefficient == 2) {
      return STANDARD_POLICY;
    }
    String name =
        "%d retries after %ds to %ds by %s, time-out %ds"
            .formatted(retries, initial, maximum, coefficient, timeout);
    imported
        .declarations()
        .named(Kind.POLICY, name)
        .put("jobTimeout", "0s")
        .put("attemptTimeout", Duration.ofSeconds(timeout).toString())
        .put("initialRetryInterval", Duration.ofSeconds(initial).toString())
        .put("maximumRetryInterval", Duration.ofSeconds(Math.max(initial, maximum)).toString())
        .put("retryIntervalBackoffCoefficient", coefficient)
        .put("maximumAttempts", (int) Math.min(retries + 1L, Integer.MAX_VALUE));
    return name;
  }

  /// What runs once had its time, or has none and is started by hand.
  private void schedule(CatalogRow row, String job) {
    String type = row.text("schedule_interval_type");
    Instant start = time(row.text("schedule_start_time"), NO_START);
    boolean once = type.isEmpty() || type.equalsIgnoreCase("Once");
    if (once && !start.isAfter(now)) {
      if (start.isAfter(NO_START)) {
        imported.warn("the schedule of job '%s' has had its one time".formatted(job));
      }
      return;
    }
    ObjectNode schedule = imported.declarations().named(Kind.SCHEDULE, job);
    schedule.put(
        "interval", once ? "Once" : type + ": " + row.number("schedule_interval_count", 1));
    if (start.isAfter(NO_START)) {
      schedule.put("start", start.toString());
    } else {
      imported.warn(
          "the schedule of job '%s' has no start time; it counts from when it is made"
              .formatted(job));
    }
    Instant end = time(row.text("schedule_end_time"), NO_END);
    if (!once && end.isBefore(NO_END)) {
      schedule.put("end", end.toString());
    }
    ObjectNode trigger =
        imported.declarations().keyed(Kind.TRIGGER, job).put("job", job).put("schedule", job);
    if (!row.truth("enabled")) {
      trigger.put("enabled", false);
    }
  }

  /// All times there are in UTC.
  private Instant time(String text, Instant missing) {
    if (text.isEmpty()) {
      return missing;
    }
    String iso = text.replace(' ', 'T');
    try {
      return iso.endsWith("Z")
          ? Instant.parse(iso)
          : LocalDateTime.parse(iso.replaceFirst("[+]00:00$", "")).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      imported.warn("'%s' is no time, and is left out".formatted(text));
      return missing;
    }
  }
}
