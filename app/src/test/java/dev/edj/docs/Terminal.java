package dev.edj.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether what a page shows is what a terminal said. Ids, times and how long something took differ
/// every time; `…` stands for any text, and alone on a line for any lines. Ids that the page shows
/// are those of what happened from then on.
final class Terminal {

  private static final String ANYTHING = "…";
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z?");
  private static final Pattern SPAN = Pattern.compile("\\b(\\d+m)?(\\d+s)?\\d+ms\\b|\\b\\d+s\\b");
  private static final Pattern SERVER =
      Pattern.compile(
          "((postgresql|mysql|mariadb|sqlserver)://)?[a-z0-9-]+(\\.[a-z0-9-]+)*\\.example\\.com([:,]\\d+)?"
              + "|postgresql://localhost:\\d+");
  private static final Pattern PROGRESS = Pattern.compile("<time> \\d+ of \\d+ ended.*");

  private final Map<String, String> ids = new HashMap<>();

  /// A command of the page with the ids that things have here.
  ///
  /// @param newest of what was started last, for ids that the page did not tell before
  String real(String command, String newest) {
    return ID.matcher(command)
        .replaceAll(id -> ids.getOrDefault(id.group(), newest.isEmpty() ? id.group() : newest));
  }

  boolean says(List<String> shown, List<String> said, boolean anyOrder) {
    boolean matches =
        anyOrder
            ? matches(
                plain(shown).stream().sorted().toList(), plain(said).stream().sorted().toList())
            : matches(plain(shown), withoutProgress(plain(said)));
    if (matches) {
      remember(shown, said);
    }
    return matches;
  }

  /// Whether there is more than that something is left out.
  static boolean showsSomething(List<String> shown) {
    return plain(shown).stream().anyMatch(line -> !line.equals(ANYTHING));
  }

  /// Whether one of the lines is among those that are shown.
  static boolean showsOneOf(List<String> shown, List<String> lines) {
    return plain(shown).stream()
        .filter(line -> !line.equals(ANYTHING))
        .map(Terminal::pattern)
        .anyMatch(line -> plain(lines).stream().anyMatch(said -> line.matcher(said).matches()));
  }

  private static List<String> plain(List<String> lines) {
    return lines.stream().map(Terminal::plain).filter(line -> !line.isBlank()).toList();
  }

  private static String plain(String line) {
    return Stream.of(line)
        .map(text -> TIME.matcher(text).replaceAll("<time>"))
        .map(text -> ID.matcher(text).replaceAll("<id>"))
        .map(text -> SPAN.matcher(text).replaceAll("<span>"))
        .map(text -> SERVER.matcher(text).replaceAll("<server>"))
        .map(text -> text.strip().replaceAll("\\s+|─+", " "))
        .collect(Collectors.joining());
  }

  /// How often a progress is told depends on how fast it is.
  private static List<String> withoutProgress(List<String> said) {
    List<String> kept = new ArrayList<>();
    for (int at = 0; at < said.size(); at++) {
      boolean more = at + 1 < said.size() && PROGRESS.matcher(said.get(at + 1)).matches();
      if (!more || !PROGRESS.matcher(said.get(at)).matches()) {
        kept.add(said.get(at));
      }
    }
    return kept;
  }

  private static boolean matches(List<String> shown, List<String> said) {
    if (shown.isEmpty()) {
      return said.isEmpty();
    }
    List<String> rest = shown.subList(1, shown.size());
    if (shown.getFirst().equals(ANYTHING)) {
      return matches(rest, said)
          || (!said.isEmpty() && matches(shown, said.subList(1, said.size())));
    }
    return !said.isEmpty()
        && pattern(shown.getFirst()).matcher(said.getFirst()).matches()
        && matches(rest, said.subList(1, said.size()));
  }

  private static Pattern pattern(String shown) {
    return Pattern.compile(
        Stream.of(shown.split(ANYTHING, -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  private void remember(List<String> shown, List<String> said) {
    List<String> before = found(shown);
    List<String> now = found(said);
    for (int at = 0; at < Math.min(before.size(), now.size()); at++) {
      ids.putIfAbsent(before.get(at), now.get(at));
    }
  }

  private static List<String> found(List<String> lines) {
    return ID.matcher(String.join("\n", lines)).results().map(MatchResult::group).toList();
  }
}
