package dev.edj.files.kind;

import dev.edj.files.declaration.Kind;
import dev.edj.files.declaration.SecretDestination;
import dev.edj.files.source.Declared;
import dev.edj.files.source.Faults;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// How objects of a kind are compared, made, changed and deleted. What is compared are objects of
/// the API's JSON with everything said that a file may leave out.
public interface Handling<T extends Record> {

  Kind kind();

  /// By what it is told from others of its kind, in words where it has no name; an
  /// [dev.edj.problem.EdjException] when it can be none.
  String key(T declared);

  String key(ObjectNode present);

  /// What it needs.
  List<Mention> mentions(T declared);

  /// What the service has.
  ///
  /// @param closely which of them to read with all that can be compared
  List<ObjectNode> present(Predicate<String> closely);

  /// What the file wants, with all that it leaves out.
  ObjectNode wanted(Declared<T> declared, @Nullable ObjectNode present);

  default List<FieldChange> changes(T declared, ObjectNode present, ObjectNode wanted) {
    return Differences.between(present, wanted);
  }

  /// The secrets that it has.
  default List<SecretUse> secrets(T declared) {
    return List.of();
  }

  /// Where the secret goes that the service makes together with it; empty when it is not kept.
  default Optional<SecretDestination> saved(T declared) {
    return Optional.empty();
  }

  /// Files that it names, by the field that does, and that a plan shows something of.
  default Map<String, String> files(T declared) {
    return Map.of();
  }

  /// Fields that stay what they are.
  default Set<String> fixed() {
    return Set.of();
  }

  /// Why it cannot be made; empty when it can.
  ///
  /// @param all what the service has
  default Optional<String> obstacle(Declared<T> declared, List<ObjectNode> all) {
    return Optional.empty();
  }

  /// Tells of what cannot be at the same time.
  default void checkTogether(Collection<Declared<T>> all, Faults faults) {}

  /// In which order objects are made; all that are alike in the one of the files.
  default Comparator<T> order() {
    return (_, _) -> 0;
  }

  /// Refuses what the service would have in the end.
  default void checkOutcome(Collection<ObjectNode> before, Collection<ObjectNode> after) {}

  /// Whether it is not deleted, although no file declares it.
  default boolean isKept(ObjectNode present) {
    return false;
  }

  /// Whether it is changed after all else.
  default boolean isLast(ObjectNode present) {
    return false;
  }

  /// Whether nobody can change or delete it: the service's own, and what is on its way out.
  default boolean isOutOfReach(ObjectNode present) {
    return false;
  }

  /// What a file has to say to declare it: nothing that goes without saying, and of secrets where
  /// they could be.
  ObjectNode exported(ObjectNode present);

  void create(Order<T> order, Secrets secrets);

  void update(Order<T> order, ObjectNode present, Secrets secrets);

  void delete(ObjectNode present);
}
