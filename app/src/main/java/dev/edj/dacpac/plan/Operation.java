package dev.edj.dacpac.plan;

import dev.edj.dacpac.model.ObjectType;

/// A line of the report.
///
/// @param object as people write it: `[dbo].[Orders]`
public record Operation(Kind kind, String object, ObjectType type) {

  /// What is done, in the words and the order of DacFx's reports.
  public enum Kind {
    RENAME("SPRename"),
    DROP("Drop"),
    TABLE_REBUILD("TableRebuild"),
    UNBIND("UnbindSchemaBinding"),
    ALTER("Alter"),
    CREATE("Create"),
    REFRESH("Refresh");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }
}
