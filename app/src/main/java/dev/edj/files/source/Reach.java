package dev.edj.files.source;

import dev.edj.problem.EdjException;
import dev.edj.text.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where files may be that other files name: whoever plans what somebody proposed is not to be
/// shown, or to send, what else this machine has, such as its variables in `/proc`.
///
/// @param roots below which they are
public record Reach(List<Path> roots) {

  public Reach {
    roots = List.copyOf(roots);
  }

  /// The directories that are named, those that named files are in, and the working directory.
  public static Reach of(List<Path> named) {
    List<Path> roots = new ArrayList<>();
    addRoot(Path.of(""), roots);
    for (Path path : named) {
      Path directory = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
      if (directory != null) {
        addRoot(directory, roots);
      }
    }
    return new Reach(roots);
  }

  /// One that is not there is told when it is read; and below the root is everything.
  private static void addRoot(Path directory, List<Path> roots) {
    try {
      Path root = directory.toRealPath();
      if (root.getNameCount() > 0) {
        roots.add(root);
      }
    } catch (IOException e) {
      // Whoever named it is told so when it is read.
    }
  }

  /// Refuses a file that is elsewhere, also by a link.
  public void require(Path file, String field) {
    try {
      Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
      if (roots.stream().noneMatch(real::startsWith)) {
        throw EdjException.invalid(
            field,
            "%s is not below the working directory, or what --file names; copy it there, or work in a directory above both"
                .formatted(file));
      }
    } catch (IOException e) {
      throw EdjException.invalid(field, "cannot read %s: %s".formatted(file, FileFault.reason(e)));
    }
  }
}
