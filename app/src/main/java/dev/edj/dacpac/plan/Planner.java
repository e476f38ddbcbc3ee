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
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.User;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private final Aliases aliases;
  private final LeftOut leftOut;
  private final Renames renames;
  private final List<Alert> alerts = new ArrayList<>();

  private Planner(Source source, Database target, PublishOptions options) {
    this.source = source;
    this.options = options;
    this.rule = NameRule.of(target);
    this.comparison = new Comparison(options, rule);
    this.aliases = new Aliases(target, source.database(), rule);
    this.leftOut =
        new LeftOut(
            Stream.of(target, source.database())
                .flatMap(database -> database.objects().stream())
                .toList(),
            options,
            rule);
    this.renames = new Renames(target, source.database(), rule, leftOut, refusals);
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
    for (ObjectName waiting : renames.waiting()) {
      alerts.add(
          new Alert(
              Alert.Kind.LEFT_ALONE,
              "%s has another name in the package, and keeps the old one, because it is left out."
                  .formatted(waiting),
              waiting.toString()));
    }
    List<DatabaseObject> present = renames.database().objects();
    List<DatabaseObject> described =
        source.database().objects().stream().filter(this::concerns).toList();
    Matching matching = Matching.of(present, described, rule, comparison);
    Work work = new Work(rule, present, matching);
    Expansion expansion = new Expansion(work, rule, refusals);
    matching.pairs().forEach(pair -> bring(pair.before(), pair.after(), expansion));
    drop(present, matching, described, expansion);
    expansion.complete();
    create(matching, present, work, expansion);
    expansion.complete();
    refuseRebuilds(work);
    new ForeignKeys(work, rule, comparison, aliases).refuse(refusals);
    refuseUnbound(matching, described, work);
    new Needs(source.database(), present, options, rule).refuseMissing(work, refusals);
    refusals.throwIfAny();
    return new Steps(source, renames, work, matching, options, rule, alerts).plan();
  }

  private boolean concerns(DatabaseObject object) {
    return !leftOut.has(object)
        && switch (object.type()) {
          case PERMISSION -> !options.is(IGNORE_PERMISSIONS);
          case ROLE_MEMBER -> !options.is(IGNORE_ROLE_MEMBERSHIP);
          case EXTENDED_PROPERTY -> !options.is(IGNORE_EXTENDED_PROPERTIES);
          default -> true;
        };
  }

  private void bring(DatabaseObject before, DatabaseObject after, Expansion expansion) {
    if (before instanceof Table table && after instanceof Table wanted) {
      TableChange.of(table, wanted, rule, comparison, aliases, options.is(IGNORE_COLUMN_ORDER))
          .ifPresent(expansion::change);
    } else if (!comparison.same(before, after)) {
      if (isAlterable(before, after)) {
        expansion.alter(before, after);
      } else {
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
          SEQUENCE,
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

  private void drop(
      List<DatabaseObject> present,
      Matching matching,
      List<DatabaseObject> described,
      Expansion expansion) {
    Set<ObjectName> kept =
        described.stream()
            .map(DatabaseObject::name)
            .filter(name -> name != null)
            .map(rule::key)
            .collect(Collectors.toCollection(HashSet::new));
    List<Schema> schemas = new ArrayList<>();
    Set<String> inUse = new HashSet<>();
    described.forEach(object -> schemaOf(object).ifPresent(inUse::add));
    Set<DatabaseObject> unmatched = Work.identitySet();
    unmatched.addAll(matching.before());
    for (DatabaseObject object : present) {
      boolean dropped =
          unmatched.contains(object)
              && options.mayDrop(object.type())
              && concerns(object)
              && isDropped(object, kept);
      if (dropped && object instanceof Schema schema) {
        schemas.add(schema);
      } else if (dropped) {
        expansion.drop(object);
      } else {
        schemaOf(object).ifPresent(inUse::add);
      }
    }
    dropEmpty(schemas, inUse, expansion);
  }

  /// The schema in which an object stays by itself; a part goes and stays with what it belongs to.
  private Optional<String> schemaOf(DatabaseObject object) {
    ObjectName name = object.name();
    return name == null || name.parts().size() < 2 || Work.owner(object) != null
        ? Optional.empty()
        : Optional.of(rule.key(name.parts().getFirst()));
  }

  /// The server does not drop a schema that something is in.
  private void dropEmpty(List<Schema> schemas, Set<String> inUse, Expansion expansion) {
    for (Schema schema : schemas) {
      if (inUse.contains(rule.key(schema.name().last()))) {
        alerts.add(
            new Alert(
                Alert.Kind.LEFT_ALONE,
                "The schema %s is not in the package, and stays, because something in it does."
                    .formatted(schema.name()),
                schema.name().toString()));
      } else {
        expansion.drop(schema);
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
        if (altered.type() == TypeChange.UNKNOWN) {
          refusals.add(
              "the column %s changes to or from a type that is not handled"
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

  /// What let go of something that was renamed is bound again by what the package says of it.
  private void refuseUnbound(Matching matching, List<DatabaseObject> described, Work work) {
    Set<ObjectName> unbound = renames.unbound().stream().map(rule::key).collect(Collectors.toSet());
    for (DatabaseObject object : matching.before()) {
      if (object instanceof SqlModule && contains(unbound, object.name()) && !work.goes(object)) {
        refusals.add(
            "%s is bound to what is to be renamed, and the package does not describe it"
                .formatted(object.title()));
      }
    }
    if (options.mayDrop(ObjectType.INDEX) && options.is(DROP_INDEXES_NOT_IN_SOURCE)) {
      return;
    }
    Set<ObjectName> indexes =
        described.stream()
            .filter(Index.class::isInstance)
            .map(object -> rule.key(((Index) object).name()))
            .collect(Collectors.toSet());
    for (Index index : renames.lost()) {
      if (!contains(indexes, index.name())) {
        refusals.add(
            "%s would go with a rename under its view, and the package does not describe it"
                .formatted(index.title()));
      }
    }
  }
}
