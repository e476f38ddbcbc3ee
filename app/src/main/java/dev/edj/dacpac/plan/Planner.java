package dev.edj.dacpac.plan;

import static dev.edj.dacpac.plan.PublishOption.DROP_CONSTRAINTS_NOT_IN_SOURCE;
import static dev.edj.dacpac.plan.PublishOption.DROP_DML_TRIGGERS_NOT_IN_SOURCE;
import static dev.edj.dacpac.plan.PublishOption.DROP_EXTENDED_PROPERTIES_NOT_IN_SOURCE;
import static dev.edj.dacpac.plan.PublishOption.DROP_INDEXES_NOT_IN_SOURCE;
import static dev.edj.dacpac.plan.PublishOption.DROP_OBJECTS_NOT_IN_SOURCE;
import static dev.edj.dacpac.plan.PublishOption.DROP_PERMISSIONS_NOT_IN_SOURCE;
import static dev.edj.dacpac.plan.PublishOption.DROP_ROLE_MEMBERS_NOT_IN_SOURCE;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_COLUMN_ORDER;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_EXTENDED_PROPERTIES;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_PERMISSIONS;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_ROLE_MEMBERSHIP;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Sequence;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Works out what has to be done to a database so that it becomes what a package describes.
///
/// The renames come first, since after them the comparison sees fewer differences. Then each object
/// is found in both databases, or in one; [Expansion] adds what stands in the way; [Steps] puts all
/// of it in order and into T-SQL. Nothing is left out silently: what cannot be done refuses the
/// whole deployment.
public final class Planner {

  private final Source source;
  private final PublishOptions options;
  private final NameRule rule;
  private final Refusals refusals = new Refusals();
  private final Comparison comparison;
  private final Renames renames;

  private Planner(Source source, Database target, PublishOptions options) {
    this.source = source;
    this.options = options;
    this.rule = NameRule.of(target);
    this.comparison = new Comparison(options, rule);
    this.renames = new Renames(target, source.database(), rule, refusals);
  }

  /// Plans a deployment; nothing is changed.
  ///
  /// @param target as it is
  /// @throws DacpacException when something cannot be done, with all the reasons
  public static DeploymentPlan plan(Source source, Database target, PublishOptions options)
      throws DacpacException {
    return new Planner(source, target, options).plan();
  }

  private DeploymentPlan plan() throws DacpacException {
    renames.apply(source.renames());
    List<DatabaseObject> present = renames.database().objects();
    List<DatabaseObject> described =
        source.database().objects().stream().filter(object -> concerns(object.type())).toList();
    Matching matching = Matching.of(present, described, rule, comparison);
    Work work = new Work(rule, present, matching);
    Expansion expansion = new Expansion(work, rule, refusals);
    matching.pairs().forEach(pair -> bring(pair.before(), pair.after(), expansion));
    drop(matching, described, expansion);
    expansion.complete();
    create(matching, present, work, expansion);
    expansion.complete();
    refuseRebuilds(work);
    refuseOrphans(work);
    refusals.throwIfAny();
    return new Steps(source, renames, work, matching, options, rule).plan();
  }

  private boolean concerns(ObjectType type) {
    return !options.excludes(type)
        && switch (type) {
          case PERMISSION -> !options.is(IGNORE_PERMISSIONS);
          case ROLE_MEMBER -> !options.is(IGNORE_ROLE_MEMBERSHIP);
          case EXTENDED_PROPERTY -> !options.is(IGNORE_EXTENDED_PROPERTIES);
          default -> true;
        };
  }

  private void bring(DatabaseObject before, DatabaseObject after, Expansion expansion) {
    if (before instanceof Table table && after instanceof Table wanted) {
      TableChange.of(table, wanted, rule, comparison, options.is(IGNORE_COLUMN_ORDER))
          .ifPresent(expansion::change);
    } else if (!comparison.same(before, after)) {
      if (isAlterable(before, after)) {
        expansion.alter(before, after);
      } else {
        if (before instanceof Sequence) {
          refusals.add(
              "the type of the sequence %s changes, and made anew it would give its numbers again"
                  .formatted(before.title()));
        }
        expansion.replace(before);
      }
    }
  }

  private boolean isAlterable(DatabaseObject before, DatabaseObject after) {
    return switch (before.type()) {
      case SCHEMA,
          ROLE,
          PERMISSION,
          EXTENDED_PROPERTY,
          VIEW,
          PROCEDURE,
          SCALAR_FUNCTION,
          INLINE_FUNCTION,
          TABLE_FUNCTION ->
          true;
      case TRIGGER ->
          before instanceof SqlModule one
              && after instanceof SqlModule other
              && one.parent() != null
              && other.parent() != null
              && rule.same(one.parent(), other.parent());
      case USER ->
          before instanceof User one
              && after instanceof User other
              && one.origin() == other.origin();
      case SEQUENCE ->
          before instanceof Sequence one
              && after instanceof Sequence other
              && comparison.same(one.dataType(), other.dataType());
      // Only whether it is switched on differs.
      case FOREIGN_KEY, CHECK ->
          before instanceof Constraint one
              && after instanceof Constraint other
              && comparison.sameDemand(one, other);
      case TABLE,
          PRIMARY_KEY,
          UNIQUE,
          DEFAULT,
          INDEX,
          ALIAS_TYPE,
          TABLE_TYPE,
          SYNONYM,
          ROLE_MEMBER,
          UNMODELLED ->
          false;
    };
  }

  private void drop(Matching matching, List<DatabaseObject> described, Expansion expansion) {
    Set<ObjectName> kept =
        described.stream()
            .map(DatabaseObject::name)
            .filter(name -> name != null)
            .map(rule::key)
            .collect(Collectors.toCollection(HashSet::new));
    for (DatabaseObject object : matching.before()) {
      if (options.mayDrop(object.type()) && concerns(object.type()) && isDropped(object, kept)) {
        expansion.drop(object);
      }
    }
  }

  /// What belongs to something that the package does not describe is left alone with it.
  private boolean isDropped(DatabaseObject object, Set<ObjectName> kept) {
    return switch (object) {
      case Constraint constraint ->
          options.is(DROP_CONSTRAINTS_NOT_IN_SOURCE) && contains(kept, constraint.table());
      case Index index -> options.is(DROP_INDEXES_NOT_IN_SOURCE) && contains(kept, index.on());
      case SqlModule module when module.type() == ObjectType.TRIGGER ->
          options.is(DROP_DML_TRIGGERS_NOT_IN_SOURCE) && contains(kept, module.parent());
      // The server's own user cannot lose what it may do.
      case Permission permission ->
          options.is(DROP_PERMISSIONS_NOT_IN_SOURCE) && !permission.grantee().equals("dbo");
      case ExtendedProperty property ->
          options.is(DROP_EXTENDED_PROPERTIES_NOT_IN_SOURCE) && isHostKept(property, kept);
      default ->
          switch (object.type()) {
            case ROLE_MEMBER -> options.is(DROP_ROLE_MEMBERS_NOT_IN_SOURCE);
            case UNMODELLED -> false;
            default -> options.is(DROP_OBJECTS_NOT_IN_SOURCE);
          };
    };
  }

  private boolean isHostKept(ExtendedProperty property, Set<ObjectName> kept) {
    ObjectName host = property.host();
    if (host == null) {
      return true;
    }
    return switch (property.hostType()) {
      case TABLE_COLUMN, VIEW_COLUMN, PARAMETER_OF_PROCEDURE, PARAMETER_OF_FUNCTION ->
          contains(kept, host.owner());
      default -> contains(kept, host);
    };
  }

  private boolean contains(Set<ObjectName> names, @Nullable ObjectName name) {
    return name != null && names.contains(rule.key(name));
  }

  private void create(
      Matching matching, List<DatabaseObject> present, Work work, Expansion expansion) {
    Conflicts conflicts = new Conflicts(present, rule);
    for (DatabaseObject object : matching.after()) {
      conflicts.with(object).stream()
          .filter(other -> !work.goes(other))
          .forEach(other -> makeRoom(object, other, expansion));
      work.create(object);
    }
  }

  private void makeRoom(DatabaseObject wanted, DatabaseObject present, Expansion expansion) {
    if (Conflicts.isReplaceable(present, wanted) && options.mayDrop(present.type())) {
      expansion.drop(present);
    } else {
      refusals.add(Conflicts.reason(present, wanted));
    }
  }

  private void refuseRebuilds(Work work) {
    for (TableChange change : work.tables()) {
      for (TableChange.Altered altered : change.altered()) {
        boolean named =
            !altered.before().dataType().builtIn() || !altered.after().dataType().builtIn();
        if (named && altered.losesValues()) {
          refusals.add(
              "the column %s changes to or from a type with a name of its own, which is not handled"
                  .formatted(change.before().name().child(altered.before().name())));
        }
      }
    }
    if (!options.is(PublishOption.ALLOW_TABLE_RECREATION)) {
      for (TableChange change : work.tables()) {
        if (change.rebuilt()) {
          refusals.add(
              "the table %s would have to be rebuilt, because %s; AllowTableRecreation is False"
                  .formatted(change.before().name(), change.why()));
        }
      }
    }
  }

  /// A foreign key of a table that the package does not describe may point at a key that goes.
  private void refuseOrphans(Work work) {
    Keys keys = new Keys(rule);
    List<DatabaseObject> created = work.created();
    work.present().stream().filter(object -> !work.goes(object)).forEach(keys::add);
    created.forEach(keys::add);
    for (DatabaseObject object : created) {
      if (object instanceof ForeignKey key && !keys.hasKeyFor(key)) {
        refusals.add(
            "the foreign key %s of %s points at columns of %s that are no key any more"
                .formatted(key.title(), key.table(), key.foreignTable()));
      }
    }
  }

  /// Which columns of which tables are unique.
  private static final class Keys {

    private final NameRule rule;
    private final Map<ObjectName, List<Set<String>>> byTable = new HashMap<>();

    Keys(NameRule rule) {
      this.rule = rule;
    }

    void add(DatabaseObject object) {
      switch (object) {
        case KeyConstraint key -> add(key.table(), key.columns());
        case Index index when index.unique() && index.filter() == null ->
            add(index.on(), index.columns());
        default -> {
          // Makes nothing unique.
        }
      }
    }

    private void add(ObjectName table, List<KeyColumn> columns) {
      byTable
          .computeIfAbsent(rule.key(table), key -> new ArrayList<>())
          .add(columns.stream().map(column -> rule.key(column.name())).collect(Collectors.toSet()));
    }

    boolean hasKeyFor(ForeignKey key) {
      Set<String> columns =
          key.foreignColumns().stream().map(rule::key).collect(Collectors.toSet());
      return byTable.getOrDefault(rule.key(key.foreignTable()), List.of()).contains(columns);
    }
  }
}
