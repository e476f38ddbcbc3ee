package dev.edj.dacpac.file;

import java.util.List;

/// What model.xml says, before anybody knows what it means.
///
/// @param provider the platform that it is for, as DacFx calls it:
///   `Microsoft.Data.Tools.Schema.Sql.Sql160DatabaseSchemaProvider`
/// @param header what the file says about the model as a whole
/// @param elements in the order of the file, which is none of dependency
public record Model(
    String schemaVersion,
    String provider,
    boolean collationCaseSensitive,
    List<Header> header,
    List<Element> elements) {

  /// Names of the variables that the package's scripts have; their values are not in the file.
  public List<String> variables() {
    return header.stream()
        .filter(entry -> entry.category().equals("SqlCmdVariables"))
        .flatMap(entry -> entry.values().stream().map(Value::name))
        .toList();
  }

  /// One entry of the header, with its values in the order of the file.
  ///
  /// @param category such as `SqlCmdVariables`
  /// @param type empty where there is none
  public record Header(String category, String type, List<Value> values) {}

  public record Value(String name, String value) {}
}
