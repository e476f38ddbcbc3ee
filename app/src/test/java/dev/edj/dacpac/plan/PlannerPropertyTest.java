package dev.edj.dacpac.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.file.RefactorOperation;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Table;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Plans between databases by chance, done to models.
class PlannerPropertyTest {

  private static final PublishOptions DROP_EVERYTHING =
      new PublishOptions(
          Map.of(
              PublishOption.DROP_OBJECTS_NOT_IN_SOURCE, true,
              PublishOption.DROP_PERMISSIONS_NOT_IN_SOURCE, true,
              PublishOption.DROP_ROLE_MEMBERS_NOT_IN_SOURCE, true),
          Set.of(),
          Set.of(),
          Map.of());

  @Test
  void aPlanMakesOneDatabaseTheOtherAndTheNextPlanIsEmpty() throws DacpacException {
    int refused = 0;
    Map<Operation.Kind, Integer> done = new EnumMap<>(Operation.Kind.class);
    for (int seed = 0; seed < 1_000; seed++) {
      RandomDatabases random = new RandomDatabases(seed);
      Database before = random.database();
      Database after = random.database();
      DeploymentPlan plan;
      try {
        plan = Planner.plan(Source.of(after), before, DROP_EVERYTHING);
      } catch (DacpacException e) {
        refused++;
        continue;
      }
      plan.steps().stream()
          .flatMap(step -> step.operations().stream())
          .forEach(operation -> done.merge(operation.kind(), 1, Integer::sum));
      Database now = applied(plan, before, seed);
      assertThat(titles(now)).as("seed %d", seed).isEqualTo(titles(after));
      assertThat(Planner.plan(Source.of(after), now, DROP_EVERYTHING).steps())
          .as("a second plan of seed %d", seed)
          .isEmpty();
    }
    assertThat(refused).isLessThan(20);
    assertThat(done)
        .as("what the plans did")
        .containsOnlyKeys(
            Operation.Kind.DROP,
            Operation.Kind.TABLE_REBUILD,
            Operation.Kind.UNBIND,
            Operation.Kind.ALTER,
            Operation.Kind.CREATE,
            Operation.Kind.REFRESH)
        .allSatisfy((kind, times) -> assertThat(times).as(kind.title()).isGreaterThan(100));
  }

  @Test
  void aLogOfRenamesIsDoneWhateverStandsOnTheNames() throws DacpacException {
    int refused = 0;
    long renamed = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      RandomDatabases random = new RandomDatabases(seed);
      Database before = random.database();
      List<RefactorOperation> log = random.renames(before);
      Database after = renamed(random.database(), log);
      Source source = new Source(after, log, null, null);
      DeploymentPlan plan;
      try {
        plan = Planner.plan(source, before, DROP_EVERYTHING);
      } catch (DacpacException e) {
        refused++;
        continue;
      }
      renamed += plan.steps().stream().filter(step -> step.phase() == Phase.RENAME).count();
      Database now = applied(plan, before, seed);
      assertThat(titles(now)).as("seed %d", seed).isEqualTo(titles(after));
      Set<UUID> done = log.stream().map(RefactorOperation::key).collect(Collectors.toSet());
      Database noted = new Database(now.collation(), now.caseSensitive(), now.objects(), done);
      assertThat(Planner.plan(source, noted, DROP_EVERYTHING).steps())
          .as("a second plan of seed %d", seed)
          .isEmpty();
    }
    assertThat(refused).isLessThan(40);
    assertThat(renamed).isGreaterThan(1_000);
  }

  /// A database with the new names, also in its texts.
  private static Database renamed(Database database, List<RefactorOperation> log) {
    List<DatabaseObject> objects = database.objects();
    for (RefactorOperation operation : log) {
      boolean column = operation.element().parts().size() == 3;
      ObjectName to =
          operation
              .element()
              .owner()
              .child(((RefactorOperation.Rename) operation.change()).newName());
      Renaming renaming =
          new Renaming(
              column ? Renaming.What.COLUMN : Renaming.What.OBJECT,
              operation.element(),
              to,
              NameRule.of(database));
      objects =
          objects.stream()
              .map(object -> withText(object, renaming.of(object), operation.element(), to))
              .toList();
    }
    return new Database(
        database.collation(), database.caseSensitive(), objects, database.renamesDone());
  }

  private static DatabaseObject withText(
      DatabaseObject before, DatabaseObject after, ObjectName from, ObjectName to) {
    String old = ObjectName.quoted(from.last());
    String name = ObjectName.quoted(to.last());
    return switch (after) {
      case CheckConstraint check when before.references().contains(from) ->
          check.keptWith(check.expression().replace(old, name));
      case Index index when index.filter() != null && before.references().contains(from) ->
          index.with(index.filter().replace(old, name));
      case Table table when before.references().contains(from) ->
          table.with(
              table.columns().stream()
                  .map(column ->
                      column instanceof Column.Computed computed
                          ? computed.with(computed.expression().replace(old, name))
                          : column)
                  .toList());
      case SqlModule module ->
          module.withText(
              module.text().replace(from.toString(), to.toString()), module.schemaBound());
      default -> after;
    };
  }

  @Test
  void whatThePackageDoesNotHaveStaysByDefault() throws DacpacException {
    for (int seed = 0; seed < 1_000; seed++) {
      RandomDatabases random = new RandomDatabases(seed);
      Database before = random.database();
      Database after = random.database();
      DeploymentPlan plan;
      try {
        plan = Planner.plan(Source.of(after), before, PublishOptions.DEFAULT);
      } catch (DacpacException e) {
        continue;
      }
      Database now = applied(plan, before, seed);
      assertThat(topLevel(now)).as("seed %d", seed).containsAll(topLevel(before));
      assertThat(Planner.plan(Source.of(after), now, PublishOptions.DEFAULT).steps())
          .as("a second plan of seed %d", seed)
          .isEmpty();
    }
  }

  private static Database applied(DeploymentPlan plan, Database before, int seed) {
    try {
      return SimulatedDatabase.after(plan, before);
    } catch (IllegalStateException e) {
      throw new AssertionError("seed %d: %s".formatted(seed, e.getMessage()), e);
    }
  }

  /// What is excluded or not to be dropped keeps, in a database, the schema that it is in.
  @Test
  void whatIsExcludedStaysAsItIsAndNothingIsMadeOfIt() throws DacpacException {
    List<String> types =
        Arrays.stream(ObjectType.values())
            .map(ObjectType::element)
            .filter(type -> !type.isEmpty())
            .toList();
    int done = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      RandomDatabases random = new RandomDatabases(seed);
      Database before = random.database();
      Database after = random.database();
      String type = types.get(seed % types.size());
      PublishOptions options =
          new PublishOptions(
              DROP_EVERYTHING.values(),
              Set.of(type),
              Set.of(types.get(seed / types.size() % types.size())),
              Map.of());
      DeploymentPlan plan;
      try {
        plan = Planner.plan(Source.of(after), before, options);
      } catch (DacpacException e) {
        continue;
      }
      done++;
      Database now = applied(plan, before, seed);
      // A part goes where what it belongs to goes.
      assertThat(titles(before, type)).as("seed %d", seed).containsAll(titles(now, type));
      assertThat(topLevel(now, type))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(topLevel(before, type));
      assertThat(Planner.plan(Source.of(after), now, options).steps())
          .as("a second plan of seed %d", seed)
          .isEmpty();
    }
    assertThat(done).isGreaterThan(700);
  }

  private static List<String> titles(Database database, String type) {
    return of(type, database).map(DatabaseObject::title).toList();
  }

  private static List<String> topLevel(Database database, String type) {
    return of(type, database)
        .filter(PlannerPropertyTest::isTopLevel)
        .map(DatabaseObject::title)
        .toList();
  }

  private static Stream<DatabaseObject> of(String type, Database database) {
    return database.objects().stream().filter(object -> object.type().element().equals(type));
  }

  /// Of constraints the names may differ: one that the server may name keeps the name it has.
  private static List<String> titles(Database database) {
    return database.objects().stream()
        .filter(object -> !(object instanceof Constraint))
        .map(object -> object.type() + " " + object.title())
        .sorted()
        .toList();
  }

  private static List<String> topLevel(Database database) {
    return database.objects().stream()
        .filter(PlannerPropertyTest::isTopLevel)
        .map(DatabaseObject::title)
        .toList();
  }

  private static boolean isTopLevel(DatabaseObject object) {
    return switch (object.type()) {
      case TABLE,
          VIEW,
          PROCEDURE,
          SCALAR_FUNCTION,
          SCHEMA,
          ROLE,
          USER,
          SEQUENCE,
          SYNONYM,
          TABLE_TYPE,
          ALIAS_TYPE ->
          true;
      default -> false;
    };
  }
}
