package dev.edj.cli.manual;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What fish offers at the Tab key: the words of every command, and its options.
///
/// @param edj with all that is below it
public record FishCompletion(CommandManual edj) {

  public String script() {
    StringBuilder script = new StringBuilder(functions());
    words(script, edj);
    edj.all()
        .skip(1)
        .filter(command -> command.verbs().isEmpty())
        .forEach(command -> {
          command.options().forEach(option -> option(script, within(command), option));
        });
    options().forEach(option -> option(script, "", option));
    return script.toString();
  }

  /// Those of `edj` alone, and those that are good behind every command.
  private Stream<CommandManual.Entry> options() {
    return Stream.concat(edj.options().stream(), edj.commonOptions().stream());
  }

  /// Conditions on the words so far, without options and the values of those that every command
  /// has.
  private String functions() {
    return """
    # Made from the commands of edj: edj completion fish > ~/.config/fish/completions/edj.fish
    function __edj_words
        set -l tokens (commandline -opc)
        set -l words
        set -l value
        for token in $tokens[2..]
            if test -n "$value"
                set value
                continue
            end
            switch $token
                case %s
                    set value yes
                case '-*'
                case '*'
                    set -a words $token
            end
        end
        echo "$words "
    end
    function __edj_at
        test (__edj_words) = "$argv "
    end
    function __edj_in
        string match -q -- "$argv *" (__edj_words)
    end
    complete -c edj -f
    """
        .formatted(namesWithValue());
  }

  private String namesWithValue() {
    return options()
        .filter(option -> !option.value().isEmpty())
        .flatMap(option -> option.names().stream())
        .sorted(Comparator.naturalOrder())
        .collect(Collectors.joining(" "));
  }

  private static void words(StringBuilder script, CommandManual command) {
    for (CommandManual verb : command.verbs()) {
      script.append(
          "complete -c edj -n %s -a %s -d %s\n"
              .formatted(quoted(at(command)), lastWord(verb), quoted(summary(verb))));
      words(script, verb);
    }
  }

  private static String at(CommandManual command) {
    return ("__edj_at " + below(command)).strip();
  }

  private static String within(CommandManual command) {
    return "-n " + quoted("__edj_in " + below(command)) + " ";
  }

  /// The words after `edj`.
  private static String below(CommandManual command) {
    return command.name().replaceFirst("^edj ?", "");
  }

  private static String lastWord(CommandManual command) {
    return command.name().substring(command.name().lastIndexOf(' ') + 1);
  }

  private static void option(StringBuilder script, String condition, CommandManual.Entry option) {
    for (String name : expanded(option.names())) {
      script.append("complete -c edj ").append(condition);
      script.append(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
      script
          .append(value(option))
          .append(" -d ")
          .append(quoted(firstSentence(option.description())));
      script.append('\n');
    }
  }

  /// `--[no-]wait` is two.
  private static List<String> expanded(List<String> names) {
    return names.stream()
        .flatMap(name ->
            name.contains("[no-]")
                ? List.of(name.replace("[no-]", ""), name.replace("[no-]", "no-")).stream()
                : List.of(name).stream())
        .toList();
  }

  /// Files where one is wanted; anything else cannot be guessed.
  private static String value(CommandManual.Entry option) {
    String value = option.value().toUpperCase(Locale.ROOT);
    if (value.isEmpty()) {
      return "";
    }
    return value.contains("FILE") || value.contains("DIRECTORY") ? " -r -F" : " -x";
  }

  private static String summary(CommandManual command) {
    return command.description().stream()
        .filter(line -> !line.isBlank())
        .findFirst()
        .map(FishCompletion::firstSentence)
        .orElse("");
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    return (end < 0 ? text : text.substring(0, end)).replaceFirst("\\.$", "");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
