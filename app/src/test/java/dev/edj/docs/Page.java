package dev.edj.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A page of the documentation, in Markdown.
record Page(List<String> lines) {

  static Page read(Path file) throws IOException {
    return new Page(Files.readAllLines(file));
  }

  /// What is no code.
  String prose() {
    boolean[] fenced = {false};
    return lines.stream()
        .filter(line -> {
          boolean fence = line.strip().startsWith("```");
          fenced[0] ^= fence;
          return !fenced[0] && !fence && !line.startsWith("    ");
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
      fenced ^= line.strip().startsWith("```");
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
}
