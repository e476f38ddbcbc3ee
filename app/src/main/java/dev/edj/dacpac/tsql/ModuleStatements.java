package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.SqlModule;
import java.util.ArrayList;
import java.util.List;

/// Makes and changes views, procedures, functions and triggers: objects that are a text.
public final class ModuleStatements {

  private ModuleStatements() {}

  /// Makes it, and switches a trigger off if it is to be off.
  static List<String> create(SqlModule module) {
    return around(module, module.text());
  }

  /// Changes it to this text, and to this state of a trigger: changing one switches it on.
  public static List<String> alter(SqlModule module) {
    return around(module, module.alterText());
  }

  private static List<String> around(SqlModule module, String text) {
    List<String> batches =
        new ArrayList<>(
            new SessionSettings(module.ansiNulls(), module.quotedIdentifiers()).around(text));
    if (!module.enabled()) {
      batches.addAll(enable(module, false));
    }
    return batches;
  }

  /// Switches a trigger on or off.
  public static List<String> enable(SqlModule trigger, boolean enabled) {
    ObjectName parent = trigger.parent();
    if (parent == null) {
      throw new IllegalArgumentException(trigger.name() + " is no trigger");
    }
    return List.of(
        "%s TRIGGER %s\n    ON %s;"
            .formatted(enabled ? "ENABLE" : "DISABLE", trigger.name(), parent));
  }

  /// Makes the server look anew at what the module refers to.
  public static List<String> refresh(ObjectName module) {
    return List.of("EXECUTE sp_refreshsqlmodule %s;".formatted(Literal.of(module)));
  }

  static String kind(SqlModule module) {
    return switch (module.type()) {
      case VIEW -> "VIEW";
      case PROCEDURE -> "PROCEDURE";
      case SCALAR_FUNCTION, INLINE_FUNCTION, TABLE_FUNCTION -> "FUNCTION";
      case TRIGGER -> "TRIGGER";
      default -> throw new IllegalArgumentException(module.title() + " is no module");
    };
  }
}
