package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.ObjectType;
import java.util.List;
import java.util.UUID;

/// Renames objects, moves them between schemas, and notes down that it was done.
public final class RenameStatements {

  private RenameStatements() {}

  /// @param name of a column or an index with its table
  /// @param newName without schema and table
  public static List<String> rename(ObjectName name, String newName, Renamed what) {
    return List.of(
        "EXECUTE sp_rename @objname = %s, @newname = %s, @objtype = %s;"
            .formatted(Literal.of(name), Literal.of(newName), Literal.of(what.name())));
  }

  /// What can be renamed, in the words of `sp_rename`.
  public enum Renamed {
    OBJECT,
    COLUMN,
    INDEX,
    USERDATATYPE
  }

  /// What is of a schema goes to another, without the permissions on it.
  public static List<String> transfer(ObjectName name, String schema, ObjectType type) {
    String kind =
        switch (type) {
          case ALIAS_TYPE, TABLE_TYPE -> "TYPE::";
          default -> "";
        };
    return List.of(
        "ALTER SCHEMA %s\n    TRANSFER %s%s;".formatted(ObjectName.quoted(schema), kind, name));
  }

  /// Makes the table of the renames that were done, if it is not there.
  public static String createLog() {
    return """
    IF OBJECT_ID(N'dbo.__RefactorLog') IS NULL
    BEGIN
        CREATE TABLE [dbo].[__RefactorLog] (OperationKey UNIQUEIDENTIFIER NOT NULL PRIMARY KEY)
        EXEC sp_addextendedproperty N'microsoft_database_tools_support', N'refactoring log', N'schema', N'dbo', N'table', N'__RefactorLog'
    END\
    """;
  }

  public static String log(UUID key) {
    return """
    IF NOT EXISTS (SELECT OperationKey FROM [dbo].[__RefactorLog] WHERE OperationKey = '%1$s')
    INSERT INTO [dbo].[__RefactorLog] (OperationKey) values ('%1$s')\
    """
        .formatted(key);
  }
}
