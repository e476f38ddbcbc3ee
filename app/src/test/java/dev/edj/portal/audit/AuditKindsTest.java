package dev.edj.portal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What events can be about.
class AuditKindsTest {

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
}
