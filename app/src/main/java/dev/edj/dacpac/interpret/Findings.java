package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.DacpacException.Code;
import dev.edj.dacpac.file.Excerpt;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Everything of a package that cannot be deployed, in the order in which it was found.
final class Findings {

  private static final int SHOWN = 50;
  private static final int LONGEST_TITLE = 300;
  private static final int LONGEST_FAULT = 400;

  private final Set<String> found = new LinkedHashSet<>();

  /// @param title of the element: `SqlTable [dbo].[Orders]`
  /// @param fault such as `the relationship Schema is missing`
  void add(String title, String fault) {
    found.add(
        "%s: %s".formatted(Excerpt.of(title, LONGEST_TITLE), Excerpt.of(fault, LONGEST_FAULT)));
  }

  /// @throws DacpacException when there are any
  void refuse() throws DacpacException {
    if (!found.isEmpty()) {
      throw new DacpacException(Code.NOT_SUPPORTED, message());
    }
  }

  private String message() {
    String more = found.size() > SHOWN ? "\n  and %d more".formatted(found.size() - SHOWN) : "";
    return found.stream()
        .limit(SHOWN)
        .map(finding -> "\n  " + finding)
        .collect(
            Collectors.joining(
                "",
                "nothing is deployed, because of what the package holds (%d in all):"
                    .formatted(found.size()),
                more));
  }
}
