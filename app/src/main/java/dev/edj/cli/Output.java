package dev.edj.cli;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Writes results to standard output, in the format asked for, and notes to standard error.
final class Output {

  private final Terminal terminal;
  private final OutputFormat format;

  Output(Terminal terminal, OutputFormat format) {
    this.terminal = terminal;
    this.format = format;
  }

  boolean isJson() {
    return format == OutputFormat.JSON;
  }

  <T> void show(Answer<T> answer, Function<T, Details> view) {
    if (isJson()) {
      json(answer.json());
    } else {
      line(view.apply(answer.value()).render(colours()));
    }
  }

  /// @param whenEmpty what to tell a person instead of a table without rows
  <T> void list(Answer<List<T>> answer, Function<List<T>, Table> view, String whenEmpty) {
    if (isJson()) {
      json(answer.json());
    } else {
      line(answer.value().isEmpty() ? whenEmpty : view.apply(answer.value()).render(colours()));
    }
    if (answer.next() != null) {
      note("more: add --after " + answer.next() + ", or a greater --limit (0 is all)");
    }
  }

  void json(JsonNode json) {
    line(Json.mapper().writeValueAsString(json));
  }

  /// What was done, for people only.
  void done(String sentence) {
    if (!isJson()) {
      line(sentence);
    }
  }

  /// A text exactly as it is.
  void raw(String text) {
    terminal.out().print(text);
    terminal.out().flush();
  }

  void line(String text) {
    terminal.out().println(text);
  }

  /// Something worth knowing beside the result.
  void note(String text) {
    terminal.err().println(text);
  }

  boolean colours() {
    return terminal.coloursOn(terminal.outIsTerminal());
  }
}
