package dev.edj.dacpac.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.DatabaseObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        .filter(object ->
            switch (object.type()) {
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
            })
        .map(DatabaseObject::title)
        .toList();
  }
}
