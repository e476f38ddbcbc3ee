package dev.edj.files;

import dev.edj.files.declaration.Kind;
import dev.edj.files.declaration.TargetDeclaration;
import dev.edj.files.kind.FieldChange;
import dev.edj.files.kind.Handling;
import dev.edj.files.kind.Handlings;
import dev.edj.files.kind.Mention;
import dev.edj.files.kind.Order;
import dev.edj.files.kind.Reservation;
import dev.edj.files.source.DeclarationReader;
import dev.edj.files.source.Declared;
import dev.edj.files.source.Faults;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Compares files with a service, and says what is to be done, or everything that is wrong in the
/// files. Used by one thread, once.
public final class Planner {

  private final Handlings handlings;
  private final Options options;
  private final Faults faults = new Faults();
  private final Map<Kind, Compared<?>> compared = new EnumMap<>(Kind.class);

  /// What a plan is to be about beside what the files declare.
  ///
  /// @param prune whether what no file declares is deleted, of the kinds that files have a list of
  /// @param passwords whether secrets that are there are set again
  public record Options(boolean prune, boolean passwords) {}

  private Planner(Handlings handlings, Options options) {
    this.handlings = handlings;
    this.options = options;
  }

  /// The plan for files, or an [EdjException] with all that is wrong in them.
  ///
  /// @param named files, and directories with files
  public static Plan plan(List<Path> named, Handlings handlings, Options options) {
    return new Planner(handlings, options).plan(named);
  }

  private Plan plan(List<Path> named) {
    Map<Kind, List<Declared<? extends Record>>> declared = DeclarationReader.read(named, faults);
    for (Kind kind : Kind.values()) {
      compared.put(kind, begin(handlings.of(kind), declared.get(kind)));
    }
    faults.refuse();
    compared.values().stream().filter(this::isLookedAt).forEach(Compared::read);
    compared.values().forEach(this::checkMentions);
    List<PlannedStep> steps = new ArrayList<>();
    compared.values().forEach(of -> steps.addAll(of.declarations()));
    checkNesting();
    faults.refuse();
    compared.values().forEach(Compared::checkOutcome);
    compared.values().stream().toList().reversed().forEach(of -> steps.addAll(of.deletions()));
    steps.sort(Comparator.comparing(PlannedStep::isLast));
    return new Plan(List.copyOf(steps), undeclared());
  }

  /// What only administrators see is left alone by files that do not speak of it, so that others
  /// can plan and apply the rest.
  private boolean isLookedAt(Compared<?> of) {
    return !of.handling.kind().isConfidential()
        || compared.values().stream()
            .anyMatch(other -> other.listed && other.handling.kind().isConfidential());
  }

  private <T extends Record> Compared<T> begin(
      Handling<T> handling, @Nullable List<Declared<? extends Record>> declared) {
    Compared<T> of = new Compared<>(handling, declared != null);
    if (declared != null) {
      declared.forEach(of::add);
      of.handling.checkTogether(of.declared.values(), faults);
    }
    return of;
  }

  private void checkMentions(Compared<?> of) {
    of.declared.values().forEach(one -> checkMentions(of, one));
  }

  private <T extends Record> void checkMentions(Compared<T> of, Declared<?> declared) {
    for (Mention mention : of.handling.mentions(of.cast(declared))) {
      Compared<?> mentioned = compared.get(mention.kind());
      if (mentioned == null || mentioned.declared.containsKey(mention.name())) {
        continue;
      }
      ObjectNode present = mentioned.present.get(mention.name());
      if (present == null) {
        faults.add(
            declared.place(mention.field()),
            mention.field(),
            "neither the files nor the service have the %s '%s'"
                .formatted(mention.kind().noun(), mention.name()));
      } else if (mentioned.isDeleted(present)) {
        faults.add(
            declared.place(mention.field()),
            mention.field(),
            "the files do not have the %s '%s', which --prune would delete"
                .formatted(mention.kind().noun(), mention.name()));
      }
    }
  }

  /// Collections are made before those that they are in, so that no circle of them can be.
  private void checkNesting() {
    Compared<?> targets = compared.get(Kind.TARGET);
    if (targets != null) {
      targets
          .nesting()
          .circles()
          .forEach(circle ->
              faults.add(
                  Objects.requireNonNull(targets.declared.get(circle.getFirst())).place("children"),
                  "children",
                  "the collection would contain itself: " + String.join(" > ", circle)));
    }
  }

  private Map<Kind, List<String>> undeclared() {
    Map<Kind, List<String>> undeclared = new EnumMap<>(Kind.class);
    compared.forEach((kind, of) -> {
      List<String> names =
          of.undeclared()
              .filter(one -> !options.prune || of.handling.isKept(one))
              .map(of.handling::key)
              .toList();
      if (!names.isEmpty()) {
        undeclared.put(kind, names);
      }
    });
    return undeclared;
  }

  /// What files and service have of one kind.
  private final class Compared<T extends Record> {

    private final Handling<T> handling;
    private final boolean listed;
    private final SequencedMap<String, Declared<T>> declared = new LinkedHashMap<>();
    private final SequencedMap<String, ObjectNode> present = new LinkedHashMap<>();
    private final Map<String, ObjectNode> wanted = new HashMap<>();

    /// @param listed whether a file has a list of them, if only an empty one
    Compared(Handling<T> handling, boolean listed) {
      this.handling = handling;
      this.listed = listed;
    }

    @SuppressWarnings("unchecked") // The reader binds what it finds to the type of the kind.
    void add(Declared<? extends Record> one) {
      Declared<T> typed = (Declared<T>) one;
      try {
        Declared<T> before = declared.putIfAbsent(handling.key(typed.value()), typed);
        if (before != null) {
          faults.add(
              typed.place(),
              "%s '%s' is declared already, at %s"
                  .formatted(handling.kind().noun(), handling.key(typed.value()), before.place()));
        }
        handling
            .files(typed.value())
            .forEach((field, file) ->
                handlings.reach().require(typed.place(field).relative(file), field));
      } catch (EdjException e) {
        faults.add(typed, e);
      }
    }

    @SuppressWarnings("unchecked") // Added as such.
    T cast(Declared<?> one) {
      return (T) one.value();
    }

    /// What an older service knows nothing of is only missed by files that speak of it.
    void read() {
      try {
        handling
            .present(name -> declared.containsKey(name) || mayGoWithItsMembers())
            .forEach(one -> present.put(handling.key(one), one));
      } catch (EdjException e) {
        if (listed || e.code() != ErrorCode.NOT_FOUND) {
          throw e;
        }
      }
    }

    /// Whether it has to be known what is in it, before it is deleted.
    private boolean mayGoWithItsMembers() {
      return handling.kind() == Kind.TARGET && options.prune && listed;
    }

    List<PlannedStep> declarations() {
      List<Declared<T>> inOrder = new ArrayList<>(declared.values());
      if (handling.kind() == Kind.TARGET) {
        Map<String, Integer> places = nesting().order();
        inOrder.sort(
            Comparator.comparingInt(one -> places.getOrDefault(handling.key(one.value()), 0)));
      } else {
        inOrder.sort(Comparator.comparing(Declared::value, handling.order()));
      }
      return inOrder.stream().flatMap(one -> step(one).stream()).toList();
    }

    Nesting nesting() {
      SequencedMap<String, TargetDeclaration> targets = new LinkedHashMap<>();
      declared.forEach((name, one) -> {
        if (one.value() instanceof TargetDeclaration target) {
          targets.put(name, target);
        }
      });
      return Nesting.declared(targets);
    }

    private Optional<PlannedStep> step(Declared<T> one) {
      ObjectNode before = present.get(handling.key(one.value()));
      try {
        if (before == null) {
          Optional<String> obstacle = handling.obstacle(one, List.copyOf(present.values()));
          if (obstacle.isPresent()) {
            faults.add(one.place(), handling.kind().noun() + " " + obstacle.get());
            return Optional.empty();
          }
        }
        ObjectNode after = handling.wanted(one, before);
        wanted.put(handling.key(one.value()), after);
        List<FieldChange> changes = changes(one, before, after);
        if (before != null && !changes.isEmpty()) {
          refuseFixed(one, before, changes);
        }
        return before != null && changes.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new PlannedStep.ToDeclare<>(handling, new Order<>(one, before, after, changes)));
      } catch (EdjException e) {
        faults.add(one, e);
        return Optional.empty();
      }
    }

    private List<FieldChange> changes(
        Declared<T> one, @Nullable ObjectNode before, ObjectNode after) {
      if (before == null) {
        return handling.changes(one.value(), JsonNodeFactory.instance.objectNode(), after);
      }
      List<FieldChange> changes = new ArrayList<>(handling.changes(one.value(), before, after));
      if (options.passwords) {
        handling.secrets(one.value()).stream().map(FieldChange::again).forEach(changes::add);
      }
      if (!handling.isKept(before) && wasLost(one)) {
        changes.add(FieldChange.lost());
      }
      return changes.stream().distinct().toList();
    }

    /// Whether the service made a secret that never came to where it was to be kept.
    private boolean wasLost(Declared<T> one) {
      return handling.saved(one.value()).filter(to -> Reservation.isLeft(to, one)).isPresent();
    }

    private void refuseFixed(Declared<T> one, ObjectNode before, List<FieldChange> changes) {
      if (handling.isOutOfReach(before)) {
        faults.add(one.place(), "is built in and cannot be changed; create another one");
        return;
      }
      for (FieldChange change : changes) {
        if (handling.fixed().contains(change.top())) {
          faults.add(
              one.place(change.field()),
              change.field(),
              "%s '%s' is another one at the service (%s); give this one another name"
                  .formatted(
                      handling.kind().noun(),
                      handling.key(before),
                      change.before() == null ? "none" : change.before().asString()));
        }
      }
    }

    Stream<ObjectNode> undeclared() {
      return present.entrySet().stream()
          .filter(entry -> !declared.containsKey(entry.getKey()))
          .map(Map.Entry::getValue)
          .filter(one -> !handling.isOutOfReach(one));
    }

    void checkOutcome() {
      Map<String, ObjectNode> after = new HashMap<>(present);
      deleted().map(handling::key).forEach(after::remove);
      after.putAll(wanted);
      handling.checkOutcome(present.values(), after.values());
    }

    /// Of what no file declares.
    boolean isDeleted(ObjectNode one) {
      return options.prune && listed && !handling.isOutOfReach(one) && !handling.isKept(one);
    }

    /// A collection goes before what is in it: the service lets nothing go that is used.
    List<PlannedStep> deletions() {
      List<ObjectNode> inOrder = new ArrayList<>(deleted().toList());
      if (handling.kind() == Kind.TARGET) {
        Map<String, Integer> places = Nesting.present(inOrder.reversed()).order();
        inOrder.sort(
            Comparator.comparing(
                one -> places.getOrDefault(handling.key(one), 0), Comparator.reverseOrder()));
      }
      return inOrder.stream()
          .<PlannedStep>map(one -> new PlannedStep.ToDelete(handling, one))
          .toList();
    }

    private Stream<ObjectNode> deleted() {
      return undeclared().filter(this::isDeleted);
    }
  }
}
