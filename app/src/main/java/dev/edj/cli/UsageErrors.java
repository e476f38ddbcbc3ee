package dev.edj.cli;

import dev.edj.text.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in a line or two what is wrong with a command line, with the word that was probably meant.
final class UsageErrors implements IParameterExceptionHandler {

  /// Picocli's own words; it has no type for it.
  private static final String MISSING_VERB = "Missing required subcommand";

  private final Terminal terminal;

  UsageErrors(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    terminal.err().println("edj: " + sentence(failure, command));
    terminal.err().printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
    return ExitCode.BAD_INPUT.number();
  }

  private static String sentence(ParameterException failure, CommandLine command) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched.getUnmatched().getFirst(), command);
    }
    String message = String.valueOf(failure.getMessage()).replaceFirst("^Error: ", "");
    if (message.equals(MISSING_VERB)) {
      return "'%s' needs a verb: %s"
          .formatted(
              command.getCommandSpec().qualifiedName(),
              String.join(", ", command.getSubcommands().keySet()));
    }
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String unknown(String word, CommandLine command) {
    boolean isOption = word.startsWith("-");
    String written = isOption ? word.replaceAll("=.*", "") : word;
    List<String> known =
        isOption
            ? List.copyOf(command.getCommandSpec().optionsMap().keySet())
            : List.copyOf(command.getSubcommands().keySet());
    String kind =
        isOption
            ? "an option of '" + command.getCommandSpec().qualifiedName() + "'"
            : known.isEmpty() ? "expected there" : "a command";
    Optional<String> nearest = Spelling.nearest(written, known);
    return "'%s' is not %s.%s"
        .formatted(written, kind, nearest.map(" Did you mean '%s'?"::formatted).orElse(""));
  }
}
