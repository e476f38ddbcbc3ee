package dev.edj.cli;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.plan.PublishOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a package would be deployed.
final class DeploymentOptions {

  @Option(
      names = "--publish-option",
      paramLabel = "NAME=VALUE",
      description = "An option of the deployment, by SqlPackage's name; repeatable.")
  private @Nullable List<String> publishOptions;

  @Option(
      names = "--variable",
      paramLabel = "NAME=VALUE",
      description = "The value of a variable of the package; repeatable.")
  private @Nullable List<String> variables;

  PublishOptions read() {
    try {
      return PublishOptions.parse(
          Variables.parse("--publish-option", publishOptions),
          Variables.parse("--variable", variables));
    } catch (DacpacException e) {
      throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()), e);
    }
  }
}
