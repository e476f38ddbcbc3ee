package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.problem.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page of errors has each code that there is, with what follows from it.
class ErrorsPageTest {

  private static final Pattern ROW =
      Pattern.compile("\\| (`[A-Z_]+` \\| \\d+ \\| \\d+) \\| [^ |][^|]+ \\|");

  /// What HTTP has a status of its own for.
  private static final Map<ErrorCode, Integer> STATUS =
      Map.of(
          ErrorCode.METHOD_NOT_ALLOWED, 405,
          ErrorCode.NOT_ACCEPTABLE, 406,
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, 415);

  @Test
  void everyErrorIsOnThePageWithItsStatusAndExitCode() throws IOException {
    List<String> documented =
        ROW.matcher(Files.readString(Path.of("../docs/reference/errors.md")))
            .results()
            .map(row -> row.group(1))
            .toList();

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ErrorCode.values()).map(ErrorsPageTest::row).toList());
  }

  private static String row(ErrorCode code) {
    return "`%s` | %d | %d"
        .formatted(
            code,
            STATUS.getOrDefault(code, code.category().httpStatus()),
            ExitCode.of(code.category()).number());
  }
}
