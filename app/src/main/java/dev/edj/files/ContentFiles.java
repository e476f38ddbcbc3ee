package dev.edj.files;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Files of their own for scripts and packages: that is how they are read and compared best. Used
/// by one thread.
final class ContentFiles {

  private static final String DIRECTORY = "contents/";
  private static final String TEXT = "text";
  private static final Pattern NOT_IN_FILES = Pattern.compile("[^\\p{L}\\p{N}._-]+");
  private static final Pattern EDGES = Pattern.compile("^[.-]+|[.-]+$");

  /// What Windows takes for devices, whatever the ending.
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|(com|lpt)[0-9])([.].*)?", Pattern.CASE_INSENSITIVE);

  /// File systems take 255 bytes, of which an ending and a number need some.
  private static final int LONGEST_NAME_BYTES = 100;

  private final Set<String> taken = new HashSet<>();

  /// Puts the file in the place of the text, where there is one.
  Optional<WrittenFile> takeScript(ObjectNode content) {
    if (!content.has(TEXT)) {
      return Optional.empty();
    }
    WrittenFile file =
        WrittenFile.of(name(content.get("name").asString(), ".sql"), content.get(TEXT).asString());
    content.remove(TEXT);
    content.put("file", file.name());
    return Optional.of(file);
  }

  /// A name that any file system takes, told from others whatever their case.
  String name(String content, String ending) {
    String plain = EDGES.matcher(NOT_IN_FILES.matcher(content).replaceAll("-")).replaceAll("");
    String cut = cut(plain);
    String base = cut.isEmpty() || DEVICE.matcher(cut).matches() ? "content" + cut : cut;
    String file = base + ending;
    for (int number = 2; !taken.add(file.toLowerCase(Locale.ROOT)); number++) {
      file = "%s-%d%s".formatted(base, number, ending);
    }
    return DIRECTORY + file;
  }

  private static String cut(String name) {
    int end = 0;
    int bytes = 0;
    while (end < name.length()) {
      String letter = Character.toString(name.codePointAt(end));
      bytes += letter.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST_NAME_BYTES) {
        break;
      }
      end += letter.length();
    }
    return name.substring(0, end);
  }
}
