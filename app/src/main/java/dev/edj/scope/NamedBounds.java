package dev.edj.scope;

import dev.edj.problem.EdjException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/// Answers the question of [Bounds] for the doors, which know by its name only what is meant:
/// before a form is shown that would be refused, or a way there is. What is done asks again, in its
/// own transaction.
public final class NamedBounds {

  private final Jdbi jdbi;

  public NamedBounds(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// Whether somebody may do it there. What does not exist lies nowhere, and is refused for that
  /// elsewhere.
  ///
  /// @param name or id, as it stands in a path
  public boolean allow(Scope scope, Right right, Narrowing by, String name) {
    return refusal(scope, right, by, name).isEmpty();
  }

  /// Refuses what somebody may not do there.
  public void require(Scope scope, Right right, Narrowing by, String name) {
    refusal(scope, right, by, name)
        .ifPresent(refusal -> {
          throw refusal;
        });
  }

  private Optional<EdjException> refusal(Scope scope, Right right, Narrowing by, String name) {
    if (scope.area(right).isEverywhere()) {
      return Optional.empty();
    }
    try {
      jdbi.useHandle(handle -> require(Bounds.of(handle, scope, right), by, name));
      return Optional.empty();
    } catch (EdjException e) {
      return Optional.of(e);
    }
  }

  private static void require(Bounds bounds, Narrowing by, String name) {
    switch (by) {
      case JOB -> bounds.requireJob(name);
      case EXECUTION -> execution(name).ifPresent(bounds::requireExecution);
      case CONTENT -> bounds.requireContent(name);
      case POLICY -> bounds.requirePolicy(name);
      case SCHEDULE -> bounds.requireSchedule(name);
      case TRIGGER -> trigger(name).ifPresent(bounds::requireTrigger);
      case NOTICE -> bounds.requireNotice(name);
      case NONE, REQUEST, SHARED -> {
        // No name says anything.
      }
    }
  }

  private static Optional<UUID> execution(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<Long> trigger(String id) {
    try {
      return Optional.of(Long.valueOf(id));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
