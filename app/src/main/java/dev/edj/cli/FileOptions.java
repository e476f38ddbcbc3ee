package dev.edj.cli;

import dev.edj.files.Plan;
import dev.edj.files.Planner;
import dev.edj.files.kind.Handlings;
import dev.edj.files.source.Reach;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// What `plan` and `apply` are about.
@SuppressWarnings("UnusedVariable") // Picocli fills what looks empty here.
final class FileOptions {

  @Option(
      names = {"-f", "--file"},
      paramLabel = "PATH",
      required = true,
      description = "A file, or a directory with all .yaml and .yml files below it; repeatable.")
  private List<Path> files = List.of();

  @Option(
      names = "--prune",
      description =
          "Delete what no file declares, of the kinds that the files have a list of; a job goes"
              + " with its history.")
  private boolean prune;

  @Option(
      names = "--passwords",
      description =
          "Set passwords and secret values again that are there: nobody can compare them. Those of"
              + " users, too, in the place of what they chose.")
  private boolean passwords;

  Plan plan(Session session, ApiClient api) {
    return Planner.plan(
        files,
        new Handlings(new ServiceOfFiles(api), session.terminal().clock(), Reach.of(files)),
        new Planner.Options(prune, passwords));
  }
}
