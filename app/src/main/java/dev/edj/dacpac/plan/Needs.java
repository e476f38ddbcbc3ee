package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.SqlModule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What would not be there when the deployment is done, and what cannot be made without it: what of
/// the package is left out and not in the database either, and what goes from under something that
/// stays.
final class Needs {

  private final NameRule rule;
  private final Set<ObjectName> missing = new HashSet<>();
  private final Set<ObjectName> missingSchemas = new HashSet<>();

  Needs(Database described, List<DatabaseObject> present, PublishOptions options, NameRule rule) {
    this.rule = rule;
    for (DatabaseObject object : described.objects()) {
      if (options.excludes(object.type())) {
        add(object);
      }
    }
    present.forEach(this::remove);
  }

  private void remove(DatabaseObject object) {
    ObjectName name = object.name();
    if (name != null) {
      (object instanceof Schema ? missingSchemas : missing).remove(rule.key(name));
    }
  }

  private void add(DatabaseObject object) {
    ObjectName name = object.name();
    if (name != null) {
      (object instanceof Schema ? missingSchemas : missing).add(rule.key(name));
    }
  }

  void refuseMissing(Work work, Refusals refusals) {
    List<DatabaseObject> made = new ArrayList<>(work.created());
    made.addAll(work.altered().values());
    work.tables().forEach(change -> made.add(change.after()));
    for (DatabaseObject object : work.present()) {
      if (work.goes(object) && work.wanted(object).isEmpty()) {
        add(object);
      }
    }
    // Another object may have the name of one that goes.
    work.present().stream().filter(object -> !work.goes(object)).forEach(this::remove);
    made.forEach(this::remove);
    Set<ObjectName> loose = loose(made);
    for (DatabaseObject object : made) {
      if (object instanceof Index index && loose.contains(rule.key(index.on()))) {
        refusals.add(
            "%s stays, and the view %s is not to be schema-bound any more"
                .formatted(index.title(), index.on()));
      }
      for (ObjectName need : needs(object)) {
        refusals.add(
            "%s needs %s, which would not be there: it is left out, or dropped"
                .formatted(object.title(), need));
      }
    }
  }

  /// Views that can have no index.
  private Set<ObjectName> loose(List<DatabaseObject> made) {
    return made.stream()
        .filter(object ->
            object instanceof SqlModule view
                && view.type() == ObjectType.VIEW
                && !view.schemaBound())
        .map(object -> rule.key(((SqlModule) object).name()))
        .collect(Collectors.toSet());
  }

  private List<ObjectName> needs(DatabaseObject object) {
    List<ObjectName> needs = new ArrayList<>();
    if (!isBoundLate(object)) {
      for (ObjectName reference : object.references()) {
        ObjectName whole = reference.parts().size() > 2 ? reference.owner() : reference;
        if (missing.contains(rule.key(whole))) {
          needs.add(whole);
        }
      }
    }
    ObjectName name = object.name();
    if (name != null && name.parts().size() > 1) {
      ObjectName schema = ObjectName.of(name.parts().getFirst());
      if (missingSchemas.contains(rule.key(schema))) {
        needs.add(schema);
      }
    }
    return needs;
  }

  /// Of most modules the server looks only when they run at what they speak of.
  private static boolean isBoundLate(DatabaseObject object) {
    return object instanceof SqlModule module
        && !module.schemaBound()
        && module.type() != ObjectType.VIEW
        && module.type() != ObjectType.INLINE_FUNCTION;
  }
}
