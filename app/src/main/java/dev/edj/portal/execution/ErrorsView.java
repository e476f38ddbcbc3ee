package dev.edj.portal.execution;

import dev.edj.execution.ErrorGroup;
import dev.edj.portal.site.PagePath;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/// What went wrong in a run, by what was said.
///
/// @param groups the most frequent first
/// @param others how many more there are
record ErrorsView(UUID run, List<ErrorGroup> groups, int others) {

  private static final int MOST_GROUPS = 20;

  /// An address has no room for long messages; the beginning of one finds it, too.
  private static final int LONGEST_PATTERN = 300;

  static ErrorsView of(UUID run, List<ErrorGroup> groups) {
    return new ErrorsView(
        run, groups.stream().limit(MOST_GROUPS).toList(), Math.max(0, groups.size() - MOST_GROUPS));
  }

  /// `42 databases`
  public String count(ErrorGroup group) {
    return group.size() == 1
        ? group.first().getFirst().database()
        : String.format(Locale.ROOT, "%,d databases", group.size());
  }

  /// `on db1/a, db1/b and 40 more`
  public String places(ErrorGroup group) {
    String named =
        group.first().stream()
            .map(member -> member.server() + "/" + member.database())
            .collect(Collectors.joining(", "));
    int unnamed = group.size() - group.first().size();
    return unnamed == 0 ? named : String.format(Locale.ROOT, "%s and %,d more", named, unnamed);
  }

  /// To the one database, or to the table of all of them.
  public PagePath path(ErrorGroup group) {
    if (group.size() == 1) {
      return PagePath.of("executions", group.first().getFirst().executionId());
    }
    String message = group.message();
    String pattern =
        message
            .substring(0, Math.min(LONGEST_PATTERN, message.length()))
            .replaceAll("\\s*\\R\\s*", "*")
            .replace('…', '*');
    return DatabaseQuery.ofError(pattern).path(run, null);
  }
}
