package dev.edj.cli;

import static dev.edj.testing.GeneratedPage.cell;
import static dev.edj.testing.GeneratedPage.code;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.cli.manual.CommandManual;
import dev.edj.cli.manual.CommandManual.Entry;
import dev.edj.testing.GeneratedPage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The reference of the commands is what `--help` says, on one page.
class CommandsPageTest {

  private final CommandManual edj = Cli.manual();

  @Test
  void thePageOfCommandsSaysWhatTheCodeDoes() {
    new GeneratedPage("reference/commands.md")
        .says(
            """
            # Commands

            <!-- Made from the code by CommandsPageTest. not run: the examples of --help; each is parsed -->

            Everything that `edj --help` says. [The command line](cli.md) has what all commands have in common.

            | command | what it does |
            |---|---|
            %s

            ## Options of every command

            %s

            ## Exit codes

            | code | meaning |
            |---|---|
            %s

            `Succeeded` and `SucceededWithSkipped` are a success. With `execution wait --any`, the executions that have ended decide.
            %s\
            """
                .formatted(
                    leaves().map(CommandsPageTest::overview).collect(joining("\n")),
                    table("option", edj.commonOptions()),
                    Arrays.stream(ExitCode.values())
                        .map(code -> "| %d | %s |".formatted(code.number(), code.meaning()))
                        .collect(joining("\n")),
                    edj.verbs().stream().map(CommandsPageTest::noun).collect(joining())));
  }

  @Test
  void theOptionsOfEveryCommandAreThoseThatEachCommandHas() {
    assertThat(edj.commonOptions())
        .flatMap(Entry::names)
        .contains("--url", "--data", "--output", "--help");
    assertThat(leaves()).allMatch(leaf -> leaf.commonOptions().equals(edj.commonOptions()));
  }

  /// Those that do something themselves.
  private Stream<CommandManual> leaves() {
    return edj.all().filter(command -> command.verbs().isEmpty());
  }

  private static String overview(CommandManual command) {
    return "| [%s](#%s) | %s |"
        .formatted(
            code(command.name()),
            command.name().replace(' ', '-'),
            cell(command.description().getFirst()));
  }

  private static String noun(CommandManual noun) {
    StringBuilder text = new StringBuilder(section("##", noun));
    noun.verbs().stream()
        .flatMap(CommandManual::all)
        .map(verb -> section("###", verb))
        .forEach(text::append);
    return text.toString();
  }

  private static String section(String heading, CommandManual command) {
    StringBuilder text = new StringBuilder();
    text.append("\n%s %s\n\n".formatted(heading, command.name()));
    text.append(cell(String.join(" ", command.description())));
    if (!command.verbs().isEmpty()) {
      return text.append("\n").toString();
    }
    text.append("\n\n    %s\n".formatted(command.synopsis()));
    Stream.of(table("argument", command.arguments()), table("option", command.options()))
        .filter(table -> !table.isEmpty())
        .forEach(table -> text.append("\n").append(table).append("\n"));
    if (!command.examples().isEmpty()) {
      text.append("\n```sh\n");
      command.examples().forEach(line -> text.append(line.replaceFirst("^  ", "")).append("\n"));
      text.append("```\n");
    }
    return text.toString();
  }

  private static String table(String what, List<Entry> entries) {
    if (entries.isEmpty()) {
      return "";
    }
    return entries.stream()
        .map(entry ->
            "| %s%s | %s |"
                .formatted(
                    entry.names().stream().map(name -> written(entry, name)).collect(joining(", ")),
                    entry.required() ? "" : what.equals("argument") ? " (optional)" : "",
                    cell(entry.description())))
        .collect(joining("\n", "| %s | |\n|---|---|\n".formatted(what), ""));
  }

  private static String written(Entry entry, String name) {
    return code(
        entry.value().isEmpty() || name.equals(entry.value()) ? name : name + " " + entry.value());
  }
}
