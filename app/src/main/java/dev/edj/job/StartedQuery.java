package dev.edj.job;

import dev.edj.execution.Purpose;
import dev.edj.parameter.ParameterValues;
import dev.edj.parameter.SecretParameter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The start of a query in the audit log; of its script there is the digest.
///
/// @param secrets names of values that are not shown
record StartedQuery(
    String target,
    @Nullable String credential,
    Purpose purpose,
    Map<String, @Nullable String> parameters,
    List<String> secrets) {

  static StartedQuery of(NewQuery query, ParameterValues given) {
    return new StartedQuery(
        query.target(),
        query.credential(),
        query.purpose(),
        given.readable(),
        given.secrets().stream().map(SecretParameter::name).toList());
  }
}
