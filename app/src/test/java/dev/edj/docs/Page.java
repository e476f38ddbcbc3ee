package dev.edj.docs;

import dev.edj.docs.Session.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A page of the documentation, in Markdown.
record Page(Path file, List<String> lines) {

  private static final String INDENT = "    ";
  private static final String FENCE = "```";
  private static final Pattern SHELL_FENCE = Pattern.compile("```(sh|bash|console)");

  /// How a line of a shell begins.
  private static final Pattern COMMAND =
      Pattern.compile(
          "(\\$ |(\\./)?edj |curl |api |api\\(\\) |psql |openssl |bench/run |\\.ci/run|export |docker "
              + "|sudo |cat |[A-Za-z_]+=\\S).*");

  private static final Pattern PREPARE = Pattern.compile("<!-- prepare");
  private static final Pattern NOT_RUN = Pattern.compile("<!--.*\\bnot run: (.*\\S) *-->");
  private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?\\s*'?(\\w+)'?");

  static Page read(Path file) throws IOException {
    return new Page(file, Files.readAllLines(file));
  }

  /// What is no code.
  String prose() {
    boolean[] fenced = {false};
    return lines.stream()
        .filter(line -> {
          boolean fence = line.strip().startsWith(FENCE);
          fenced[0] ^= fence;
          return !fenced[0] && !fence && !line.startsWith(INDENT);
        })
        .map(line -> line.replaceAll("`[^`]*`", "code"))
        .collect(Collectors.joining("\n"));
  }

  /// The names that its headings are linked by: made as GitHub makes them.
  Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    boolean fenced = false;
    for (String line : lines) {
      fenced ^= line.strip().startsWith(FENCE);
      if (!fenced && line.matches("#{1,6} .*")) {
        String anchor = anchor(line.replaceFirst("^#+ +", ""));
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor : anchor + "-" + before);
      }
    }
    return anchors;
  }

  private static String anchor(String heading) {
    return heading
        .replaceAll("]\\([^)]*\\)", "")
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }

  /// All that is there of shells, from top to bottom. A page whose head says "not run" is not.
  List<Session> sessions() {
    List<Session> sessions = new ArrayList<>();
    Optional<String> wholePage =
        lines.stream().limit(3).map(Page::notRun).flatMap(Optional::stream).findFirst();
    Optional<String> next = Optional.empty();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at);
      int end = at + 1;
      if (PREPARE.matcher(line).lookingAt()) {
        end = endOf(at, "-->");
        sessions.add(session(at + 1, end - 1, "", true, wholePage));
      } else if (line.strip().startsWith(FENCE)) {
        String indent = line.substring(0, line.indexOf(FENCE));
        end = endOf(at, indent + FENCE);
        if (SHELL_FENCE.matcher(line.strip()).lookingAt()) {
          sessions.add(session(at + 1, end - 1, indent, false, wholePage.or(either(next))));
        }
        next = Optional.empty();
      } else if (line.startsWith(INDENT) && !line.isBlank()) {
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        while (end < lines.size() && isCode(end, indent)) {
          end++;
        }
        // The synopsis of a command, on the page that is made of them.
        boolean synopsis = wholePage.isPresent() && line.strip().startsWith("edj ");
        if (!synopsis && COMMAND.matcher(line.strip()).matches()) {
          sessions.add(session(at, end, indent, false, wholePage.or(either(next))));
        }
        next = Optional.empty();
      } else if (!line.isBlank()) {
        next = notRun(line);
      }
      at = end;
    }
    return sessions;
  }

  private static java.util.function.Supplier<Optional<String>> either(Optional<String> marked) {
    return () -> marked;
  }

  private static Optional<String> notRun(String line) {
    Matcher mark = NOT_RUN.matcher(line);
    return mark.find() ? Optional.of(mark.group(1)) : Optional.empty();
  }

  private int endOf(int from, String mark) {
    for (int at = from + 1; at < lines.size(); at++) {
      if (lines.get(at).startsWith(mark)) {
        return at + 1;
      }
    }
    throw new IllegalStateException("%s:%d has no end".formatted(file, from + 1));
  }

  /// A line without text belongs to the code that goes on behind it.
  private boolean isCode(int at, String indent) {
    String line = lines.get(at);
    return line.startsWith(indent)
        || (line.isBlank() && at + 1 < lines.size() && lines.get(at + 1).startsWith(indent));
  }

  private Session session(
      int from, int to, String indent, boolean hidden, Optional<String> notRun) {
    List<String> text =
        lines.subList(from, to).stream()
            .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line.strip())
            .toList();
    boolean dialogue = text.stream().anyMatch(line -> line.startsWith("$ "));
    List<Step> steps = new ArrayList<>();
    int at = 0;
    while (at < text.size()) {
      String line = text.get(at);
      if (line.isBlank() || line.startsWith("#")) {
        at++;
        continue;
      }
      int end = at + 1;
      StringBuilder command = new StringBuilder(dialogue ? line.replaceFirst("^\\$ ", "") : line);
      while (end < text.size() && goesOn(command.toString())) {
        command.append('\n').append(text.get(end++));
      }
      int lastOutput = end;
      while (dialogue && lastOutput < text.size() && !text.get(lastOutput).startsWith("$ ")) {
        lastOutput++;
      }
      steps.add(
          new Step(from + at + 1, end - at, command.toString(), withoutEnd(text, end, lastOutput)));
      at = lastOutput;
    }
    return new Session(from + 1, hidden, notRun, steps);
  }

  private static List<String> withoutEnd(List<String> text, int from, int to) {
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
