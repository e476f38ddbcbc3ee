package dev.edj.files;

import dev.edj.files.declaration.Kind;
import dev.edj.files.declaration.SecretDestination;
import dev.edj.files.declaration.SecretSource;
import dev.edj.files.kind.FieldChange;
import dev.edj.files.kind.Handling;
import dev.edj.files.kind.Order;
import dev.edj.files.kind.SecretUse;
import dev.edj.files.kind.Secrets;
import dev.edj.files.source.Place;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One object that is to be made, changed or deleted.
public sealed interface PlannedStep {

  /// What is done with an object.
  enum Action {
    CREATE,
    UPDATE,
    DELETE
  }

  /// By which two plans are told to be the same.
  record Summary(
      Action action,
      Kind kind,
      String key,
      List<FieldChange> changes,
      List<SecretSource> needed,
      Optional<SecretDestination> saved) {}

  Action action();

  Kind kind();

  String key();

  List<FieldChange> changes();

  /// Where it is declared; null for what is not.
  @Nullable Place place();

  /// The secrets without which it cannot be carried out.
  List<SecretSource> needed();

  /// Where the secret goes that the service makes when it is carried out.
  Optional<SecretDestination> saved();

  /// Whether it goes after all others.
  boolean isLast();

  void carryOut(Secrets secrets);

  default Summary summary() {
    return new Summary(action(), kind(), key(), changes(), needed(), saved());
  }

  /// Of something that a file declares.
  record ToDeclare<T extends Record>(Handling<T> handling, Order<T> order) implements PlannedStep {

    @Override
    public Action action() {
      return order.present() == null ? Action.CREATE : Action.UPDATE;
    }

    @Override
    public Kind kind() {
      return handling.kind();
    }

    @Override
    public String key() {
      return handling.key(order.declared().value());
    }

    @Override
    public List<FieldChange> changes() {
      return order.changes();
    }

    @Override
    public Place place() {
      return order.declared().place();
    }

    @Override
    public List<SecretSource> needed() {
      return handling.secrets(order.declared().value()).stream()
          .filter(order::needs)
          .map(SecretUse::source)
          .toList();
    }

    @Override
    public Optional<SecretDestination> saved() {
      return order.makesSecret() ? handling.saved(order.declared().value()) : Optional.empty();
    }

    @Override
    public boolean isLast() {
      return order.present() != null && handling.isLast(order.present());
    }

    @Override
    public void carryOut(Secrets secrets) {
      if (order.present() == null) {
        handling.create(order, secrets);
      } else {
        handling.update(order, Objects.requireNonNull(order.present()), secrets);
      }
    }
  }

  /// Of something that no file declares.
  record ToDelete(Handling<?> handling, ObjectNode present) implements PlannedStep {

    @Override
    public Action action() {
      return Action.DELETE;
    }

    @Override
    public Kind kind() {
      return handling.kind();
    }

    @Override
    public String key() {
      return handling.key(present);
    }

    @Override
    public List<FieldChange> changes() {
      return List.of();
    }

    @Override
    public @Nullable Place place() {
      return null;
    }

    @Override
    public List<SecretSource> needed() {
      return List.of();
    }

    @Override
    public Optional<SecretDestination> saved() {
      return Optional.empty();
    }

    @Override
    public boolean isLast() {
      return false;
    }

    @Override
    public void carryOut(Secrets secrets) {
      handling.delete(present);
    }
  }
}
