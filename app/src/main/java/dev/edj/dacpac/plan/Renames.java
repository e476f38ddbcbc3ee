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
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.Unmodelled;
import dev.edj.dacpac.tsql.RenameStatements;
import dev.edj.dacpac.tsql.RenameStatements.Renamed;
import dev.edj.dacpac.tsql.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Does what the package's log of renames says and the database has not done yet, so that a new
/// name is not taken for something dropped and something made.
final class Renames {

  private final NameRule rule;
  private final Refusals refusals;
  private final List<Step> steps = new ArrayList<>();
  private final List<UUID> keys = new ArrayList<>();
  private final List<Renaming> done = new ArrayList<>();
  private final Database described;
  private Database database;

  /// @param database as it is
  /// @param described as the package has it
  Renames(Database database, Database described, NameRule rule, Refusals refusals) {
    this.database = database;
    this.described = described;
    this.rule = rule;
    this.refusals = refusals;
  }

  void apply(List<RefactorOperation> log) {
    for (RefactorOperation operation : log) {
      if (!database.renamesDone().contains(operation.key())) {
        keys.add(operation.key());
        apply(operation);
      }
    }
  }

  /// The database with its new names.
  Database database() {
    return database;
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
    List<String> batches = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    release(from, batches, changes);
    batches.addAll(RenameStatements.rename(from, to.last(), Renamed.COLUMN));
    rename(
        new Renaming(Renaming.What.COLUMN, from, to, rule),
        from,
        to,
        batches,
        changes,
        ObjectType.TABLE);
  }

  private boolean isTaken(Table table, String from, String to) {
    return !rule.same(from, to) && table.column(to, rule).isPresent();
  }

  /// The server does not rename a column that an expression speaks of. Constraints and indexes are
  /// made again by the comparison; the rest is refused.
  private void release(ObjectName column, List<String> batches, List<Change> changes) {
    List<DatabaseObject> left = new ArrayList<>();
    for (DatabaseObject object : database.objects()) {
      boolean holds =
          switch (object) {
            case CheckConstraint check -> speaksOf(check.references(), column);
            case Index index -> speaksOf(index.filterReferences(), column);
            case SqlModule module -> {
              if (module.schemaBound() && speaksOf(module.references(), column)) {
                refusals.add(
                    "the column %s is to be renamed, and %s is bound to it"
                        .formatted(column, module.name()));
              }
              yield false;
            }
            case Table table -> {
              if (hasComputedOver(table, column)) {
                refusals.add(
                    "the column %s is to be renamed, and a computed column speaks of it"
                        .formatted(column));
              }
              yield false;
            }
            case Unmodelled unmodelled -> {
              if (speaksOf(unmodelled.references(), column)) {
                refusals.add(
                    "the column %s is to be renamed, and the %s of it is not handled"
                        .formatted(column, unmodelled.title()));
              }
              yield false;
            }
            default -> false;
          };
      if (holds) {
        batches.addAll(Statements.drop(object));
        changes.add(new Change.Dropped(object));
      } else {
        left.add(object);
      }
    }
    Set<ObjectName> gone =
        changes.stream()
            .map(change -> ((Change.Dropped) change).object().name())
            .filter(Objects::nonNull)
            .map(rule::key)
            .collect(Collectors.toSet());
    left.removeIf(object -> isPropertyOf(object, gone) && changes.add(new Change.Dropped(object)));
    database = with(left);
  }

  /// What describes a constraint or an index goes with it.
  private boolean isPropertyOf(DatabaseObject object, Set<ObjectName> hosts) {
    return object instanceof ExtendedProperty property
        && property.host() != null
        && hosts.contains(rule.key(property.host()));
  }

  private boolean hasComputedOver(Table table, ObjectName column) {
    return table.columns().stream()
        .anyMatch(other ->
            other instanceof Column.Computed computed && speaksOf(computed.references(), column));
  }

  private boolean speaksOf(Set<ObjectName> references, ObjectName column) {
    return references.stream().anyMatch(reference -> rule.same(reference, column));
  }

  private void renameIndex(ObjectName from, ObjectName to) {
    Optional<DatabaseObject> index = object(from, ObjectType.INDEX);
    if (index.isPresent() && object(to, ObjectType.INDEX).isEmpty()) {
      rename(
          new Renaming(Renaming.What.INDEX, from, to, rule),
          from,
          to,
          new ArrayList<>(RenameStatements.rename(from, to.last(), Renamed.INDEX)),
          new ArrayList<>(),
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
    refuseBound(object.get(), from);
    Renaming renaming = new Renaming(Renaming.What.OBJECT, from, to, rule);
    List<Change> changes = new ArrayList<>();
    List<String> batches = new ArrayList<>();
    if (operation.change() instanceof MoveToSchema) {
      batches.addAll(schema(to.owner(), changes));
      batches.addAll(moved(object.get(), renaming, to));
    } else {
      batches.addAll(RenameStatements.rename(from, to.last(), Renamed.OBJECT));
    }
    rename(renaming, from, to, batches, changes, type.orElseThrow());
  }

  private boolean isTaken(ObjectName name) {
    return database.objects().stream()
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
    List<DatabaseObject> objects = new ArrayList<>(database.objects());
    objects.add(schema);
    database = with(objects);
    changes.add(new Change.Created(schema));
    return Statements.create(schema);
  }

  /// The server takes away all permissions on what it moves; they are given again.
  private List<String> moved(DatabaseObject object, Renaming renaming, ObjectName to) {
    ObjectName from = Objects.requireNonNull(object.name());
    List<String> batches =
        new ArrayList<>(RenameStatements.transfer(from, to.parts().getFirst(), object.type()));
    for (DatabaseObject other : database.objects()) {
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

  private void refuseBound(DatabaseObject object, ObjectName from) {
    if (object instanceof Constraint) {
      return;
    }
    for (DatabaseObject other : database.objects()) {
      boolean bound =
          (other instanceof SqlModule module && module.schemaBound())
              || other instanceof Unmodelled;
      if (bound && other.references().stream().anyMatch(name -> startsWith(name, from))) {
        refusals.add("%s is to be renamed, and %s is bound to it".formatted(from, other.title()));
      }
    }
  }

  private boolean startsWith(ObjectName name, ObjectName beginning) {
    int length = beginning.parts().size();
    return name.parts().size() >= length
        && rule.same(new ObjectName(name.parts().subList(0, length)), beginning);
  }

  private void rename(
      Renaming renaming,
      ObjectName from,
      ObjectName to,
      List<String> batches,
      List<Change> changes,
      ObjectType type) {
    List<DatabaseObject> after = new ArrayList<>();
    for (DatabaseObject object : database.objects()) {
      DatabaseObject renamed = renaming.of(object);
      after.add(renamed);
      if (!renamed.equals(object)) {
        changes.add(new Change.Altered(object, renamed));
      }
    }
    database = with(after);
    done.add(renaming);
    steps.add(
        new Step(
            Phase.RENAME,
            "Rename %s to %s".formatted(from, to),
            batches,
            true,
            List.of(new Operation(Operation.Kind.RENAME, to.toString(), type)),
            changes));
  }

  private Database with(List<DatabaseObject> objects) {
    return new Database(
        database.collation(), database.caseSensitive(), objects, database.renamesDone());
  }

  private Optional<Table> table(ObjectName name) {
    return object(name, ObjectType.TABLE).map(Table.class::cast);
  }

  private Optional<DatabaseObject> object(ObjectName name, ObjectType type) {
    return database.objects().stream()
        .filter(object -> object.type() == type)
        .filter(object -> object.name() != null && rule.same(object.name(), name))
        .findFirst();
  }
}
