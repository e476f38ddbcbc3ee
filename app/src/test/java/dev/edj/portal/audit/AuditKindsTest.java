package dev.edj.portal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What events can be about.
class AuditKindsTest {

  private static final Pattern RECORDED =
      Pattern.compile("NewAuditEvent\\s*\\.of\\(\\s*\"([a-z-]+)\\.");

  private static final Pattern ROW = Pattern.compile("\\| (`[a-z-]+`(?:, `[a-z-]+`)*) \\| `.*");

  /// Those of the table of objects and actions.
  @Test
  void thePageOffersTheKindsThatAreDocumented() throws IOException {
    String document = Files.readString(Path.of("../docs/reference/audit.md"));
    List<String> documented =
        document
            .substring(document.indexOf("| object | actions |"))
            .lines()
            .map(ROW::matcher)
            .filter(row -> row.matches())
            .flatMap(row -> Pattern.compile("[a-z-]+").matcher(row.group(1)).results())
            .map(kind -> kind.group())
            .toList();
    assertThat(AuditPages.KINDS).containsExactlyInAnyOrderElementsOf(documented).isSorted();
  }

  /// As they stand in the sources; what is put together there from parts is not seen.
  @Test
  void thePageOffersTheKindsThatAreRecorded() throws IOException {
    Set<String> recorded = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        RECORDED
            .matcher(Files.readString(source))
            .results()
            .forEach(event -> recorded.add(event.group(1)));
      }
    }
    assertThat(recorded).hasSizeGreaterThan(10);
    assertThat(AuditPages.KINDS).containsAll(recorded);
  }
}
