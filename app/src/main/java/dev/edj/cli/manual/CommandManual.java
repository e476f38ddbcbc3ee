package dev.edj.cli.manual;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/// One command as its users see it.
///
/// @param name with the words before it: `edj job create`
/// @param description in sentences, the first of which says what it does
/// @param arguments what is given by its place
/// @param options its own; those of every command are [#commonOptions]
/// @param examples lines of a shell, some with a remark behind `#`
/// @param verbs the commands below it, in the order in which they are shown
public record CommandManual(
    String name,
    List<String> description,
    List<Entry> arguments,
    List<Entry> options,
    List<Entry> commonOptions,
    List<String> examples,
    List<CommandManual> verbs) {

  /// An argument or an option.
  ///
  /// @param names of an option all that it has, of an argument what stands for it
  /// @param value what stands for the value; empty where there is none to give
  public record Entry(List<String> names, String value, boolean required, String description) {}

  public static CommandManual of(CommandSpec command) {
    return new CommandManual(
        command.qualifiedName(),
        lines(command.usageMessage().description()),
        command.positionalParameters().stream()
            .filter(argument -> !argument.hidden())
            .map(CommandManual::argument)
            .toList(),
        options(command).filter(option -> !isCommon(option)).map(CommandManual::option).toList(),
        options(command).filter(CommandManual::isCommon).map(CommandManual::option).toList(),
        lines(command.usageMessage().footer()).stream().filter(line -> !line.isBlank()).toList(),
        command.subcommands().values().stream()
            .map(verb -> verb.getCommandSpec())
            .filter(verb -> !verb.usageMessage().hidden())
            .map(CommandManual::of)
            .toList());
  }

  /// How it is called: `edj job create [OPTIONS] NAME`.
  public String synopsis() {
    String taken = options.isEmpty() ? "" : " [OPTIONS]";
    StringBuilder line = new StringBuilder(name).append(verbs.isEmpty() ? taken : " VERB");
    for (Entry argument : arguments) {
      line.append(
          argument.required() ? " " + argument.value() : " [%s]".formatted(argument.value()));
    }
    return line.toString();
  }

  /// This and all below it, in the order of a manual.
  public Stream<CommandManual> all() {
    return Stream.concat(Stream.of(this), verbs.stream().flatMap(CommandManual::all));
  }

  private static Stream<OptionSpec> options(CommandSpec command) {
    return command.options().stream().filter(option -> !option.hidden());
  }

  /// Where it is declared, at the root, it is not inherited yet.
  private static boolean isCommon(OptionSpec option) {
    return option.inherited() || option.scopeType() == ScopeType.INHERIT;
  }

  private static Entry option(OptionSpec option) {
    List<String> names =
        Arrays.stream(option.names())
            .map(name -> option.negatable() ? name.replaceFirst("^--", "--[no-]") : name)
            .toList();
    return new Entry(
        names,
        option.arity().max() == 0 ? "" : option.paramLabel(),
        option.required(),
        description(option));
  }

  private static Entry argument(PositionalParamSpec argument) {
    String value = argument.paramLabel() + (argument.arity().max() > 1 ? "..." : "");
    return new Entry(List.of(value), value, argument.arity().min() > 0, description(argument));
  }

  private static String description(ArgSpec argument) {
    return String.join(" ", lines(argument.description()));
  }

  /// Picocli formats what it shows, where it can: a per cent sign may be written twice.
  private static List<String> lines(String... texts) {
    return Arrays.stream(texts)
        .flatMap(text -> text.replace("%n", "\n").replace("%%", "%").lines())
        .map(String::stripTrailing)
        .toList();
  }
}
