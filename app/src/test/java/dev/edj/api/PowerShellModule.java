package dev.edj.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The text of the PowerShell module, as far as it is regular: calls of the API are written with
/// the route as the OpenAPI document has it, and tables are literals.
record PowerShellModule(Path directory) {

  private static final Pattern CALL =
      Pattern.compile("(?:Invoke-EdjRequest|Read-EdjPage) '([A-Z]+) (/[^']*)'");
  private static final Pattern KEY = Pattern.compile("^\\s*(\\w+)\\s*=\\s*(.*)$", Pattern.DOTALL);
  private static final Pattern PARAMETER =
      Pattern.compile("(?m)^        \\[(?!Parameter|Alias|Validate|Allow)[^\\n]*\\] \\$(\\w+)");
  private static final Pattern HELP = Pattern.compile("(?m)^    \\.PARAMETER (\\w+)$");

  static PowerShellModule ofTheProject() {
    return new PowerShellModule(Path.of("../powershell/ElasticDatabaseJobs"));
  }

  /// The files of a folder with their texts.
  Map<String, String> files(String folder) {
    try (Stream<Path> files = Files.list(directory.resolve(folder))) {
      Map<String, String> texts = new TreeMap<>();
      for (Path file : files.toList()) {
        texts.put(file.getFileName().toString().replace(".ps1", ""), Files.readString(file));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, String> allFiles() {
    Map<String, String> all = files("Public");
    all.putAll(files("Private"));
    return all;
  }

  String file(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TreeSet<String> parameters(String text) {
    return names(PARAMETER, text.substring(text.indexOf("    param(")));
  }

  static TreeSet<String> explainedParameters(String text) {
    return names(HELP, text);
  }

  static TreeSet<String> names(Pattern pattern, String text) {
    TreeSet<String> names = new TreeSet<>();
    pattern.matcher(text).results().forEach(match -> names.add(match.group(1)));
    return names;
  }

  /// A call of the API.
  ///
  /// @param path the keys of the values that go into the path
  /// @param query those of the query, as far as it is a literal
  /// @param body what is sent, as far as it is a literal
  /// @param sendsBody whether anything is sent, be it an empty table
  record Call(
      String method,
      String route,
      Map<String, String> path,
      Map<String, String> query,
      Map<String, String> body,
      boolean sendsBody) {

    /// As the module writes it: `GET /jobs/{name}`.
    String name() {
      return method + " " + route;
    }
  }

  static List<Call> calls(String text) {
    List<Call> calls = new ArrayList<>();
    for (MatchResult match : CALL.matcher(text).results().toList()) {
      String statement = statement(text, match.start());
      calls.add(
          new Call(
              match.group(1),
              match.group(2),
              table(statement, "-Path @{"),
              table(statement, "-Query @{"),
              table(statement, "-Body @{"),
              statement.contains("-Body ")));
    }
    return calls;
  }

  /// From a place to the end of the line on which every bracket is closed.
  private static String statement(String text, int start) {
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' || c == '{' ? 1 : c == ')' || c == '}' ? -1 : 0;
      if (depth < 0 || (depth == 0 && c == '\n')) {
        return text.substring(start, i);
      }
    }
    return text.substring(start);
  }

  /// The entries of the literal table that begins with the opening; none when it is not there.
  static Map<String, String> table(String text, String opening) {
    int start = text.indexOf(opening);
    if (start < 0) {
      return Map.of();
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (String entry : entries(text, start + opening.length())) {
      var match = KEY.matcher(entry);
      if (match.matches()) {
        entries.put(match.group(1), match.group(2));
      }
    }
    return entries;
  }

  /// The literal tables that begin with any of the openings.
  static List<Map<String, String>> tables(String text, String opening) {
    List<Map<String, String>> tables = new ArrayList<>();
    for (int at = text.indexOf(opening); at >= 0; at = text.indexOf(opening, at + 1)) {
      tables.add(table(text.substring(at), opening));
    }
    return tables;
  }

  private static List<String> entries(String text, int from) {
    List<String> entries = new ArrayList<>();
    int depth = 0;
    int start = from;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' || c == '{' ? 1 : c == ')' || c == '}' ? -1 : 0;
      if (depth < 0 || (depth == 0 && (c == '\n' || c == ';'))) {
        entries.add(text.substring(start, i));
        start = i + 1;
      }
      if (depth < 0) {
        return entries;
      }
    }
    throw new AssertionError("a table without an end: " + text.substring(from));
  }
}
