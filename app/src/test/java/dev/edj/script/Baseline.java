package dev.edj.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a script is to give: batches to execute, or an error.
record Baseline(List<Execution> executed, Optional<Refusal> error) {

  private static final Pattern ERROR =
      Pattern.compile("^\\[PARSER ERROR: code (\\w+) at (\\d+:\\d+) ", Pattern.MULTILINE);

  /// A batch ends where the next thing is told. One empty line follows a text with variables, two
  /// follow one without.
  private static final Pattern EXECUTION =
      Pattern.compile(
          """
          ^\\*\\*\\* Execute batch \\((\\d+)\\)
          (?:Batch text:
          (?<plain>.*?)\\n\\n|Text with variables not resolved:
          (?<resolved>.*?)\\n)\
          (?=\\*\\*\\* |Setting variable |Text with variables|\\[PARSER ERROR|\\z)\
          """,
          Pattern.MULTILINE | Pattern.DOTALL);

  record Execution(int count, String text) {}

  record Refusal(String code, String position) {}

  static Baseline read(Path file) throws IOException {
    String text = Files.readString(file).replace("\r\n", "\n");
    List<Execution> executed = new ArrayList<>();
    Matcher execution = EXECUTION.matcher(text);
    while (execution.find()) {
      String plain = execution.group("plain");
      String batch = plain != null ? plain : execution.group("resolved");
      if (!batch.isBlank()) {
        executed.add(new Execution(Integer.parseInt(execution.group(1)), batch));
      }
    }
    Matcher error = ERROR.matcher(text);
    return new Baseline(
        executed,
        error.find() ? Optional.of(new Refusal(error.group(1), error.group(2))) : Optional.empty());
  }
}
