package dev.edj.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `edj` itself, with the options that every command has.
@Command(
    name = "edj",
    versionProvider = Version.class,
    synopsisHeading = "Usage: ",
    customSynopsis = "edj NOUN VERB [OPTIONS] [NAMES]",
    description = {"", "Runs a SQL script reliably across a whole fleet of databases."},
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions of every command:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  edj job start 'Rebuild indexes' --wait     run a job and watch it",
      "  edj execution list --job 'Rebuild indexes' --all",
      "  edj job create --help                      all about one command",
      "  edj help exit-codes                        what a script can rely on"
    })
@SuppressWarnings("UnusedVariable") // Picocli looks at the options that are only flags.
final class EdjCommand implements Runnable {

  private static final String ORIENTATION =
      """
      EDJ, Elastic Database Jobs: runs a SQL script reliably across a whole fleet of databases.

      See it at work in a minute, on databases of its own:
        edj demo

      Start the service here (its data goes to ~/.edj):
        edj serve

      Then, in another terminal, from a script to its run:
        edj credential create app --user app --server 'tenants.example.com'
        edj content create 'Add column' --file add-column.sql
        edj target create server tenants.example.com --credential app
        edj job create 'Add column' --content 'Add column' --credential app \\
            --target 'tenants.example.com/*'
        edj job start 'Add column' --wait

      All commands: edj --help. One command: edj job create --help.
      """;

  private final Terminal terminal;

  @Option(
      names = "--url",
      order = 100,
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "The service's address (default: EDJ_URL, else what the data directory says).")
  private @Nullable String url;

  @Option(
      names = "--data",
      order = 101,
      paramLabel = "DIRECTORY",
      scope = ScopeType.INHERIT,
      description =
          "The service's data directory, where its address and token are (default: EDJ_DATA, else"
              + " ~/.edj).")
  private @Nullable Path data;

  @Option(
      names = {"-o", "--output"},
      order = 102,
      paramLabel = "FORMAT",
      defaultValue = "table",
      scope = ScopeType.INHERIT,
      description = "table for people, json for programs: the API's JSON and nothing else.")
  private OutputFormat output = OutputFormat.TABLE;

  @Option(
      names = {"-h", "--help"},
      order = 103,
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Explains this command.")
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Prints the version.")
  private boolean version;

  EdjCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    terminal.out().print(ORIENTATION);
    terminal.out().flush();
  }

  ServiceFinder serviceFinder() {
    return new ServiceFinder(terminal, url, data);
  }

  OutputFormat outputFormat() {
    return output;
  }
}
