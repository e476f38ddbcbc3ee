package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.DacpacException.Code;
import dev.edj.dacpac.file.Excerpt;
import dev.edj.dacpac.file.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The values that stand for `$(Name)` in the texts and names of a package. Names of variables are
/// the same in any case, as in `sqlcmd`.
final class Variables {

  private static final String BEGIN = "$(";
  private static final Pattern USE = Pattern.compile("\\$\\(([A-Za-z0-9_-]+)\\)");

  /// Those that `SqlPackage` fills in by itself. Only whoever deploys knows them, so they need a
  /// value where they are used.
  private static final List<String> OF_THE_DEPLOYMENT =
      List.of("DatabaseName", "DefaultDataPath", "DefaultFilePrefix", "DefaultLogPath");

  private final TreeMap<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Variables() {}

  /// @param declared by the package
  /// @param values of whoever deploys it
  /// @throws DacpacException when one that is declared has no value; the message names all of them
  static Variables of(List<String> declared, Map<String, String> values) throws DacpacException {
    TreeMap<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    given.putAll(values);
    Variables variables = new Variables();
    Stream.concat(declared.stream(), OF_THE_DEPLOYMENT.stream())
        .filter(given::containsKey)
        .forEach(name -> variables.values.put(name, given.getOrDefault(name, "")));
    List<String> missing = declared.stream().filter(name -> !given.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new DacpacException(
          Code.BAD_OPTION,
          "the package needs values for its variables %s"
              .formatted(missing.stream().map(Excerpt::of).collect(Collectors.joining(", "))));
    }
    return variables;
  }

  /// Puts the values in. What the package does not declare is no variable, but text.
  ///
  /// @throws Refusal when it uses a variable of the deployment that has no value
  String in(String text) throws Refusal {
    if (!text.contains(BEGIN)) {
      return text;
    }
    for (String name : OF_THE_DEPLOYMENT) {
      if (!values.containsKey(name) && uses(text, name)) {
        throw new Refusal("uses $(%s), which has no value".formatted(name));
      }
    }
    return replaced(text);
  }

  private static boolean uses(String text, String name) {
    return USE.matcher(text).results().anyMatch(use -> use.group(1).equalsIgnoreCase(name));
  }

  /// In a name, what has no value stays as it is.
  ObjectName in(ObjectName name) {
    return name.parts().stream().anyMatch(part -> part.contains(BEGIN))
        ? new ObjectName(name.parts().stream().map(this::replaced).toList())
        : name;
  }

  private String replaced(String text) {
    return USE.matcher(text)
        .replaceAll(use -> Matcher.quoteReplacement(value(use.group(1), use.group())));
  }

  private String value(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}
