package dev.edj.cli;

import dev.edj.dacpac.Dacpac;
import dev.edj.dacpac.DacpacFile;
import dev.edj.dacpac.DacpacFile.Checksum;
import dev.edj.dacpac.file.DacpacException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj dacpac`: data-tier packages as files, without a service.
@Command(name = "dacpac")
final class DacpacCommands {

  private final Session session;

  DacpacCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "inspect",
      description = "Says what is in a package. It needs neither a service nor a database.",
      footerHeading = "%nExample:%n",
      footer = "  edj dacpac inspect Orders.dacpac")
  void inspect(
      @Parameters(paramLabel = "FILE", description = "The package.") Path file,
      @Option(
              names = "--ignore-checksum",
              description =
                  "Take a model that was changed after the package was made. It is refused"
                      + " otherwise.")
          boolean ignoreChecksum) {
    PackageView view =
        PackageView.of(open(file, ignoreChecksum ? Checksum.IGNORED : Checksum.REQUIRED));
    Output output = session.output();
    if (output.isJson()) {
      output.json(Json.mapper().valueToTree(view));
    } else {
      output.line(view.details().render(output.colours()));
      output.line("");
      output.line(view.elementTable().render(output.colours()));
    }
  }

  private static Dacpac open(Path file, Checksum checksum) {
    try {
      return DacpacFile.open(file, checksum);
    } catch (DacpacException e) {
      throw CommandException.badInput("%s: %s".formatted(file, e.getMessage()));
    } catch (NoSuchFileException e) {
      throw CommandException.badInput("%s does not exist".formatted(file));
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}
