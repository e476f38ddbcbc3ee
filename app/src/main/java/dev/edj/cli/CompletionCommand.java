package dev.edj.cli;

import dev.edj.cli.manual.CommandManual;
import dev.edj.cli.manual.FishCompletion;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `edj completion`: the words of every command, for the shell's Tab key.
@Command(
    name = "completion",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(edj completion bash)",
      "  edj completion bash > /etc/bash_completion.d/edj",
      "  edj completion fish > ~/.config/fish/completions/edj.fish"
    })
final class CompletionCommand implements Runnable {

  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  private final Session session;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Shell shell = Shell.BASH;

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    if (spec == null) {
      throw new IllegalStateException("not parsed");
    }
    session.output().raw(script(shell, spec.root()));
  }

  /// For a shell to read at its start.
  static String script(Shell shell, CommandSpec edj) {
    return switch (shell) {
      case BASH -> bash(edj);
      // The script is one for bash, which zsh can run.
      case ZSH ->
          """
          autoload -U +X compinit && compinit
          autoload -U +X bashcompinit && bashcompinit
          """
              + bash(edj);
      case FISH -> new FishCompletion(CommandManual.of(edj)).script();
    };
  }

  /// For zsh to find by its name in one of its directories for functions, when it is first needed.
  static String zshFunction(CommandSpec edj) {
    return """
    #compdef edj
    autoload -U +X bashcompinit && bashcompinit
    (( $+functions[compopt] )) || compopt() { : }
    """
        + bash(edj)
        + """

        _bash_complete -o default -F _complete_edj "$@"
        """;
  }

  private static String bash(CommandSpec edj) {
    return AutoComplete.bash("edj", edj.commandLine());
  }
}
