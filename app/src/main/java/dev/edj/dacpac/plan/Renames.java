package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.file.RefactorOperation;
import dev.edj.dacpac.file.RefactorOperation.MoveToSchema;
import dev.edj.dacpac.file.RefactorOperation.Rename;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.tsql.Expressions;
import dev.edj.dacpac.tsql.NewColumn;
import dev.edj.dacpac.tsql.RenameStatements;
import dev.edj.dacpac.tsql.RenameStatements.Renamed;
import dev.edj.dacpac.tsql.Statements;
import dev.edj.dacpac.tsql.TableStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Does what the package's log of renames says and the database has not done yet, so that a new
/// name is not taken for something dropped and something made.
final class Renames {

  private final NameRule rule;
  private final LeftOut leftOut;
  private final Refusals refusals;
  private final List<Step> steps = new ArrayList<>();
  private final List<UUID> keys = new ArrayList<>();
  private final List<Renaming> done = new ArrayList<>();
  private final Set<UUID> known;
  private final Database described;
  private final ChangingDatabase database;
  private final List<ObjectName> unbound = new ArrayList<>();
  private final List<Index> lost = new ArrayList<>();
  private final List<ObjectName> waiting = new ArrayList<>();

  /// @param database as it is
  /// @param described as the package has it
  Renames(
      Database database, Database described, NameRule rule, LeftOut leftOut, Refusals refusals) {
    this.known = database.renamesDone();
    this.database = new ChangingDatabase(database, rule);
    this.described = described;
    this.rule = rule;
    this.leftOut = leftOut;
    this.refusals = refusals;
  }

  /// What is left out is not renamed, and that is not noted down either: a later deployment may not
  /// leave it out.
  void apply(List<RefactorOperation> log) {
    for (RefactorOperation operation : log) {
      if (known.contains(operation.key())) {
        continue;
      }
      if (isLeftOut(operation)) {
        waiting.add(operation.element());
      } else {
        keys.add(operation.key());
        apply(operation);
      }
    }
  }

  private boolean isLeftOut(RefactorOperation operation) {
    ObjectName element = operation.element();
    return switch (operation.elementType()) {
      case "SqlSimpleColumn", "SqlComputedColumn" ->
          element.parts().size() == 3 && table(element.owner()).filter(leftOut::has).isPresent();
      default ->
          leftOut.excludes(operation.elementType())
              || ObjectType.of(operation.elementType())
                  .flatMap(type -> object(element, type))
                  .filter(leftOut::has)
                  .isPresent();
    };
  }

  /// The database with its new names.
  Database database() {
    return database.now();
  }

  /// What is not renamed because it is left out.
  List<ObjectName> waiting() {
    return waiting;
  }

  /// Modules that had to let go of what was renamed, by their new names.
  List<ObjectName> unbound() {
    return unbound;
  }

  /// Indexes of those, which the server dropped.
  List<Index> lost() {
    return lost;
  }

  List<Step> steps() {
    return steps;
  }

  /// Of the operations that the database does not know yet, done or not.
  List<UUID> keys() {
    return keys;
  }

  /// What an object was called before.
  ObjectName before(ObjectName name) {
    ObjectName before = name;
    for (Renaming renaming : done.reversed()) {
      before = renaming.undone(before);
    }
    return before;
  }

  private void apply(RefactorOperation operation) {
    ObjectName from = operation.element();
    ObjectName to = target(operation);
    switch (operation.elementType()) {
      case "SqlSimpleColumn", "SqlComputedColumn" -> renameColumn(from, to);
      case "SqlIndex" -> renameIndex(from, to);
      // Parts of a text or a type: they change with it.
      case "SqlSubroutineParameter",
          "SqlDynamicColumnSource",
          "SqlTableTypeSimpleColumn",
          "SqlTableTypeComputedColumn" -> {}
      default -> renameObject(operation, from, to);
    }
  }

  private static ObjectName target(RefactorOperation operation) {
    ObjectName from = operation.element();
    return switch (operation.change()) {
      case Rename rename -> {
        String name = plain(rename.newName());
        yield from.parts().size() == 1 ? ObjectName.of(name) : from.owner().child(name);
      }
      case MoveToSchema move -> ObjectName.of(plain(move.newSchema()), from.last());
    };
  }

  /// The new name is written with brackets, or without.
  private static String plain(String written) {
    if (!written.startsWith("[")) {
      return written;
    }
    try {
      return ObjectName.parse(written).last();
    } catch (DacpacException e) {
      return written;
    }
  }

  private void renameColumn(ObjectName from, ObjectName to) {
    if (from.parts().size() != 3) {
      return;
    }
    Optional<Table> table = table(from.owner());
    if (table.isEmpty()
        || table.get().column(from.last(), rule).isEmpty()
        || isTaken(table.get(), from.last(), to.last())) {
      return;
    }
    Release release = new Release(database, rule, refusals, from);
    release.column(from);
    List<String> batches = new ArrayList<>(release.batches());
    List<Change> changes = new ArrayList<>(release.changes());
    batches.addAll(RenameStatements.rename(from, to.last(), Renamed.COLUMN));
    Renaming renaming = new Renaming(Renaming.What.COLUMN, from, to, rule);
    rename(renaming, changes);
    putBack(release, renaming, from, to, batches, changes);
    noteRelease(release);
    step(from, to, batches, changes, release, ObjectType.TABLE);
  }

  private boolean isTaken(Table table, String from, String to) {
    return !rule.same(from, to) && table.column(to, rule).isPresent();
  }

  /// Makes again, with the new name of the column, what was dropped for it.
  private void putBack(
      Release release,
      Renaming renaming,
      ObjectName from,
      ObjectName to,
      List<String> batches,
      List<Change> changes) {
    if (!release.columns().isEmpty()) {
      putBackColumns(release.columns(), renaming, from, to, batches, changes);
    }
    for (DatabaseObject object : release.taken()) {
      Optional<DatabaseObject> renamed = withExpression(object, renaming, from, to.last());
      if (renamed.isPresent()) {
        batches.addAll(Statements.create(renamed.get()));
        changes.add(new Change.Created(renamed.get()));
        database.add(renamed.get());
      } else if (!isDescribed(renaming.of(object))) {
        refuseExpression(from, object.title());
      }
    }
  }

  private void putBackColumns(
      List<Column.Computed> columns,
      Renaming renaming,
      ObjectName from,
      ObjectName to,
      List<String> batches,
      List<Change> changes) {
    Table table = table(to.owner()).orElseThrow();
    List<Column> all = new ArrayList<>(table.columns());
    List<NewColumn> added = new ArrayList<>();
    for (Column.Computed column : columns) {
      Optional<String> expression =
          Expressions.renamed(column.expression(), from.last(), to.last(), rule);
      if (expression.isPresent()) {
        Column renamed =
            ((Column.Computed) renaming.of(table.name(), column)).with(expression.get());
        all.add(renamed);
        added.add(NewColumn.plain(renamed));
      } else {
        refuseExpression(from, table.name().child(column.name()).toString());
      }
    }
    Table whole = table.with(all);
    batches.addAll(TableStatements.addColumns(table.name(), added));
    changes.add(new Change.Altered(table, whole));
    database.replace(table, whole);
  }

  /// The object as it is after the renaming; empty where its expression does not show what the
  /// column is in it.
  private Optional<DatabaseObject> withExpression(
      DatabaseObject object, Renaming renaming, ObjectName from, String newName) {
    return switch (renaming.of(object)) {
      case CheckConstraint check ->
          renamed(check.expression(), object, from, newName).map(check::keptWith);
      case Index index when index.filter() != null ->
          renamed(index.filter(), object, from, newName).map(index::with);
      case DatabaseObject other -> Optional.of(other);
    };
  }

  private Optional<String> renamed(
      String expression, DatabaseObject object, ObjectName from, String newName) {
    return object.references().stream().anyMatch(reference -> rule.same(reference, from))
        ? Expressions.renamed(expression, from.last(), newName, rule)
        : Optional.of(expression);
  }

  /// Whether the package has it, so that the comparison makes it again.
  private boolean isDescribed(DatabaseObject object) {
    ObjectName name = object.name();
    return name != null
        && described.objects().stream()
            .filter(one -> one.type() == object.type() && !leftOut.has(one))
            .anyMatch(one -> one.name() != null && rule.same(one.name(), name));
  }

  private void refuseExpression(ObjectName column, String holder) {
    refusals.add(
        "the column %s is to be renamed, and how %s speaks of it is not understood"
            .formatted(column, holder));
  }

  private void renameIndex(ObjectName from, ObjectName to) {
    Optional<DatabaseObject> index = object(from, ObjectType.INDEX);
    if (index.isPresent() && object(to, ObjectType.INDEX).isEmpty()) {
      List<Change> changes = new ArrayList<>();
      rename(new Renaming(Renaming.What.INDEX, from, to, rule), changes);
      step(
          from,
          to,
          RenameStatements.rename(from, to.last(), Renamed.INDEX),
          changes,
          new Release(database, rule, refusals, from),
          ObjectType.INDEX);
    }
  }

  private void renameObject(RefactorOperation operation, ObjectName from, ObjectName to) {
    Optional<ObjectType> type = ObjectType.of(operation.elementType());
    Optional<DatabaseObject> object = type.flatMap(known -> object(from, known));
    boolean caseOnly = rule.same(from, to);
    if (object.isEmpty() || (!caseOnly && object(to, type.orElseThrow()).isPresent())) {
      return;
    }
    if (!isRenamed(type.orElseThrow())) {
      refusals.add(
          "the log of renames calls %s %s from now on, and objects of the type %s are not renamed"
              .formatted(from, to, operation.elementType()));
      return;
    }
    if (from.parts().size() != 2) {
      return;
    }
    if (!caseOnly && isTaken(to)) {
      refusals.add(
          "%s is to be renamed to %s, and there is another object of that name"
              .formatted(from, to));
      return;
    }
    Release release = new Release(database, rule, refusals, from);
    if (!(object.get() instanceof Constraint)) {
      release.object(object.get(), from);
    }
    Renaming renaming = new Renaming(Renaming.What.OBJECT, from, to, rule);
    List<Change> changes = new ArrayList<>(release.changes());
    List<String> batches = new ArrayList<>(release.batches());
    if (operation.change() instanceof MoveToSchema) {
      batches.addAll(schema(to.owner(), changes));
      batches.addAll(moved(object.get(), renaming, to));
    } else {
      batches.addAll(RenameStatements.rename(from, to.last(), Renamed.OBJECT));
    }
    rename(renaming, changes);
    noteRelease(release);
    step(from, to, batches, changes, release, type.orElseThrow());
  }

  private boolean isTaken(ObjectName name) {
    return database.near(name).stream()
        .filter(object ->
            switch (object.type()) {
              case INDEX, ALIAS_TYPE, TABLE_TYPE, UNMODELLED -> false;
              default -> true;
            })
        .anyMatch(object -> object.name() != null && rule.same(object.name(), name));
  }

  /// A schema that is new has to be there before anything moves to it; who owns it is looked at
  /// later.
  private List<String> schema(ObjectName name, List<Change> changes) {
    if (rule.same(name.last(), "dbo") || object(name, ObjectType.SCHEMA).isPresent()) {
      return List.of();
    }
    if (described.objects(Schema.class).stream().noneMatch(one -> rule.same(one.name(), name))) {
      refusals.add(
          "the log of renames moves something to the schema %s, which is neither in the database"
                  .formatted(name)
              + " nor in the package");
    }
    Schema schema = new Schema(name, "dbo");
    database.add(schema);
    changes.add(new Change.Created(schema));
    return Statements.create(schema);
  }

  /// The server takes away all permissions on what it moves; they are given again.
  private List<String> moved(DatabaseObject object, Renaming renaming, ObjectName to) {
    ObjectName from = Objects.requireNonNull(object.name());
    List<String> batches =
        new ArrayList<>(RenameStatements.transfer(from, to.parts().getFirst(), object.type()));
    for (DatabaseObject other : database.near(from)) {
      if (other instanceof Permission permission
          && permission.securableClass() == Permission.SecurableClass.OBJECT
          && permission.securable() != null
          && rule.same(permission.securable(), from)) {
        batches.addAll(Statements.create(renaming.of(permission)));
      }
    }
    return batches;
  }

  private static boolean isRenamed(ObjectType type) {
    return switch (type) {
      case TABLE,
          VIEW,
          PROCEDURE,
          SCALAR_FUNCTION,
          INLINE_FUNCTION,
          TABLE_FUNCTION,
          TRIGGER,
          SEQUENCE,
          SYNONYM,
          PRIMARY_KEY,
          UNIQUE,
          FOREIGN_KEY,
          CHECK,
          DEFAULT ->
          true;
      case SCHEMA,
          ROLE,
          ROLE_MEMBER,
          USER,
          PERMISSION,
          ALIAS_TYPE,
          TABLE_TYPE,
          INDEX,
          EXTENDED_PROPERTY,
          UNMODELLED ->
          false;
    };
  }

  private void rename(Renaming renaming, List<Change> changes) {
    for (DatabaseObject object : database.near(renaming.from())) {
      DatabaseObject renamed = renaming.of(object);
      if (!renamed.equals(object)) {
        changes.add(new Change.Altered(object, renamed));
        database.replace(object, renamed);
      }
    }
    unbound.replaceAll(renaming::of);
    lost.replaceAll(index -> (Index) renaming.of(index));
    done.add(renaming);
  }

  private void noteRelease(Release release) {
    release.unbound().forEach(module -> unbound.add(module.name()));
    lost.addAll(release.lost());
  }

  private void step(
      ObjectName from,
      ObjectName to,
      List<String> batches,
      List<Change> changes,
      Release release,
      ObjectType type) {
    List<Operation> operations = new ArrayList<>();
    operations.add(new Operation(Operation.Kind.RENAME, to.toString(), type));
    for (SqlModule module : release.unbound()) {
      operations.add(new Operation(Operation.Kind.UNBIND, module.title(), module.type()));
    }
    steps.add(
        new Step(
            Phase.RENAME,
            "Rename %s to %s".formatted(from, to),
            batches,
            true,
            operations,
            changes));
  }

  private Optional<Table> table(ObjectName name) {
    return object(name, ObjectType.TABLE).map(Table.class::cast);
  }

  private Optional<DatabaseObject> object(ObjectName name, ObjectType type) {
    return database.find(name, type);
  }
}
