package dev.edj.result;

import dev.edj.execution.Lifecycle;
import org.jspecify.annotations.Nullable;

/// Which children's results are wanted; null leaves a criterion out.
///
/// @param server any of the ways to write its name
/// @param step the step's name
/// @param lifecycle of the child
public record ResultFilter(
    @Nullable String server,
    @Nullable String database,
    @Nullable String step,
    @Nullable Lifecycle lifecycle) {

  public static final ResultFilter NONE = new ResultFilter(null, null, null, null);
}
