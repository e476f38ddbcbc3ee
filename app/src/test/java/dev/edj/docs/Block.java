package dev.edj.docs;

import dev.edj.docs.Session.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Code that a page sets off from its text. What is only indented is of a shell; all else names its
/// language.
///
/// @param line where its text begins, from 1
/// @param hidden prepares what the page takes for granted; readers do not see it
/// @param notRun why nobody runs it
public record Block(
    int line, String language, List<String> text, boolean hidden, Optional<String> notRun) {

  static final String SHELL = "sh";

  /// Languages whose texts are for a shell.
  private static final Set<String> SHELLS = Set.of(SHELL, "bash", "console");

  /// Languages whose texts are for something else.
  private static final Set<String> OTHERS =
      Set.of("csv", "json", "nginx", "powershell", "python", "sql", "text", "yaml");

  private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?\\s*'?(\\w+)'?");

  boolean isShell() {
    return SHELLS.contains(language);
  }

  /// Whether somebody decided what is to become of it.
  boolean isKnown() {
    return isShell() || OTHERS.contains(language);
  }

  Session session() {
    boolean dialogue = text.stream().anyMatch(line -> line.startsWith("$ "));
    List<Step> steps = new ArrayList<>();
    int at = 0;
    while (at < text.size()) {
      String first = text.get(at);
      if (first.isBlank() || first.startsWith("#")) {
        at++;
        continue;
      }
      int end = at + 1;
      StringBuilder command = new StringBuilder(dialogue ? first.replaceFirst("^\\$ ", "") : first);
      while (end < text.size() && goesOn(command.toString())) {
        command.append('\n').append(text.get(end++));
      }
      int lastOutput = end;
      while (dialogue && lastOutput < text.size() && !text.get(lastOutput).startsWith("$ ")) {
        lastOutput++;
      }
      steps.add(new Step(line + at, end - at, command.toString(), withoutEnd(end, lastOutput)));
      at = lastOutput;
    }
    return new Session(line, hidden, dialogue, notRun, steps);
  }

  private List<String> withoutEnd(int from, int to) {
    int end = to;
    while (end > from && text.get(end - 1).isBlank()) {
      end--;
    }
    return text.subList(from, end);
  }

  private static boolean goesOn(String command) {
    Matcher document = HERE_DOCUMENT.matcher(command);
    if (document.find()) {
      return !command.endsWith("\n" + document.group(1));
    }
    return command.endsWith("\\") || !Shell.isComplete(command);
  }
}
