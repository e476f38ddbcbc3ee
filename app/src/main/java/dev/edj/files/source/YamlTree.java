package dev.edj.files.source;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds the YAML files below a directory, behind links too: what is passed over in silence would
/// be deleted by `--prune`. What cannot be looked at is an [IOException]. Used by one thread.
final class YamlTree extends SimpleFileVisitor<Path> {

  private final Path directory;
  private final Set<Path> found = new TreeSet<>();

  YamlTree(Path directory) {
    this.directory = directory;
  }

  /// In the order of their names; one that several links lead to is there once.
  List<Path> files() throws IOException {
    Set<Path> seen = new HashSet<>();
    List<Path> files = new ArrayList<>();
    for (Path file : found) {
      // A link that leads nowhere is told when it is read.
      if (seen.add(Files.exists(file) ? file.toRealPath() : file)) {
        files.add(file);
      }
    }
    return files;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
    return path.equals(directory) || isVisible(path)
        ? FileVisitResult.CONTINUE
        : FileVisitResult.SKIP_SUBTREE;
  }

  @Override
  public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
    if (!isVisible(path)) {
      return FileVisitResult.CONTINUE;
    }
    if (attributes.isDirectory()) {
      throw new IOException("%s is too many directories deep".formatted(path));
    }
    String name = path.toString();
    boolean readable = attributes.isRegularFile() || attributes.isSymbolicLink();
    if (readable && (name.endsWith(".yaml") || name.endsWith(".yml"))) {
      found.add(path);
    }
    return FileVisitResult.CONTINUE;
  }

  /// What a link leads back to is looked at where it is.
  @Override
  public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
    if (e instanceof FileSystemLoopException || !isVisible(path)) {
      return FileVisitResult.CONTINUE;
    }
    throw e;
  }

  private static boolean isVisible(Path path) {
    return !path.getFileName().toString().startsWith(".");
  }
}
