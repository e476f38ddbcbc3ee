package dev.edj.access;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import dev.edj.problem.EdjException;
import java.util.Comparator;
import org.jdbi.v3.core.mapper.reflect.JdbiConstructor;
import org.jspecify.annotations.Nullable;

/// A role that somebody has: everywhere, or in one custom collection of targets, which Operator and
/// Author can be. Reading is not narrowed by it.
///
/// @param collection its name; null for everywhere
public record Grant(Role role, @Nullable String collection) implements Comparable<Grant> {

  private static final String COLLECTION = "collection";
  private static final Comparator<Grant> ORDER =
      comparing(Grant::role).thenComparing(Grant::collection, nullsFirst(naturalOrder()));

  @JdbiConstructor
  public Grant {}

  /// A role everywhere.
  public Grant(Role role) {
    this(role, null);
  }

  /// Refuses roles that say nothing when they are narrowed.
  public static void requireNarrowable(String field, Role role) {
    switch (role) {
      case Operator, Author -> {
        return;
      }
      case Reader ->
          throw EdjException.invalid(
              field,
              "the role Reader is not narrowed to collections: whoever may see anything sees"
                  + " everything; Operator and Author can be");
      case Administrator ->
          throw EdjException.invalid(
              field,
              "the role Administrator is not narrowed to collections: who decides about targets,"
                  + " credentials and users decides what is in a collection; Operator and Author can"
                  + " be");
    }
  }

  Grant checked() {
    if (collection != null) {
      requireNarrowable(COLLECTION, role);
    }
    return this;
  }

  /// Whether it is worth nothing beside another.
  public boolean isWithin(Grant other) {
    return other.collection == null && other.role.includes(role);
  }

  /// As people read it.
  @Override
  public String toString() {
    return collection == null ? role.name() : "%s in %s".formatted(role, collection);
  }

  @Override
  public int compareTo(Grant other) {
    return ORDER.compare(this, other);
  }
}
