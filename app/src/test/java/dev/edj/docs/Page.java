package dev.edj.docs;

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
import java.util.stream.Stream;

/// A page of the documentation, in Markdown.
public record Page(Path file, List<String> lines) {

  private static final String INDENT = "    ";
  private static final String FENCE = "```";
  private static final Pattern PREPARE = Pattern.compile("<!-- prepare");
  private static final Pattern NOT_RUN = Pattern.compile("<!--.*\\bnot run: (.*\\S) *-->");
  private static final Pattern INLINE_CODE = Pattern.compile("`([^`]+)`");

  static Page read(Path file) throws IOException {
    return new Page(file, Files.readAllLines(file));
  }

  /// Its path, as readers name it.
  public String name() {
    return Documentation.name(file);
  }

  @Override
  public String toString() {
    return name();
  }

  /// What is no block of code.
  String prose() {
    return textOutsideOfBlocks()
        .map(line -> line.replaceAll("`[^`]*`", "code"))
        .collect(Collectors.joining("\n"));
  }

  /// The code that stands in sentences and tables, without its marks.
  public List<String> codeInSentences() {
    return INLINE_CODE
        .matcher(textOutsideOfBlocks().collect(Collectors.joining("\n")))
        .results()
        .map(code -> code.group(1).replaceAll("\\s+", " "))
        .toList();
  }

  private Stream<String> textOutsideOfBlocks() {
    boolean[] fenced = {false};
    return lines.stream()
        .filter(line -> {
          boolean fence = line.strip().startsWith(FENCE);
          fenced[0] ^= fence;
          return !fenced[0] && !fence && !line.startsWith(INDENT);
        });
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

  /// What is there of shells, from top to bottom.
  List<Session> sessions() {
    return blocks().stream().filter(Block::isShell).map(Block::session).toList();
  }

  /// All code that is set off from the text, from top to bottom. Of a page whose head says "not
  /// run" none is.
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Optional<String> wholePage =
        lines.stream().limit(3).map(Page::notRun).flatMap(Optional::stream).findFirst();
    Optional<String> next = Optional.empty();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at);
      String indent = line.substring(0, line.length() - line.stripLeading().length());
      Optional<String> notRun = wholePage.isPresent() ? wholePage : next;
      int end = at + 1;
      if (PREPARE.matcher(line).lookingAt()) {
        end = endOf(at, "-->");
        blocks.add(block(at + 1, end - 1, "", Block.SHELL, true, wholePage));
      } else if (line.strip().startsWith(FENCE)) {
        end = endOf(at, indent + FENCE);
        String language = line.strip().substring(FENCE.length());
        blocks.add(block(at + 1, end - 1, indent, language, false, notRun));
        next = Optional.empty();
      } else if (line.startsWith(INDENT) && !line.isBlank() && !isGoingOn(at)) {
        while (end < lines.size() && isCode(end, indent)) {
          end++;
        }
        if (!isSynopsis(at)) {
          blocks.add(block(at, end, indent, Block.SHELL, false, notRun));
        }
        next = Optional.empty();
      } else if (!line.isBlank()) {
        next = notRun(line);
      }
      at = end;
    }
    return blocks;
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

  /// Whether a line only goes on with the sentence before it, however far it is indented.
  private boolean isGoingOn(int at) {
    String before = at == 0 ? "" : lines.get(at - 1);
    return !before.isBlank() && !before.endsWith("-->");
  }

  /// Whether the line only says what a command takes, on the page that is made of the commands.
  boolean isSynopsis(int at) {
    return file.endsWith("reference/commands.md") && lines.get(at).startsWith(INDENT + "edj ");
  }

  /// A line without text belongs to the code that goes on behind it.
  private boolean isCode(int at, String indent) {
    String line = lines.get(at);
    return line.startsWith(indent)
        || (line.isBlank() && at + 1 < lines.size() && lines.get(at + 1).startsWith(indent));
  }

  private Block block(
      int from, int to, String indent, String language, boolean hidden, Optional<String> notRun) {
    List<String> text =
        lines.subList(from, to).stream()
            .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line.strip())
            .toList();
    return new Block(from + 1, language, text, hidden, notRun);
  }
}
