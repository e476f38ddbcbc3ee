package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.Unmodelled;
import dev.edj.dacpac.tsql.Expressions;
import dev.edj.dacpac.tsql.ModuleStatements;
import dev.edj.dacpac.tsql.NewColumn;
import dev.edj.dacpac.tsql.SchemaBinding;
import dev.edj.dacpac.tsql.Statements;
import dev.edj.dacpac.tsql.TableStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Takes away what keeps one thing from getting another name: the server does not rename what an
/// expression or a schema-bound module speaks of.
///
/// Constraints, indexes and computed columns are put back under the new name at once, so that none
/// is lost which the package does not describe. A module lets go, and what the package says of it
/// binds it again.
final class Release {

  private final ChangingDatabase database;
  private final Renaming renaming;
  private final NameRule rule;
  private final Refusals refusals;
  private final String what;
  private final List<String> batches = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<DatabaseObject> taken = new ArrayList<>();
  private final List<Column.Computed> columns = new ArrayList<>();
  private final List<SqlModule> unbound = new ArrayList<>();
  private final List<Index> lost = new ArrayList<>();

  /// @param renaming what is to be done in between
  Release(ChangingDatabase database, Renaming renaming, NameRule rule, Refusals refusals) {
    this.database = database;
    this.renaming = renaming;
    this.rule = rule;
    this.refusals = refusals;
    this.what = "%s is to be renamed, and ".formatted(renaming.from());
  }

  /// The statements of all of it; that of the renaming is put among them.
  List<String> batches() {
    return batches;
  }

  /// Likewise.
  List<Change> changes() {
    return changes;
  }

  /// Modules that let go.
  List<SqlModule> unbound() {
    return unbound;
  }

  /// Indexes of views that let go, which the server drops.
  List<Index> lost() {
    return lost;
  }

  /// For a table, a module or the like: only what is bound to it holds its name, and what calls a
  /// function.
  void object(DatabaseObject object) {
    ObjectName name = renaming.from();
    for (DatabaseObject other : database.near(name)) {
      if (speaksOfPartOf(other, name)) {
        boolean calls = other instanceof Constraint || other instanceof Table;
        if (other instanceof SqlModule module && module.schemaBound()) {
          unbind(module);
        } else if (other instanceof Unmodelled || (object instanceof SqlModule && calls)) {
          refusals.add(what + "%s is bound to it".formatted(other.title()));
        }
      }
    }
  }

  void column(ObjectName column) {
    for (DatabaseObject object : database.near(column)) {
      switch (object) {
        case CheckConstraint check when speaksOf(check.references(), column) -> take(check);
        case Index index when speaksOf(index.filterReferences(), column) -> take(index);
        case Table table when rule.same(table.name(), column.owner()) -> computed(table, column);
        default -> bound(object, column);
      }
    }
  }

  private void bound(DatabaseObject object, ObjectName column) {
    if (object instanceof SqlModule module
        && module.schemaBound()
        && speaksOf(module.references(), column)) {
      unbind(module);
    } else if (object instanceof Unmodelled && speaksOf(object.references(), column)) {
      refusals.add(what + "the %s of it is not handled".formatted(object.title()));
    }
  }

  /// Takes the columns that are calculated from one.
  private void computed(Table table, ObjectName column) {
    List<Column> left = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Column other : table.columns()) {
      if (other instanceof Column.Computed computed && speaksOf(computed.references(), column)) {
        clear(table.name().child(computed.name()));
        columns.add(computed);
        names.add(computed.name());
      } else {
        left.add(other);
      }
    }
    if (!names.isEmpty()) {
      Table without = table.with(left);
      batches.addAll(TableStatements.dropColumns(table.name(), names));
      changes.add(new Change.Altered(table, without));
      database.replace(table, without);
    }
  }

  /// Takes all that stands on a column which goes for a while.
  private void clear(ObjectName column) {
    for (DatabaseObject object : database.near(column)) {
      switch (object) {
        case CheckConstraint check when speaksOf(check.references(), column) -> take(check);
        case Index index when isOn(index, column) -> take(index);
        case KeyConstraint key
            when rule.same(key.table(), column.owner())
                && key.columns().stream().anyMatch(one -> rule.same(one.name(), column.last())) ->
            refuse(key, column);
        case ForeignKey key when isOn(key, column) -> refuse(key, column);
        case Permission permission
            when permission.column() != null && rule.same(permission.column(), column.last()) ->
            gone(permission);
        case ExtendedProperty property
            when property.host() != null && rule.same(property.host(), column) ->
            gone(property);
        default -> bound(object, column);
      }
    }
  }

  private boolean isOn(Index index, ObjectName column) {
    return speaksOf(index.filterReferences(), column)
        || (rule.same(index.on(), column.owner())
            && (index.columns().stream().anyMatch(key -> rule.same(key.name(), column.last()))
                || index.included().stream().anyMatch(name -> rule.same(name, column.last()))));
  }

  private boolean isOn(ForeignKey key, ObjectName column) {
    return (rule.same(key.table(), column.owner())
            && key.columns().stream().anyMatch(name -> rule.same(name, column.last())))
        || (rule.same(key.foreignTable(), column.owner())
            && key.foreignColumns().stream().anyMatch(name -> rule.same(name, column.last())));
  }

  private void refuse(Constraint key, ObjectName column) {
    refusals.add(
        what + "%s stands on %s, which is calculated from it".formatted(key.title(), column));
  }

  private void take(DatabaseObject object) {
    if (!database.has(object)) {
      return;
    }
    batches.addAll(Statements.drop(object));
    gone(object);
    ObjectName name = object.name();
    if (name != null) {
      properties(name).forEach(this::gone);
    }
  }

  private List<DatabaseObject> properties(ObjectName host) {
    return database.near(host).stream()
        .filter(object ->
            object instanceof ExtendedProperty property
                && property.host() != null
                && rule.same(property.host(), host))
        .toList();
  }

  /// It needs no statement, or has had it.
  private void gone(DatabaseObject object) {
    if (database.has(object)) {
      taken.add(object);
      changes.add(new Change.Dropped(object));
      database.remove(object);
    }
  }

  /// What is bound to the module lets go before it.
  private void unbind(SqlModule module) {
    if (!database.has(module)) {
      return;
    }
    for (DatabaseObject object : database.near(module.name())) {
      if (speaksOfPartOf(object, module.name())) {
        switch (object) {
          case SqlModule above when above.schemaBound() -> unbind(above);
          case Constraint constraint -> refuseCaller(constraint, module);
          case Table table -> refuseCaller(table, module);
          case Unmodelled feature -> refuseCaller(feature, module);
          default -> {
            // Holds nothing, or goes with the module's text.
          }
        }
      }
    }
    SqlModule loose = SchemaBinding.without(module).orElse(module);
    if (!module.equals(loose)) {
      indexesGo(module);
      batches.addAll(ModuleStatements.alter(loose));
      changes.add(new Change.Altered(module, loose));
      database.replace(module, loose);
      unbound.add(module);
    } else {
      refusals.add(
          what + "%s is bound to it, and its text does not show how".formatted(module.name()));
    }
  }

  private void refuseCaller(DatabaseObject caller, SqlModule module) {
    refusals.add(
        what + "%s is bound to it, which %s holds".formatted(module.name(), caller.title()));
  }

  /// The server drops the indexes of a view that is altered.
  private void indexesGo(SqlModule view) {
    for (DatabaseObject object : database.near(view.name())) {
      if (view.type() == ObjectType.VIEW
          && object instanceof Index index
          && rule.same(index.on(), view.name())) {
        for (DatabaseObject property : properties(index.name())) {
          changes.add(new Change.Dropped(property));
          database.remove(property);
        }
        changes.add(new Change.Dropped(index));
        database.remove(index);
        lost.add(index);
      }
    }
  }

  /// Makes again, with the new name of the column, what was dropped for it: first columns, then
  /// what stands on them.
  ///
  /// @param isDescribed whether the comparison makes an object again
  void putBack(Predicate<DatabaseObject> isDescribed) {
    putBackColumns();
    for (DatabaseObject object : taken) {
      Optional<DatabaseObject> renamed = renamed(object);
      if (renamed.isPresent()) {
        batches.addAll(Statements.create(renamed.get()));
        changes.add(new Change.Created(renamed.get()));
        database.add(renamed.get());
      } else if (!isDescribed.test(renaming.of(object))) {
        refuseExpression(object.title());
      }
    }
  }

  private void putBackColumns() {
    List<NewColumn> added = new ArrayList<>();
    for (Column.Computed column : columns) {
      renamed(column.expression(), column.references())
          .ifPresentOrElse(
              expression -> added.add(NewColumn.plain(renaming.of(column).with(expression))),
              () -> refuseExpression("the column " + ObjectName.quoted(column.name())));
    }
    if (!added.isEmpty()) {
      ObjectName name = renaming.to().owner();
      Table table = (Table) database.find(name, ObjectType.TABLE).orElseThrow();
      List<Column> all = new ArrayList<>(table.columns());
      added.forEach(column -> all.add(column.column()));
      Table whole = table.with(all);
      batches.addAll(TableStatements.addColumns(name, added));
      changes.add(new Change.Altered(table, whole));
      database.replace(table, whole);
    }
  }

  /// The object as it is after the renaming; empty where its expression does not show what the
  /// column is in it.
  private Optional<DatabaseObject> renamed(DatabaseObject object) {
    return switch (renaming.of(object)) {
      case CheckConstraint check ->
          renamed(check.expression(), object.references()).map(check::keptWith);
      case Index index when index.filter() != null ->
          renamed(index.filter(), object.references()).map(index::with);
      case DatabaseObject other -> Optional.of(other);
    };
  }

  private Optional<String> renamed(String expression, Set<ObjectName> references) {
    ObjectName from = renaming.from();
    return speaksOf(references, from)
        ? Expressions.renamed(expression, from.last(), renaming.to().last(), rule)
        : Optional.of(expression);
  }

  private void refuseExpression(String holder) {
    refusals.add(what + "how %s speaks of it is not understood".formatted(holder));
  }

  private boolean speaksOf(Set<ObjectName> references, ObjectName column) {
    return rule.isAmong(references, column);
  }

  /// Whether another object speaks of what has the name, or of a part of that.
  private boolean speaksOfPartOf(DatabaseObject object, ObjectName whole) {
    return (object.name() == null || !rule.same(object.name(), whole))
        && object.references().stream().anyMatch(name -> rule.isWithin(name, whole));
  }
}
