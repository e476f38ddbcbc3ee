package dev.edj.portal.job;

import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import dev.edj.job.Job;
import dev.edj.portal.site.PagePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/// What the page asks before a job is started.
///
/// @param job in the version that is to be started
record JobStart(Job job, Purpose purpose, List<Asked> asked) {

  private static final String PARAMETER = "parameter.";

  /// A parameter of the job.
  ///
  /// @param field its name in the form
  /// @param value what the job has; null for a secret, and where it has none
  /// @param typed what was typed; null for a secret
  /// @param required whether the job has no value
  record Asked(
      String name,
      String field,
      @Nullable String value,
      @Nullable String typed,
      boolean secret,
      boolean required) {}

  static JobStart of(Job job, Purpose purpose, MultiValueMap<String, String> typed) {
    List<Asked> asked = new ArrayList<>();
    job.parameters()
        .forEach((name, value) ->
            asked.add(
                new Asked(
                    name,
                    PARAMETER + name,
                    value,
                    typed.containsKey(PARAMETER + name) ? typed.getFirst(PARAMETER + name) : value,
                    false,
                    value == null)));
    job.secrets()
        .forEach(secret ->
            asked.add(
                new Asked(
                    secret.name(), PARAMETER + secret.name(), null, null, true, !secret.set())));
    return new JobStart(job, purpose, asked);
  }

  /// Whether something has to be given at each start.
  static boolean asks(Job job) {
    return job.parameters().containsValue(null)
        || job.secrets().stream().anyMatch(secret -> !secret.set());
  }

  /// With the values that differ from the job's own.
  NewExecution execution(MultiValueMap<String, String> typed) {
    Map<String, @Nullable String> readable = new LinkedHashMap<>();
    Map<String, @Nullable String> secret = new LinkedHashMap<>();
    for (Asked one : asked) {
      String given = typed.getFirst(one.field());
      if (given == null || (given.isEmpty() && (one.secret() || one.required()))) {
        continue;
      }
      if (one.secret()) {
        secret.put(one.name(), given);
      } else if (!given.equals(one.value())) {
        readable.put(one.name(), given);
      }
    }
    return new NewExecution(job.version(), readable, secret, purpose);
  }

  public PagePath action() {
    return PagePath.of("jobs", job.name(), "start");
  }
}
