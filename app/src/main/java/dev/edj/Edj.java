package dev.edj;

import dev.edj.api.ServeCommand;
import dev.edj.problem.EdjException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/// The one entry point: `edj serve` is the service, everything else is a client of it.
@Command(name = "edj", mixinStandardHelpOptions = true, subcommands = ServeCommand.class)
public final class Edj {

  private Edj() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Edj())
            .setExecutionExceptionHandler((e, command, result) -> {
              if (e instanceof EdjException edj) {
                command.getErr().println("edj: " + edj.text());
                return ExitCode.USAGE;
              }
              throw e;
            })
            .execute(arguments));
  }
}
