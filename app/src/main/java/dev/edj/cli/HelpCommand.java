package dev.edj.cli;

import dev.edj.text.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `edj help`: the overview, a command's own help, or a topic.
@Command(
    name = "help",
    footerHeading = "%nExamples:%n",
    footer = {"  edj help job create", "  edj help exit-codes"})
final class HelpCommand implements Runnable {

  private static final String EXIT_CODES = "exit-codes";

  private final Session session;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "WORD",
      arity = "0..*",
      description = "A command, such as job create; or exit-codes.")
  private List<String> words = List.of();

  HelpCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    if (words.equals(List.of(EXIT_CODES))) {
      session.output().line(exitCodes().render(session.output().colours()));
      return;
    }
    CommandLine command = root();
    for (String word : words) {
      command = subcommand(command, word);
    }
    command.usage(command.getOut());
  }

  private static Table exitCodes() {
    Table table = Table.of("CODE", "MEANING");
    Arrays.stream(ExitCode.values()).forEach(code -> table.row(code.number(), code.meaning()));
    return table;
  }

  private CommandLine root() {
    if (spec == null) {
      throw new IllegalStateException("not parsed");
    }
    return spec.root().commandLine();
  }

  private static CommandLine subcommand(CommandLine command, String word) {
    CommandLine found = command.getSubcommands().get(word);
    if (found != null) {
      return found;
    }
    Optional<String> nearest = Spelling.nearest(word, command.getSubcommands().keySet());
    throw CommandException.badInput(
        "there is no help for '%s'.%s"
            .formatted(word, nearest.map(" Did you mean '%s'?"::formatted).orElse("")));
  }
}
