package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.Sequence;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.Unmodelled;
import dev.edj.dacpac.plan.Operation.Kind;
import dev.edj.dacpac.plan.Work.Fate;
import dev.edj.dacpac.tsql.ConstraintStatements;
import dev.edj.dacpac.tsql.ModuleStatements;
import dev.edj.dacpac.tsql.RenameStatements;
import dev.edj.dacpac.tsql.SchemaBinding;
import dev.edj.dacpac.tsql.Statements;
import dev.edj.dacpac.tsql.TableStatements;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts what is to be done in order, and into T-SQL.
final class Steps {

  private final Source source;
  private final Renames renames;
  private final Work work;
  private final Matching matching;
  private final PublishOptions options;
  private final NameRule rule;
  private final List<Alert> alerts;
  private final Order order;
  private final Guards guards;
  private final List<DatabaseObject> created;
  private final Map<ObjectName, List<DatabaseObject>> createdByTable = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();

  Steps(
      Source source,
      Renames renames,
      Work work,
      Matching matching,
      PublishOptions options,
      NameRule rule,
      List<Alert> alerts) {
    this.source = source;
    this.renames = renames;
    this.work = work;
    this.matching = matching;
    this.options = options;
    this.rule = rule;
    this.alerts = alerts;
    this.order = new Order(rule);
    this.created = work.created();
    for (DatabaseObject object : created) {
      ObjectName owner = Work.owner(object);
      if (owner != null) {
        createdByTable.computeIfAbsent(rule.key(owner), table -> new ArrayList<>()).add(object);
      }
    }
    this.guards = new Guards(work, renames, rule);
  }

  DeploymentPlan plan() {
    script(Phase.PRE_DEPLOYMENT, source.preDeployment(), PublishOption.IGNORE_PRE_DEPLOY_SCRIPT);
    if (options.is(PublishOption.BLOCK_ON_POSSIBLE_DATA_LOSS)) {
      steps.addAll(guards.steps());
    }
    steps.addAll(renames.steps());
    drop();
    List<Item> items = inOrder(items());
    items.forEach(this::step);
    typesInUse().forEach(type -> drop(type, Phase.CHANGE));
    if (options.is(PublishOption.SCRIPT_REFRESH_MODULE)) {
      refresh();
    }
    noteRenames();
    script(Phase.POST_DEPLOYMENT, source.postDeployment(), PublishOption.IGNORE_POST_DEPLOY_SCRIPT);
    if (options.is(PublishOption.SCRIPT_NEW_CONSTRAINT_VALIDATION)) {
      checkConstraints(items);
    }
    return new DeploymentPlan(steps, alerts());
  }

  private void script(Phase phase, @Nullable String text, PublishOption ignore) {
    if (text != null && !text.isBlank() && !options.is(ignore)) {
      String title =
          phase == Phase.PRE_DEPLOYMENT ? "Pre-deployment script" : "Post-deployment script";
      steps.add(new Step(phase, title, List.of(text), false, List.of(), List.of()));
    }
  }

  /// What is unbound and what is dropped stand in one order: a view that goes may be bound to one
  /// that only lets go.
  private void drop() {
    List<DatabaseObject> objects = new ArrayList<>(work.with(Fate.UNBOUND));
    objects.addAll(work.with(Fate.DROPPED));
    objects.removeAll(typesInUse());
    for (DatabaseObject object : order.dependentsFirst(objects)) {
      if (work.fate(object) == Fate.UNBOUND && object instanceof SqlModule module) {
        unbind(module);
      } else {
        drop(object, Phase.DROP);
      }
    }
  }

  /// Types that go, and that tables and sequences have until they are changed.
  private List<DatabaseObject> typesInUse() {
    Set<ObjectName> used = new HashSet<>();
    for (DatabaseObject object : work.present()) {
      if ((object instanceof Table || object instanceof Sequence) && !work.goes(object)) {
        object.references().forEach(name -> used.add(rule.key(name)));
      }
    }
    return work.with(Fate.DROPPED).stream()
        .filter(object -> object instanceof AliasType type && used.contains(rule.key(type.name())))
        .toList();
  }

  private void unbind(SqlModule module) {
    SqlModule loose = loose(module);
    List<Change> changes = new ArrayList<>(goneWith(module));
    changes.add(new Change.Altered(module, loose));
    add(
        Phase.DROP,
        "Unbinding",
        module,
        ModuleStatements.alter(loose),
        List.of(operation(Kind.UNBIND, module)),
        changes);
  }

  private static SqlModule loose(SqlModule module) {
    return SchemaBinding.without(module).orElse(module);
  }

  private void drop(DatabaseObject object, Phase phase) {
    List<Change> changes = new ArrayList<>(goneWith(object));
    changes.add(new Change.Dropped(object));
    add(
        phase,
        "Dropping",
        object,
        Statements.drop(object),
        List.of(operation(Kind.DROP, object)),
        changes);
  }

  /// What the server takes away together with an object.
  private List<Change> goneWith(DatabaseObject owner) {
    List<DatabaseObject> parts = new ArrayList<>(work.parts(owner));
    parts.sort(Comparator.comparingInt(part -> part instanceof ForeignKey ? 0 : 1));
    List<Change> changes = new ArrayList<>();
    for (DatabaseObject part : parts) {
      if (work.fate(part) == Fate.GONE_WITH_OWNER) {
        changes.addAll(goneWith(part));
        changes.add(new Change.Dropped(part));
      }
    }
    return changes;
  }

  private List<Item> items() {
    List<Item> items = new ArrayList<>();
    Set<DatabaseObject> included = Work.identitySet();
    for (TableChange change : work.tables()) {
      Item.Columns columns = columns(change);
      included.addAll(columns.parts());
      items.add(columns);
    }
    for (DatabaseObject object : created) {
      if (object instanceof Table table) {
        List<KeyConstraint> keys = keysOf(table.name());
        included.addAll(keys);
        items.add(new Item.Made(table, keys));
      }
    }
    work.altered().forEach((before, after) -> items.add(new Item.Changed(before, after)));
    for (DatabaseObject object : created) {
      if (!(object instanceof Table) && !included.contains(object)) {
        items.add(new Item.Made(object, List.of()));
      }
    }
    return items;
  }

  private Item.Columns columns(TableChange change) {
    ObjectName table = change.before().name();
    if (change.rebuilt()) {
      List<KeyConstraint> keys = keysOf(table);
      boolean clusteredKey = keys.stream().anyMatch(KeyConstraint::clustered);
      return new Item.Columns(
          change, keys, defaultsOf(table), clusteredKey ? null : clusteredIndexOf(table));
    }
    Set<String> added = new HashSet<>();
    change.added().forEach(column -> added.add(rule.key(column.name())));
    List<DefaultConstraint> defaults =
        defaultsOf(table).stream()
            .filter(value -> added.contains(rule.key(value.column())))
            .toList();
    return new Item.Columns(change, List.of(), defaults, null);
  }

  private List<KeyConstraint> keysOf(ObjectName table) {
    return created(table, KeyConstraint.class);
  }

  private List<DefaultConstraint> defaultsOf(ObjectName table) {
    return created(table, DefaultConstraint.class);
  }

  private @Nullable Index clusteredIndexOf(ObjectName table) {
    return created(table, Index.class).stream().filter(Index::clustered).findFirst().orElse(null);
  }

  private <T extends DatabaseObject> List<T> created(ObjectName table, Class<T> kind) {
    return createdByTable.getOrDefault(rule.key(table), List.of()).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private List<Item> inOrder(List<Item> items) {
    items.sort(Comparator.comparingInt(item -> item instanceof Item.Columns ? 0 : 1));
    return order.dependenciesFirst(items, Item::after, Steps::more);
  }

  private static Set<ObjectName> more(Item item) {
    Set<ObjectName> names = new HashSet<>();
    if (item instanceof Item.Columns columns) {
      columns.defaults().forEach(value -> names.addAll(value.references()));
      names.remove(columns.after().name());
    }
    return names;
  }

  private void step(Item item) {
    switch (item) {
      case Item.Made made -> made(made);
      case Item.Changed changed -> changed(changed);
      case Item.Columns columns -> steps.add(new TableSteps(columns, rule, this::goneWith).step());
    }
  }

  private void made(Item.Made made) {
    DatabaseObject object = unchecked(made.after());
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Created(object));
    made.keys().forEach(key -> changes.add(new Change.Created(key)));
    add(
        Phase.CREATE,
        "Creating",
        object,
        object instanceof Table table
            ? TableStatements.create(table, made.keys(), List.of())
            : Statements.create(object),
        List.of(operation(Kind.CREATE, object)),
        changes);
  }

  /// Rows are looked at in the end, and then for all constraints.
  private static DatabaseObject unchecked(DatabaseObject object) {
    return switch (object) {
      case ForeignKey key -> key.withChecked(false);
      case CheckConstraint check -> check.withChecked(false);
      default -> object;
    };
  }

  private void changed(Item.Changed changed) {
    DatabaseObject before = changed.before();
    boolean unbound = work.fate(before) == Fate.UNBOUND;
    DatabaseObject now = unbound && before instanceof SqlModule module ? loose(module) : before;
    List<Change> changes = new ArrayList<>();
    if (!unbound) {
      changes.addAll(goneWith(before));
    }
    DatabaseObject after =
        before instanceof Constraint ? checkedAs(changed.after(), before) : changed.after();
    changes.add(new Change.Altered(now, after));
    add(
        Phase.CHANGE,
        "Altering",
        after,
        Alterations.batches(before, after, unbound, rule),
        List.of(operation(Kind.ALTER, after)),
        changes);
  }

  /// A constraint that is switched on is not checked by that.
  private static DatabaseObject checkedAs(DatabaseObject after, DatabaseObject before) {
    return switch (after) {
      case ForeignKey key ->
          key.withChecked(before instanceof ForeignKey was && was.checked() && was.enabled());
      case CheckConstraint check ->
          check.withChecked(
              before instanceof CheckConstraint was && was.checked() && was.enabled());
      default -> after;
    };
  }

  /// Modules that stay as they are, and speak of something that does not.
  private void refresh() {
    Set<ObjectName> touched = new HashSet<>();
    work.tables().forEach(change -> touched.add(rule.key(change.before().name())));
    for (Step step : renames.steps()) {
      for (Change change : step.changes()) {
        if (change instanceof Change.Altered altered && altered.after().name() != null) {
          touched.add(rule.key(altered.after().name()));
        }
      }
    }
    work.altered().forEach((before, after) -> addModule(before, touched));
    for (DatabaseObject object : order.dependenciesFirst(stale(touched), o -> o, o -> Set.of())) {
      ObjectName name = Objects.requireNonNull(object.name());
      add(
          Phase.REFRESH,
          "Refreshing",
          object,
          ModuleStatements.refresh(name),
          List.of(operation(Kind.REFRESH, object)),
          List.of());
    }
  }

  /// What speaks of a name, or of what speaks of it, in the order of the database.
  private List<DatabaseObject> stale(Set<ObjectName> touched) {
    Map<ObjectName, List<SqlModule>> speaking = new HashMap<>();
    for (DatabaseObject object : work.present()) {
      if (object instanceof SqlModule module && isUntouched(module)) {
        for (ObjectName name : module.references()) {
          ObjectName owner = name.parts().size() > 2 ? name.owner() : name;
          speaking.computeIfAbsent(rule.key(owner), key -> new ArrayList<>()).add(module);
        }
      }
    }
    Set<DatabaseObject> found = Work.identitySet();
    Deque<ObjectName> todo = new ArrayDeque<>(touched);
    while (!todo.isEmpty()) {
      for (SqlModule module : speaking.getOrDefault(todo.remove(), List.of())) {
        if (found.add(module)) {
          todo.add(rule.key(module.name()));
        }
      }
    }
    return work.present().stream().filter(found::contains).toList();
  }

  private void addModule(DatabaseObject object, Set<ObjectName> names) {
    if (object instanceof SqlModule module) {
      names.add(rule.key(module.name()));
    }
  }

  /// A schema-bound module is never stale; a trigger cannot be refreshed before its table is there
  /// again, and is made anew with it.
  private boolean isUntouched(SqlModule module) {
    return !module.schemaBound()
        && work.fate(module) == null
        && !work.isAltered(module)
        && work.wanted(module).isPresent();
  }

  private void noteRenames() {
    if (renames.keys().isEmpty()) {
      return;
    }
    List<String> batches = new ArrayList<>();
    batches.add(RenameStatements.createLog());
    renames.keys().forEach(key -> batches.add(RenameStatements.log(key)));
    steps.add(
        new Step(Phase.REFACTOR_LOG, "Noting the renames", batches, true, List.of(), List.of()));
  }

  private void checkConstraints(List<Item> items) {
    for (Item item : items) {
      switch (item) {
        case Item.Made made -> check(unchecked(made.after()), made.after());
        case Item.Changed changed when changed.before() instanceof Constraint ->
            check(checkedAs(changed.after(), changed.before()), changed.after());
        default -> {
          // Nothing that rows are checked against.
        }
      }
    }
    for (Matching.Pair pair : matching.pairs()) {
      if (work.fate(pair.before()) == null && !work.isAltered(pair.before())) {
        check(pair.before(), pair.after());
      }
    }
  }

  private void check(DatabaseObject now, DatabaseObject wanted) {
    Optional<Constraint> checked =
        switch (now) {
          case ForeignKey key
              when wanted instanceof ForeignKey other
                  && !key.checked()
                  && other.checked()
                  && other.enabled()
                  && !options.is(PublishOption.IGNORE_WITH_NOCHECK_ON_FOREIGN_KEYS) ->
              Optional.of(key.withChecked(true));
          case CheckConstraint check
              when wanted instanceof CheckConstraint other
                  && !check.checked()
                  && other.checked()
                  && other.enabled()
                  && !options.is(PublishOption.IGNORE_WITH_NOCHECK_ON_CHECK_CONSTRAINTS) ->
              Optional.of(check.withChecked(true));
          default -> Optional.empty();
        };
    checked.ifPresent(constraint ->
        steps.add(
            new Step(
                Phase.CONSTRAINT_CHECK,
                "Checking " + constraint.title(),
                ConstraintStatements.check(constraint),
                false,
                List.of(),
                List.of(new Change.Altered(now, constraint)))));
  }

  private List<Alert> alerts() {
    List<Alert> all = new ArrayList<>(guards.alerts());
    all.addAll(alerts);
    clustered().forEach(all::add);
    for (DatabaseObject object : work.present()) {
      if (object instanceof Unmodelled unmodelled) {
        all.add(
            new Alert(
                Alert.Kind.LEFT_ALONE,
                "The %s is not handled, and stays as it is.".formatted(unmodelled.what()),
                unmodelled.name().toString()));
      }
    }
    return all;
  }

  /// A table that has rows puts them in another order then; one that is rebuilt is told of anyway.
  private List<Alert> clustered() {
    Set<ObjectName> tables = new HashSet<>();
    for (DatabaseObject object : work.present()) {
      if (object instanceof Table table
          && !work.goes(table)
          && work.change(table).filter(TableChange::rebuilt).isEmpty()) {
        tables.add(rule.key(table.name()));
      }
    }
    List<Alert> found = new ArrayList<>();
    for (DatabaseObject object : created) {
      boolean clustered =
          switch (object) {
            case KeyConstraint key -> key.clustered() && tables.contains(rule.key(key.table()));
            case Index index -> index.clustered() && tables.contains(rule.key(index.on()));
            default -> false;
          };
      if (clustered) {
        found.add(
            new Alert(
                Alert.Kind.CREATE_CLUSTERED_INDEX,
                "A clustered index is made on a table that is there, which puts its rows in order.",
                object.title()));
      }
    }
    return found;
  }

  private static Operation operation(Kind kind, DatabaseObject object) {
    return new Operation(kind, object.title(), object.type());
  }

  private void add(
      Phase phase,
      String verb,
      DatabaseObject object,
      List<String> batches,
      List<Operation> operations,
      List<Change> changes) {
    if (!batches.isEmpty()) {
      steps.add(
          new Step(
              phase,
              "%s %s...".formatted(verb, object.title()),
              batches,
              true,
              operations,
              changes));
    }
  }
}
