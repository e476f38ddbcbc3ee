package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.RefactorOperation;
import dev.edj.dacpac.model.Database;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a database is to become.
///
/// @param renames the package's log of renames
/// @param preDeployment absent where there is none
/// @param postDeployment likewise
public record Source(
    Database database,
    List<RefactorOperation> renames,
    @Nullable String preDeployment,
    @Nullable String postDeployment) {

  public Source {
    renames = List.copyOf(renames);
  }

  /// A model alone.
  public static Source of(Database database) {
    return new Source(database, List.of(), null, null);
  }
}
