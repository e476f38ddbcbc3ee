package dev.edj.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Whoever follows a link in the documentation arrives, and so does whoever reads a page's name in
/// a source or a script.
class LinksTest {

  private static final Pattern LINK = Pattern.compile("]\\(([^()\\s]+)\\)");

  /// Where readers begin, in a repository and in an archive.
  private static final Set<String> ENTRANCES = Set.of("README.md", "packaging/files/README.md");

  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
  private static final Pattern NAMED_PAGE = Pattern.compile("\\bdocs/[\\w/-]+\\.md\\b");
  private static final Pattern NAMES_PAGES =
      Pattern.compile(".*\\.(java|md|sql|html|sh|yml|yaml|xml|service)|edj|run");

  @Test
  void everyLinkOfAPageLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Page page : Documentation.pages()) {
      broken.addAll(brokenLinks(page));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void toEveryPageALinkLeads() throws IOException {
    Set<Path> linked = new HashSet<>();
    for (Page page : Documentation.pages()) {
      LINK.matcher(page.prose())
          .results()
          .map(link -> link.group(1).replaceFirst("#.*", ""))
          .map(to -> page.file().resolveSibling(to).normalize())
          .filter(to -> !to.equals(page.file()))
          .forEach(linked::add);
    }
    assertThat(Documentation.pages())
        .map(Page::file)
        .filteredOn(page -> !ENTRANCES.contains(Documentation.name(page)))
        .isSubsetOf(linked);
  }

  private static List<String> brokenLinks(Page page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (MatchResult link : LINK.matcher(page.prose()).results().toList()) {
      String target = link.group(1);
      if (!ELSEWHERE.matcher(target).matches() && !leadsSomewhere(page.file(), target)) {
        broken.add(page.name() + ": " + target);
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
    for (Path file : Documentation.files()) {
      if (NAMES_PAGES.matcher(file.getFileName().toString()).matches()) {
        NAMED_PAGE
            .matcher(Files.readString(file))
            .results()
            .map(MatchResult::group)
            .filter(page -> !Files.exists(Documentation.ROOT.resolve(page)))
            .forEach(page -> missing.add(Documentation.name(file) + ": " + page));
      }
    }
    assertThat(missing).isEmpty();
  }
}
