package dev.edj.cli;

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
      "  edj completion bash > /etc/bash_completion.d/edj"
    })
final class CompletionCommand implements Runnable {

  enum Shell {
    BASH(""),
    // The script is one for bash, which zsh can run.
    ZSH(
        """
        autoload -U +X compinit && compinit
        autoload -U +X bashcompinit && bashcompinit
        """);

    private final String preparation;

    Shell(String preparation) {
      this.preparation = preparation;
    }
  }

  private final Session session;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell = Shell.BASH;

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    if (spec == null) {
      throw new IllegalStateException("not parsed");
    }
    session.output().raw(shell.preparation + AutoComplete.bash("edj", spec.root().commandLine()));
  }
}
