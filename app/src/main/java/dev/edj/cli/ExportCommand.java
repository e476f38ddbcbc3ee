package dev.edj.cli;

import static java.util.Objects.requireNonNull;

import dev.edj.files.Export;
import dev.edj.files.WrittenFile;
import dev.edj.files.declaration.Kind;
import dev.edj.files.kind.Handlings;
import dev.edj.files.source.Reach;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `edj export`: what a service has, as declarative files.
@Command(
    name = "export",
    description = {
      "Writes declarative files with all that the service has: credentials.yaml, targets.yaml,"
          + " contents.yaml with each script in a file of its own, policies.yaml, schedules.yaml,"
          + " jobs.yaml, triggers.yaml, notices.yaml, users.yaml, tokens.yaml, and their schema."
          + " Secrets are not in them, and users and tokens only when an administrator asks.",
      "The same service makes the same files, and applied again they change nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  edj export -f fleet", "  edj export -f fleet --overwrite"})
final class ExportCommand implements Runnable {

  private static final int DEEPEST = 20;

  private final Session session;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "DIRECTORY",
      required = true,
      description = "Where to; it is made when it is not there.")
  private Path directory = Path.of("");

  @Option(names = "--overwrite", description = "Replace files that are there and differ.")
  private boolean overwrite;

  ExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    Handlings handlings =
        new Handlings(
            new ServiceOfFiles(session.api()), session.terminal().clock(), Reach.of(List.of()));
    List<WrittenFile> files = Export.of(handlings);
    new FileWriting(directory, overwrite, session.output()).write(files);
    others(files)
        .forEach(other -> session.output().note("left as it is, and no part of this: " + other));
    Arrays.stream(Kind.values())
        .filter(kind -> !handlings.sees(kind))
        .forEach(kind ->
            session
                .output()
                .note("left out, because only administrators see them: " + kind.plural()));
  }

  /// Files beside ours that would be applied with them, and scripts that nothing names any more.
  private List<Path> others(List<WrittenFile> files) {
    Set<Path> ours = new HashSet<>();
    files.forEach(file -> ours.add(directory.resolve(file.name())));
    try (Stream<Path> found = Files.walk(directory, DEEPEST)) {
      return found
          .filter(path -> path.toString().matches(".*\\.(yaml|yml|sql|dacpac)"))
          .filter(this::isRead)
          .filter(path -> !ours.contains(path))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw DraftFile.unwritable(directory, e);
    } catch (UncheckedIOException e) {
      throw DraftFile.unwritable(directory, requireNonNull(e.getCause()));
    }
  }

  /// What begins with a dot is none of the files that are planned and applied.
  private boolean isRead(Path path) {
    for (Path name : directory.relativize(path)) {
      if (name.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }
}
