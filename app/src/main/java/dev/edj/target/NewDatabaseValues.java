package dev.edj.target;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a database is to carry that a server, a pool or a shard map lists.
///
/// @param parameters values of script variables
/// @param secrets the same for values that nobody but workers may read
public record NewDatabaseValues(
    String server,
    String database,
    @Nullable Map<String, @Nullable String> parameters,
    @Sensitive @Nullable Map<String, @Nullable String> secrets) {

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
