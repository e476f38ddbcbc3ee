package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.DataType;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.NameRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What types with a name of their own are built on. One that changes is refused where a table uses
/// it, so each is the same before and after.
final class Aliases {

  private final NameRule rule;
  private final Map<ObjectName, DataType> bases = new HashMap<>();

  Aliases(Database before, Database after, NameRule rule) {
    this.rule = rule;
    for (Database database : List.of(before, after)) {
      for (AliasType type : database.objects(AliasType.class)) {
        bases.put(rule.key(type.name()), type.base());
      }
    }
  }

  /// The built-in type by which values are kept; the type itself where that is not known.
  DataType of(DataType type) {
    return type.builtIn() ? type : bases.getOrDefault(rule.key(type.name()), type);
  }
}
