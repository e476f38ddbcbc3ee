package dev.edj.target;

import dev.edj.parameter.ParameterValues;
import dev.edj.parameter.SecretParameter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A database of a target, with what it carries.
///
/// @param server canonical server name
/// @param parameters values of script variables
/// @param secrets those whose values are not shown
public record TargetDatabase(
    String server,
    String database,
    Map<String, @Nullable String> parameters,
    List<SecretParameter> secrets) {

  static TargetDatabase of(String server, String database, ParameterValues values) {
    return new TargetDatabase(server, database, values.readable(), values.secrets());
  }
}
