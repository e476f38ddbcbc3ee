package dev.edj.execution;

import static java.util.Comparator.comparingInt;

import dev.edj.execution.ErrorGroup.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts the errors of databases together that say the same. What may differ is what differs from
/// database to database whatever went wrong: the name of the database itself and of its server, and
/// numbers that stand alone, such as a process or a time. Numbers by which an error is known, such
/// as its code or its line, have to be the same. Not for several threads.
public final class ErrorGroups {

  private static final String ANYTHING = "…";

  private static final Pattern NUMBER =
      Pattern.compile(
          "(\\b(?:error|SQLSTATE|severity|batch|line|level|state|code|number|msg|errno|column|class"
              + "|version|parameter|position)\\s?[:=#]?\\s?-?\\d+)|(?<![\\w.])\\d+(?:\\.\\d+)*(?!\\w)",
          Pattern.CASE_INSENSITIVE);

  private final int mostMembers;
  private final Map<String, Group> groups = new LinkedHashMap<>();

  /// @param mostMembers how many of a group are named
  public ErrorGroups(int mostMembers) {
    this.mostMembers = mostMembers;
  }

  public void add(String message, Member member) {
    groups
        .computeIfAbsent(pattern(message, member), _ -> new Group(message))
        .add(message, member, mostMembers);
  }

  public List<ErrorGroup> largestFirst() {
    return groups.entrySet().stream()
        .map(entry -> entry.getValue().named(entry.getKey()))
        .sorted(comparingInt(ErrorGroup::size).reversed())
        .toList();
  }

  private static String pattern(String message, Member member) {
    String pattern = withoutName(message, member.server());
    pattern = withoutName(pattern, host(member.server()));
    pattern = withoutName(pattern, member.database());
    return NUMBER
        .matcher(pattern)
        .replaceAll(number ->
            Matcher.quoteReplacement(number.group(1) == null ? ANYTHING : number.group(1)));
  }

  /// Where it stands as a word of its own.
  private static String withoutName(String message, String name) {
    return name.length() < 2 || !message.contains(name)
        ? message
        : Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)")
            .matcher(message)
            .replaceAll(ANYTHING);
  }

  /// Of `postgresql://db1.example:5433` and `db1,1433`, the name alone.
  private static String host(String server) {
    return server.replaceFirst("^[a-z]+://", "").replaceFirst("[,:\\\\].*$", "");
  }

  /// Filled by one thread.
  private static final class Group {

    private final String message;
    private final List<Member> first = new ArrayList<>();
    private boolean alike = true;
    private int size;

    Group(String message) {
      this.message = message;
    }

    void add(String message, Member member, int mostMembers) {
      alike = alike && message.equals(this.message);
      size++;
      if (first.size() < mostMembers) {
        first.add(member);
      }
    }

    ErrorGroup named(String pattern) {
      return new ErrorGroup(alike ? message : pattern, size, List.copyOf(first));
    }
  }
}
