package dev.edj.engine.rows;

/// The name of the index on the child execution's id: `IX_<table>_Internal_Execution_ID`, of which
/// the table's name is cut where the engine allows no such length.
final class IndexName {

  static final String BEGIN = "IX_";
  static final String END = "_Internal_Execution_ID";

  private IndexName() {}

  /// @param longest in UTF-16 units
  static String of(TableName table, int longest) {
    int most = longest - END.length();
    String begin = BEGIN + table.name();
    return (begin.length() <= most ? begin : begin.substring(0, most)) + END;
  }
}
