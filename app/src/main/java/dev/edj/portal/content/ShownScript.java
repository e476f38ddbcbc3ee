package dev.edj.portal.content;

import java.util.List;

/// The lines of a script as a page shows them.
///
/// @param more how many lines are left out
public record ShownScript(List<String> lines, int more) {

  /// What is longer is read as a file.
  private static final int MOST_LINES = 5_000;

  public static ShownScript of(String text) {
    List<String> lines = text.lines().toList();
    int shown = Math.min(MOST_LINES, lines.size());
    return new ShownScript(lines.subList(0, shown), lines.size() - shown);
  }

  /// The lines in one text.
  public String text() {
    return String.join("\n", lines);
  }
}
