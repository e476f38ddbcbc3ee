package dev.edj.cli;

import dev.edj.cli.manual.Checksums;
import dev.edj.cli.manual.CommandManual;
import dev.edj.cli.manual.ManualPage;
import dev.edj.cli.manual.SampleSettings;
import dev.edj.cli.manual.ThirdParties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// Writes what an archive of EDJ has beside the program, all of it made from the program itself:
/// manual pages, completions, sample settings, and the list of what others wrote. The same sources
/// make the same bytes.
@Command(name = "package-files", hidden = true)
final class PackageFiles implements Runnable {

  @Option(names = "--to", paramLabel = "DIRECTORY", required = true, description = "Where to.")
  private Path directory = Path.of("");

  @Option(names = "--sbom", paramLabel = "FILE", required = true, description = "CycloneDX, JSON.")
  private Path sbom = Path.of("");

  @Option(names = "--date", paramLabel = "DATE", required = true, description = "Of the version.")
  private String date = "";

  @Override
  public void run() {
    try {
      CommandSpec edj = Cli.wholeLine().getCommandSpec();
      manualPages(CommandManual.of(edj));
      write("share/bash-completion/completions/edj", script(CompletionCommand.Shell.BASH, edj));
      write("share/zsh/site-functions/_edj", CompletionCommand.zshFunction(edj));
      write("share/fish/vendor_completions.d/edj.fish", script(CompletionCommand.Shell.FISH, edj));
      write("sample/environment", SampleSettings.text());
      write(
          "THIRD-PARTY.md",
          ThirdParties.read(Json.mapper().readTree(Files.readString(sbom))).markdown());
      write(Checksums.FILE_NAME, Checksums.of(directory).text());
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "cannot write into %s: %s".formatted(directory, e), e);
    }
  }

  private void manualPages(CommandManual edj) throws IOException {
    String version = Objects.requireNonNullElse(Version.number(), "development");
    List<CommandManual.Entry> exitCodes =
        Arrays.stream(ExitCode.values())
            .map(code ->
                new CommandManual.Entry(
                    List.of(Integer.toString(code.number())),
                    Integer.toString(code.number()),
                    true,
                    code.meaning()))
            .toList();
    for (CommandManual command : edj.all().toList()) {
      ManualPage page = new ManualPage(command, version, date);
      write("share/man/man1/" + page.fileName(), page.roff(exitCodes));
    }
  }

  private static String script(CompletionCommand.Shell shell, CommandSpec edj) {
    return CompletionCommand.script(shell, edj);
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }
}
