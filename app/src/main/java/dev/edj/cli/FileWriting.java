package dev.edj.cli;

import dev.edj.files.WrittenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Writes files below a directory, and replaces none that differs unless it was told to.
record FileWriting(Path directory, boolean overwrite, Output output) {

  void write(List<WrittenFile> files) {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw CommandException.badInput("%s is a file, and no directory".formatted(directory));
    }
    List<WrittenFile> different = files.stream().filter(this::differs).toList();
    refuseOverwriting(different);
    different.forEach(this::write);
    output.done(
        "%,d files written below %s, %,d were the same."
            .formatted(different.size(), directory, files.size() - different.size()));
  }

  private boolean differs(WrittenFile file) {
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

  private void refuseOverwriting(List<WrittenFile> different) {
    List<String> there =
        different.stream()
            .map(WrittenFile::name)
            .filter(name -> Files.exists(directory.resolve(name)))
            .toList();
    if (!overwrite && !there.isEmpty()) {
      throw CommandException.badInput(
          "%s in %s would change; give --overwrite, or another directory. Nothing was written"
              .formatted(String.join(", ", there), directory));
    }
  }

  private void write(WrittenFile file) {
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
}
