package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.DacpacException.Code;
import dev.edj.dacpac.model.ObjectType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How a package is deployed.
///
/// @param excluded types of elements, such as `SqlUser`, that are neither created, changed nor
///   dropped
/// @param notDropped types of elements that are never dropped
/// @param variables the values of the package's variables, by name
public record PublishOptions(
    Map<PublishOption, Boolean> values,
    Set<String> excluded,
    Set<String> notDropped,
    Map<String, String> variables) {

  public static final PublishOptions DEFAULT =
      new PublishOptions(Map.of(), Set.of(), Set.of(), Map.of());

  private static final String EXCLUDE = "Exclude";

  private static final String OF_A_POLICY =
      "supported: how long an attempt may take is said elsewhere";
  private static final String OF_A_NEW_DATABASE = "supported: databases are not made";

  /// Options of `SqlPackage` that are neither on nor off, in lower case.
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "commandtimeout", OF_A_POLICY,
          "longrunningcommandtimeout", OF_A_POLICY,
          "databaselocktimeout", OF_A_POLICY,
          "databaseedition", OF_A_NEW_DATABASE,
          "databasemaximumsize", OF_A_NEW_DATABASE,
          "databaseserviceobjective", OF_A_NEW_DATABASE,
          "storage", "supported: a package is always read into memory");

  private static final String DO_NOT_DROP = "DoNotDrop";

  public PublishOptions {
    values = Collections.unmodifiableMap(copy(values));
    excluded = Set.copyOf(excluded);
    notDropped = Set.copyOf(notDropped);
    variables = Map.copyOf(variables);
  }

  public boolean is(PublishOption option) {
    return values.getOrDefault(option, option.defaultValue());
  }

  public boolean excludes(ObjectType type) {
    return excluded.contains(type.element());
  }

  public boolean mayDrop(ObjectType type) {
    return !excludes(type) && !notDropped.contains(type.element());
  }

  /// Whether elements of a type, such as `SqlLogin`, are left out; also of those that are not
  /// handled here.
  public boolean excludesElement(String element) {
    return excluded.contains(element);
  }

  /// The name by which `ExcludeObjectTypes` leaves elements of a type out.
  public static Optional<String> exclusionOf(String element) {
    return ObjectTypeNames.nameOf(element);
  }

  public PublishOptions with(PublishOption option, boolean value) {
    Map<PublishOption, Boolean> changed = copy(values);
    changed.put(option, value);
    return new PublishOptions(changed, excluded, notDropped, variables);
  }

  /// Reads options as people write them: `BlockOnPossibleDataLoss` → `False`. Lists of object
  /// types, `ExcludeObjectTypes` and `DoNotDropObjectTypes`, are separated by semicolons; publish
  /// profiles name each type by itself, as `ExcludeUsers` → `True`.
  ///
  /// @throws DacpacException when an option or a value is not taken; the message names all of them
  public static PublishOptions parse(Map<String, String> written, Map<String, String> variables)
      throws DacpacException {
    List<String> wrong = new ArrayList<>();
    Map<PublishOption, Boolean> values = new EnumMap<>(PublishOption.class);
    Set<String> excluded = new TreeSet<>();
    Set<String> notDropped = new TreeSet<>();
    written.forEach((name, value) -> {
      if (isOneOf(name, "ExcludeObjectTypes", "ExcludeObjectType")) {
        readTypes(name, value, excluded, wrong);
      } else if (isOneOf(name, "DoNotDropObjectTypes", "DoNotDropObjectType")) {
        readTypes(name, value, notDropped, wrong);
      } else if (typesIn(name, EXCLUDE).isPresent()) {
        readFlag(name, value, wrong).ifPresent(taken -> take(taken, name, EXCLUDE, excluded));
      } else if (typesIn(name, DO_NOT_DROP).isPresent()) {
        readFlag(name, value, wrong).ifPresent(taken -> take(taken, name, DO_NOT_DROP, notDropped));
      } else {
        readOption(name, value, values, wrong);
      }
    });
    if (!wrong.isEmpty()) {
      throw new DacpacException(Code.BAD_OPTION, String.join("; ", wrong));
    }
    return new PublishOptions(values, excluded, notDropped, variables);
  }

  private static boolean isOneOf(String name, String... names) {
    return Arrays.stream(names).anyMatch(name::equalsIgnoreCase);
  }

  /// The types that an option such as `ExcludeUsers` is about.
  private static Optional<Set<String>> typesIn(String name, String beginning) {
    return name.regionMatches(true, 0, beginning, 0, beginning.length())
        ? ObjectTypeNames.of(name.substring(beginning.length()))
        : Optional.empty();
  }

  private static void take(boolean taken, String name, String beginning, Set<String> into) {
    if (taken) {
      into.addAll(typesIn(name, beginning).orElseThrow());
    }
  }

  private static void readOption(
      String name, String value, Map<PublishOption, Boolean> values, List<String> wrong) {
    PublishOption option = PublishOption.of(name).orElse(null);
    if (option == null) {
      wrong.add(
          "the publish option '%s' is not %s"
              .formatted(name, ELSEWHERE.getOrDefault(name.toLowerCase(Locale.ROOT), "known")));
      return;
    }
    readFlag(option.title(), value, wrong).ifPresent(flag -> accept(option, flag, values, wrong));
  }

  private static Optional<Boolean> readFlag(String title, String value, List<String> wrong) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> {
        wrong.add("%s is True or False, not '%s'".formatted(title, value));
        yield Optional.empty();
      }
    };
  }

  private static void accept(
      PublishOption option, boolean value, Map<PublishOption, Boolean> values, List<String> wrong) {
    if (option.takes(value)) {
      values.put(option, value);
    } else {
      wrong.add("%s=%s is not supported".formatted(option.title(), value ? "True" : "False"));
    }
  }

  private static void readTypes(String name, String value, Set<String> into, List<String> wrong) {
    for (String written : value.split(";", -1)) {
      if (written.isBlank()) {
        continue;
      }
      ObjectTypeNames.of(written.strip())
          .ifPresentOrElse(
              into::addAll,
              () ->
                  wrong.add(
                      "%s does not know the object type '%s'; known are %s"
                          .formatted(name, written.strip(), ObjectTypeNames.known())));
    }
  }

  private static Map<PublishOption, Boolean> copy(Map<PublishOption, Boolean> values) {
    Map<PublishOption, Boolean> copy = new EnumMap<>(PublishOption.class);
    copy.putAll(values);
    return copy;
  }

  /// For people and logs: what differs from the defaults.
  @Override
  public String toString() {
    return values.entrySet().stream()
        .filter(entry -> entry.getValue() != entry.getKey().defaultValue())
        .map(entry -> entry.getKey().title() + "=" + (entry.getValue() ? "True" : "False"))
        .collect(Collectors.joining(", "));
  }
}
