package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CliTest {

  @Test
  void withoutWordsItSaysWhatItIsAndHowToBegin() {
    CommandLineRun run = CommandLineRun.of();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("fleet of databases", "edj serve", "edj job start");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "crednetial list, credential",
    "job strat x, start",
    "exec list, execution",
    "job list --outptu json, --output",
    "target create databse a b, database",
    "help polciy, policy"
  })
  void aSlipOfTheFingersIsAnsweredWithTheWordThatWasMeant(String line, String meant) {
    CommandLineRun run = CommandLineRun.of(line.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("edj: ").contains("Did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "frobnicate | 'frobnicate' is not a command.",
        "job | 'edj job' needs a verb: create, update, show",
        "job show | missing required parameter: 'NAME'",
        "execution wait x --timeout soon | 'soon' is not a duration",
        "execution list --since yesterday | 'yesterday' is not a time",
        "execution list --lifecycle Done | expected one of",
        "target create server a --tls maybe | 'maybe' is not one of verify-full",
        "target add-child c | give either TARGET, or --server with --database",
        "job create j --content c | --credential is missing",
        "job create j --content c --credential c --target t --destination-table t | --destination-server is missing",
        "job create j --results perhaps | expected one of",
        "job create j --destination-drift perhaps | expected one of",
        "job update j --destination-table | required parameter",
        "policy create p --on-destination-failure maybe | 'maybe' is not one of run-again, write-only",
        "job start j --param x | wants NAME=VALUE",
        "job start j --secret-param x | give --secret-param x=FILE",
        "content create c | --text",
        "content create c --file /no/such/file | there is no file /no/such/file",
        "credential create c --user u | give --password-stdin or --password-file",
        "--url ftp://x job list | must look like http://host:8740"
      })
  void badUsageIsExitCode2AndASentence(String line, String sentence) {
    CommandLineRun run = CommandLineRun.of(line.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("edj: ").contains(sentence);
  }

  @Test
  void withoutAServiceItSaysHowToStartOne() {
    CommandLineRun run = CommandLineRun.of("job", "list");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("/nowhere/.edj/service.json", "edj serve", "--url");
  }

  @Test
  void exitCodesAreAHelpTopic() {
    assertThat(CommandLineRun.of("help", "exit-codes").out())
        .contains("  6  the wait timed out; the execution goes on");
  }

  @Test
  void helpForACommandIsWhatItsOwnHelpOptionPrints() {
    assertThat(CommandLineRun.of("help", "job", "create").out())
        .isEqualTo(CommandLineRun.of("job", "create", "--help").out())
        .contains("Usage: edj job create [OPTIONS] NAME");
  }

  @Test
  void everyCommandHasAnExampleAndEveryOptionADescription() {
    List<String> gaps = new ArrayList<>();
    CommandLine edj = new Cli(Terminal.ofThisProcess()).commandLine(List.of("completion"));
    leaves(edj)
        .forEach(spec -> {
          String name = spec.qualifiedName();
          if (Arrays.stream(spec.usageMessage().footer()).noneMatch(l -> l.contains(name))) {
            gaps.add(name + " has no example");
          }
          if (spec.usageMessage().description().length == 0) {
            gaps.add(name + " has no description");
          }
          spec.args().stream()
              .filter(arg -> arg.description().length == 0)
              .forEach(arg -> gaps.add(name + " " + arg + " has no description"));
        });
    assertThat(gaps).isEmpty();
  }

  @Test
  void everyExampleCanBeParsed() {
    CommandLine edj = new Cli(Terminal.ofThisProcess()).commandLine(List.of("completion"));
    leaves(edj).stream()
        .flatMap(spec ->
            Arrays.stream(
                String.join("\n", spec.usageMessage().footer()).replace("\\\n", " ").split("\n")))
        .map(line -> line.strip().replaceAll(" (\\|\\||<|>) .*", ""))
        .filter(line -> line.startsWith("edj "))
        .forEach(line -> edj.parseArgs(words(line.substring("edj ".length()))));
  }

  @Test
  void theCompletionScriptKnowsTheVerbs() {
    CommandLineRun run = CommandLineRun.of("completion", "bash");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("add-child", "--max-parallelism");
  }

  @Test
  void colourIsOnlyForATerminalAndNotWithNoColor() {
    Terminal terminal = Terminal.ofThisProcess();
    assertThat(withVariables(terminal, Map.of()).coloursOn(true)).isTrue();
    assertThat(withVariables(terminal, Map.of()).coloursOn(false)).isFalse();
    assertThat(withVariables(terminal, Map.of("NO_COLOR", "1")).coloursOn(true)).isFalse();
    assertThat(withVariables(terminal, Map.of("NO_COLOR", "")).coloursOn(true)).isTrue();
  }

  /// Of a container, a build or a test that has a home of its own.
  @Test
  void theHomeDirectoryIsTheOneThatTheVariableNames() {
    Path ofTheUser = Path.of(System.getProperty("user.home"));
    assertThat(Terminal.home(Map.of("HOME", "/nowhere"))).isEqualTo(Path.of("/nowhere"));
    assertThat(Terminal.home(Map.of("HOME", ""))).isEqualTo(ofTheUser);
    assertThat(Terminal.home(Map.of("HOME", "here"))).isEqualTo(ofTheUser);
    assertThat(Terminal.home(Map.of())).isEqualTo(ofTheUser);
  }

  private static Terminal withVariables(Terminal t, Map<String, String> variables) {
    return new Terminal(t.in(), t.out(), t.err(), true, true, variables, t.home(), t.clock());
  }

  private static List<CommandSpec> leaves(CommandLine line) {
    if (line.getSubcommands().isEmpty()) {
      boolean hidden = line.getCommandSpec().usageMessage().hidden();
      return hidden ? List.of() : List.of(line.getCommandSpec());
    }
    return line.getSubcommands().values().stream().flatMap(sub -> leaves(sub).stream()).toList();
  }

  /// Cuts a line as a shell does, as far as the examples need it.
  private static String[] words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = Pattern.compile("(?:'[^']*'|[^\\s'])+").matcher(line);
    while (matcher.find()) {
      words.add(matcher.group().replace("'", ""));
    }
    return words.toArray(String[]::new);
  }
}
