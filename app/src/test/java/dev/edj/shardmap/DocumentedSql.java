package dev.edj.shardmap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The statements that docs/reference/shard-maps.md tells people to copy.
final class DocumentedSql {

  private DocumentedSql() {}

  /// The blocks of a chapter, in order.
  static List<String> blocks(String chapter) {
    List<String> blocks = new ArrayList<>();
    for (String part : chapterText(chapter).split("```sql\n", -1)) {
      int end = part.indexOf("```");
      if (end >= 0) {
        blocks.add(part.substring(0, end));
      }
    }
    return blocks;
  }

  private static String chapterText(String chapter) {
    try {
      String page = Files.readString(Path.of("../docs/reference/shard-maps.md"));
      String heading = "\n## " + chapter + "\n";
      int begin = page.indexOf(heading) + heading.length();
      int end = page.indexOf("\n## ", begin);
      return page.substring(begin, end < 0 ? page.length() : end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
