package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import java.util.List;

/// Stops a deployment that would lose rows.
public final class DataLossGuard {

  private DataLossGuard() {}

  /// A batch that fails if the table has rows.
  ///
  /// @param reasons what would be lost, for whoever reads the script
  public static String batch(ObjectName table, List<String> reasons) {
    return """
    /*
    %s
    */

    IF EXISTS (select top 1 1 from %s)
        RAISERROR (N'Rows were detected. The schema update is terminating because data loss might occur.', 16, 127) WITH NOWAIT\
    """
        .formatted(Literal.inComment(String.join("\n\n", reasons)), table);
  }
}
