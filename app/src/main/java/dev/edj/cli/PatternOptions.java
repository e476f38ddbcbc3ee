package dev.edj.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that make a group of a server's databases by their names.
final class PatternOptions {

  @Option(
      names = "--name-pattern",
      paramLabel = "PATTERN",
      description =
          "Only databases with such a name; * stands for any characters, ? for one. Repeatable: one"
              + " of them has to match.")
  private @Nullable List<String> included;

  @Option(
      names = "--exclude-pattern",
      paramLabel = "PATTERN",
      description = "No databases with such a name; repeatable.")
  private @Nullable List<String> excluded;

  @Nullable List<String> included() {
    return included;
  }

  @Nullable List<String> excluded() {
    return excluded;
  }
}
