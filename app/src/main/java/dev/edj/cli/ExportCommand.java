package dev.edj.cli;

import dev.edj.files.Export;
import dev.edj.files.Export.ExportedFile;
import dev.edj.files.kind.Handlings;
import java.io.IOException;
import java.io.InputStream;
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
          + " jobs.yaml, triggers.yaml, and their schema. Secrets are not in them.",
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
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw CommandException.badInput("%s is a file, and no directory".formatted(directory));
    }
    List<ExportedFile> files =
        Export.of(new Handlings(new ServiceOfFiles(session.api()), session.terminal().clock()));
    List<ExportedFile> different = files.stream().filter(this::differs).toList();
    refuseOverwriting(different);
    different.forEach(this::write);
    session
        .output()
        .done(
            "%,d files written below %s, %,d were the same."
                .formatted(different.size(), directory, files.size() - different.size()));
    others(files)
        .forEach(other -> session.output().note("left as it is, and no part of this: " + other));
  }

  private boolean differs(ExportedFile file) {
    Path path = directory.resolve(file.name());
    if (!Files.exists(path)) {
      return true;
    }
    try (InputStream before = Files.newInputStream(path);
        InputStream after = file.text().get()) {
      return !Arrays.equals(before.readAllBytes(), after.readAllBytes());
    } catch (IOException e) {
      throw DraftFile.unwritable(path, e);
    }
  }

  private void refuseOverwriting(List<ExportedFile> different) {
    List<String> there =
        different.stream()
            .map(ExportedFile::name)
            .filter(name -> Files.exists(directory.resolve(name)))
            .toList();
    if (!overwrite && !there.isEmpty()) {
      throw CommandException.badInput(
          "%s in %s would change; give --overwrite, or another directory. Nothing was written"
              .formatted(String.join(", ", there), directory));
    }
  }

  private void write(ExportedFile file) {
    Path path = directory.resolve(file.name());
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw DraftFile.unwritable(path, e);
    }
    try (InputStream text = file.text().get();
        DraftFile draft = DraftFile.of(path)) {
      text.transferTo(draft.out());
      draft.keep();
    } catch (IOException e) {
      throw DraftFile.unwritable(path, e);
    }
  }

  /// Files beside ours that would be applied with them, and scripts that nothing names any more.
  private List<Path> others(List<ExportedFile> files) {
    Set<Path> ours = new HashSet<>();
    files.forEach(file -> ours.add(directory.resolve(file.name())));
    try (Stream<Path> found = Files.walk(directory, DEEPEST)) {
      return found
          .filter(path -> path.toString().matches(".*\\.(yaml|yml|sql|dacpac)"))
          .filter(path -> !ours.contains(path))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw DraftFile.unwritable(directory, e);
    }
  }
}
