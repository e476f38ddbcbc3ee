package dev.edj.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Whoever follows a link in the documentation arrives, and so does whoever reads a page's name in
/// a source or a script.
class LinksTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules");
  private static final Pattern LINK = Pattern.compile("]\\(([^()\\s]+)\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
  private static final Pattern NAMED_PAGE = Pattern.compile("\\bdocs/[\\w/-]+\\.md\\b");
  private static final Pattern NAMES_PAGES =
      Pattern.compile(".*\\.(java|md|sql|html|sh|yml|yaml|xml|service)|edj|run");

  @Test
  void everyLinkOfAPageLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : files()) {
      if (file.toString().endsWith(".md")) {
        broken.addAll(brokenLinks(file));
      }
    }
    assertThat(broken).isEmpty();
  }

  private static List<String> brokenLinks(Path file) throws IOException {
    List<String> broken = new ArrayList<>();
    for (MatchResult link : LINK.matcher(Page.read(file).prose()).results().toList()) {
      String target = link.group(1);
      if (!ELSEWHERE.matcher(target).matches() && !leadsSomewhere(file, target)) {
        broken.add(ROOT.relativize(file) + ": " + target);
      }
    }
    return broken;
  }

  private static boolean leadsSomewhere(Path from, String target) throws IOException {
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    Path to = path.isEmpty() ? from : from.resolveSibling(path).normalize();
    if (hash < 0 || !Files.isRegularFile(to)) {
      return hash < 0 && Files.exists(to);
    }
    return Page.read(to).anchors().contains(target.substring(hash + 1));
  }

  @Test
  void everyPageThatASourceNamesIsThere() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path file : files()) {
      if (NAMES_PAGES.matcher(file.getFileName().toString()).matches()) {
        NAMED_PAGE
            .matcher(Files.readString(file))
            .results()
            .map(MatchResult::group)
            .filter(page -> !Files.exists(ROOT.resolve(page)))
            .forEach(page -> missing.add(ROOT.relativize(file) + ": " + page));
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
