package dev.edj.files;

import dev.edj.files.kind.Secrets;
import dev.edj.files.source.Faults;
import dev.edj.files.source.Place;
import dev.edj.problem.EdjException;
import java.util.function.Consumer;

/// Does what a plan says, one step after the other, and stops at the first that fails.
public final class Application {

  private final Plan plan;
  private final Secrets secrets;

  public Application(Plan plan, Secrets secrets) {
    this.plan = plan;
    this.secrets = secrets;
  }

  /// Goes through all steps, or throws what kept it from one.
  ///
  /// @param next told of each step before it is done
  /// @param done told of each step after it was done
  public void carryOut(Consumer<PlannedStep> next, Consumer<PlannedStep> done) {
    prepareSecrets();
    for (PlannedStep step : plan.steps()) {
      next.accept(step);
      step.carryOut(secrets);
      done.accept(step);
    }
  }

  /// Before anything is changed, everything has to be there that is needed, and room for what the
  /// service makes.
  private void prepareSecrets() {
    Faults faults = new Faults();
    for (PlannedStep step : plan.steps()) {
      Place place = step.place();
      if (place != null) {
        step.needed().forEach(source -> tell(place, faults, () -> secrets.read(source, place)));
        step.saved().ifPresent(to -> tell(place, faults, () -> secrets.check(to, place)));
      }
    }
    faults.refuse();
  }

  private static void tell(Place place, Faults faults, Runnable attempt) {
    try {
      attempt.run();
    } catch (EdjException e) {
      faults.add(place, e.text());
    }
  }
}
