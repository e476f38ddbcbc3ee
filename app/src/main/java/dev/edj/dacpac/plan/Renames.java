package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.file.RefactorOperation;
import dev.edj.dacpac.file.RefactorOperation.MoveToSchema;
import dev.edj.dacpac.file.RefactorOperation.Rename;
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
import dev.edj.dacpac.tsql.RenameStatements;
import dev.edj.dacpac.tsql.RenameStatements.Renamed;
import dev.edj.dacpac.tsql.Statements;
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
      if (!isLeftOut(operation)) {
        keys.add(operation.key());
        apply(operation);
      } else if (renamed(operation).isPresent()) {
        waiting.add(operation.element());
      }
    }
  }

  /// Of what is left out and not there, nothing can be renamed either.
  private boolean isLeftOut(RefactorOperation operation) {
    return leftOut.excludes(operation.elementType())
        || renamed(operation).filter(leftOut::has).isPresent();
  }

  /// The table, for a column.
  private Optional<DatabaseObject> renamed(RefactorOperation operation) {
    ObjectName element = operation.element();
    return switch (operation.elementType()) {
      case "SqlSimpleColumn", "SqlComputedColumn" ->
          element.parts().size() == 3
              ? table(element.owner())
                  .filter(table -> table.column(element.last(), rule).isPresent())
                  .map(DatabaseObject.class::cast)
              : Optional.empty();
      default -> ObjectType.of(operation.elementType()).flatMap(type -> object(element, type));
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
    Renaming renaming = new Renaming(Renaming.What.COLUMN, from, to, rule);
    Release release = new Release(database, renaming, rule, refusals);
    release.column(from);
    release.batches().addAll(RenameStatements.rename(from, to.last(), Renamed.COLUMN));
    rename(renaming, release.changes());
    release.putBack(this::isDescribed);
    step(renaming, release, ObjectType.TABLE);
  }

  private boolean isTaken(Table table, String from, String to) {
    return !rule.same(from, to) && table.column(to, rule).isPresent();
  }

  /// Whether the package has it, so that the comparison makes it again.
  private boolean isDescribed(DatabaseObject object) {
    ObjectName name = object.name();
    return name != null
        && described.objects().stream()
            .filter(one -> one.type() == object.type() && !leftOut.has(one))
            .anyMatch(one -> one.name() != null && rule.same(one.name(), name));
  }

  private void renameIndex(ObjectName from, ObjectName to) {
    Optional<DatabaseObject> index = object(from, ObjectType.INDEX);
    if (index.isPresent() && object(to, ObjectType.INDEX).isEmpty()) {
      Renaming renaming = new Renaming(Renaming.What.INDEX, from, to, rule);
      Release nothing = new Release(database, renaming, rule, refusals);
      nothing.batches().addAll(RenameStatements.rename(from, to.last(), Renamed.INDEX));
      rename(renaming, nothing.changes());
      step(renaming, nothing, ObjectType.INDEX);
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
    Renaming renaming = new Renaming(Renaming.What.OBJECT, from, to, rule);
    Release release = new Release(database, renaming, rule, refusals);
    if (!(object.get() instanceof Constraint)) {
      release.object(object.get());
    }
    if (operation.change() instanceof MoveToSchema) {
      release.batches().addAll(schema(to.owner(), release.changes()));
      release.batches().addAll(moved(object.get(), renaming, to));
    } else {
      release.batches().addAll(RenameStatements.rename(from, to.last(), Renamed.OBJECT));
    }
    rename(renaming, release.changes());
    done.add(renaming);
    step(renaming, release, type.orElseThrow());
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
  }

  private void step(Renaming renaming, Release release, ObjectType type) {
    List<Operation> operations = new ArrayList<>();
    operations.add(new Operation(Operation.Kind.RENAME, renaming.to().toString(), type));
    for (SqlModule module : release.unbound()) {
      operations.add(new Operation(Operation.Kind.UNBIND, module.title(), module.type()));
      unbound.add(module.name());
    }
    lost.addAll(release.lost());
    steps.add(
        new Step(
            Phase.RENAME,
            "Rename %s to %s".formatted(renaming.from(), renaming.to()),
            release.batches(),
            true,
            operations,
            release.changes()));
  }

  private Optional<Table> table(ObjectName name) {
    return object(name, ObjectType.TABLE).map(Table.class::cast);
  }

  private Optional<DatabaseObject> object(ObjectName name, ObjectType type) {
    return database.find(name, type);
  }
}
