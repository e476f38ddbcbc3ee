package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.Element.Reference;
import dev.edj.dacpac.file.Excerpt;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.interpret.Elements.Target;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Permission.SecurableClass;
import dev.edj.dacpac.model.Permission.State;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What users and roles may do. A package says which permission it is twice: in words within the
/// name, `[Grant.ViewDefinition.Database].[reader].[dbo]`, and by a number. Both have to agree.
final class Permissions {

  private static final String OBJECT = "SecuredObject";

  static final ElementRule PERMISSION =
      ElementRule.of("SqlPermissionStatement", "a permission that is granted or denied")
          .properties("Permission")
          .relationships("Grantee", "Grantor", OBJECT);

  static final List<Handled> HANDLED = List.of(new Handled(PERMISSION, Permissions::permission));

  /// The numbers that real packages have.
  static final Map<String, Integer> NUMBERS =
      Map.of(
          "Insert", 1,
          "Select", 2,
          "Update", 3,
          "Delete", 4,
          "Connect", 1035,
          "Showplan", 1078,
          "ViewDatabaseState", 1087,
          "ViewDefinition", 1088,
          "ViewAnyColumnMasterKeyDefinition", 1107,
          "ViewAnyColumnEncryptionKeyDefinition", 1108);

  /// Permissions whose numbers nobody has seen; the word alone says which they are, and the number
  /// must not be that of another.
  static final List<String> WORDS =
      List.of("Alter", "Control", "Execute", "References", "TakeOwnership", "ViewChangeTracking");

  private static final Map<String, SecurableClass> CLASSES =
      Map.ofEntries(
          Map.entry("SqlDatabaseOptions", SecurableClass.DATABASE),
          Map.entry("SqlTable", SecurableClass.OBJECT),
          Map.entry("SqlView", SecurableClass.OBJECT),
          Map.entry("SqlProcedure", SecurableClass.OBJECT),
          Map.entry("SqlScalarFunction", SecurableClass.OBJECT),
          Map.entry("SqlInlineTableValuedFunction", SecurableClass.OBJECT),
          Map.entry("SqlMultiStatementTableValuedFunction", SecurableClass.OBJECT),
          Map.entry("SqlSequence", SecurableClass.OBJECT),
          Map.entry("SqlSynonym", SecurableClass.OBJECT),
          Map.entry("SqlSchema", SecurableClass.SCHEMA),
          Map.entry("SqlUserDefinedDataType", SecurableClass.TYPE),
          Map.entry("SqlTableType", SecurableClass.TYPE),
          Map.entry("SqlUser", SecurableClass.USER),
          Map.entry("SqlRole", SecurableClass.ROLE));

  private static final Pattern DOT = Pattern.compile("\\.");
  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private Permissions() {}

  private static Permission permission(Reading reading) throws Refusal {
    List<String> words = words(reading);
    State state = state(words.getFirst());
    String permission = permission(reading, words.get(1));
    String grantee = reading.plainName("Grantee", Principals.PRINCIPALS);
    requireGrantee(reading, grantee);
    requireGrantor(reading);
    Reference reference = reading.reference(OBJECT);
    if (Reading.isBuiltIn(reference)) {
      return new Permission(
          state, permission, SecurableClass.SCHEMA, schema(reference, words.get(2)), null, grantee);
    }
    Target target = reading.target(OBJECT, types(words.get(2)));
    SecurableClass securableClass = CLASSES.getOrDefault(target.type(), SecurableClass.OBJECT);
    return new Permission(
        state,
        permission,
        securableClass,
        securableClass == SecurableClass.DATABASE ? null : target.name(),
        null,
        grantee);
  }

  /// Verb, permission and the kind of thing that it is about.
  private static List<String> words(Reading reading) throws Refusal {
    List<String> words = DOT.splitAsStream(nameParts(reading).getFirst()).toList();
    if (words.size() != 3) {
      throw new Refusal("its name does not say what is granted");
    }
    return words;
  }

  /// The types of elements that a word such as `Object` means; all where it is none of the known.
  private static String[] types(String word) {
    Predicate<SecurableClass> isMeant = kind -> kind.name().equalsIgnoreCase(word);
    boolean known = CLASSES.values().stream().anyMatch(isMeant);
    return CLASSES.entrySet().stream()
        .filter(type -> !known || isMeant.test(type.getValue()))
        .map(Map.Entry::getKey)
        .toArray(String[]::new);
  }

  private static List<String> nameParts(Reading reading) throws Refusal {
    ObjectName name =
        reading
            .findName()
            .orElseThrow(() -> new Refusal("has no name, which says what is granted"));
    if (name.parts().size() < 2) {
      throw new Refusal("its name does not say to whom");
    }
    return name.parts();
  }

  private static State state(String verb) throws Refusal {
    return switch (verb) {
      case "Grant" -> State.GRANT;
      case "Deny" -> State.DENY;
      default ->
          throw new Refusal(
              "'%s' is not supported; known are Grant and Deny".formatted(Excerpt.of(verb)));
    };
  }

  private static String permission(Reading reading, String word) throws Refusal {
    int number =
        reading
            .findNumber("Permission", 0, Integer.MAX_VALUE)
            .orElseThrow(() -> new Refusal("the property Permission is missing"));
    boolean fits =
        NUMBERS.containsKey(word)
            ? NUMBERS.getOrDefault(word, 0) == number
            : WORDS.contains(word) && !NUMBERS.containsValue(number);
    if (!fits) {
      throw new Refusal(
          "the permission '%s' with the number %d is not known (ExcludeObjectTypes=Permissions leaves all permissions out)"
              .formatted(Excerpt.of(word), number));
    }
    return written(word);
  }

  /// As T-SQL writes it: `ViewDefinition` is `VIEW DEFINITION`.
  static String written(String word) {
    return WORD_START.matcher(word).replaceAll(" ").toUpperCase(Locale.ROOT);
  }

  private static void requireGrantee(Reading reading, String grantee) throws Refusal {
    String named = nameParts(reading).get(1);
    if (!reading.context().elements().nameRule().same(named, grantee)) {
      throw new Refusal("is to %s by its name, and to %s otherwise".formatted(named, grantee));
    }
  }

  private static void requireGrantor(Reading reading) throws Refusal {
    Optional<String> grantor = reading.findPlainName("Grantor", Principals.PRINCIPALS);
    if (grantor.isPresent() && !grantor.get().equalsIgnoreCase("dbo")) {
      throw new Refusal("is granted by %s; only dbo is supported".formatted(grantor.get()));
    }
  }

  /// Of what every database has, only schemas are known to occur.
  private static ObjectName schema(Reference reference, String kind) throws Refusal {
    if (reference.name() == null || !kind.equals("Schema")) {
      throw new Refusal("%s leads to what is built in".formatted(OBJECT));
    }
    return reference.name();
  }
}
