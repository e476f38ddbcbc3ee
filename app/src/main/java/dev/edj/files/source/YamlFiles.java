package dev.edj.files.source;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptText;
import dev.edj.text.FileFault;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/// Finds the YAML files that are named, and reads them as trees of nodes, which know their places.
/// Nothing in a file makes an object of a class that it names.
final class YamlFiles {

  private static final int MOST_FILES = 10_000;
  private static final int DEEPEST_DIRECTORY = 20;
  private static final int DEEPEST = 50;
  private static final int MOST_ALIASES = 1_000;
  private static final int LONGEST = 32 * 1024 * 1024;

  private YamlFiles() {}

  /// One document of a file.
  record Document(Path file, Node root) {

    /// As one is of which all lines are comments.
    boolean isEmpty() {
      return root.getTag().equals(Tag.NULL);
    }
  }

  /// Files as they are named, and of directories those below that end with `.yaml` or `.yml`, in
  /// the order of their names; what begins with a dot is left out.
  static List<Path> find(List<Path> named) {
    List<Path> files = new ArrayList<>();
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        files.addAll(below(path));
      } else {
        files.add(path);
      }
    }
    if (files.size() > MOST_FILES) {
      throw bad("there are more than %,d files".formatted(MOST_FILES));
    }
    return files.stream().distinct().toList();
  }

  private static List<Path> below(Path directory) {
    try {
      YamlTree tree = new YamlTree(directory);
      Files.walkFileTree(directory, Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST_DIRECTORY, tree);
      List<Path> files = tree.files();
      if (files.isEmpty()) {
        throw bad("there is no .yaml file in " + directory);
      }
      return files;
    } catch (IOException e) {
      throw new EdjException(
          ErrorCode.INVALID_FIELD, null, "cannot read " + FileFault.below(directory, e), e);
    }
  }

  /// The documents of a file; none when it cannot be read, which is one of the faults.
  static List<Document> read(Path file, Faults faults) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    List<Document> documents = new ArrayList<>();
    try {
      for (Node root : new Yaml(options).composeAll(new StringReader(text(file)))) {
        documents.add(new Document(file, root));
      }
    } catch (MarkedYAMLException e) {
      faults.add(place(file, e.getProblemMark()), "is no YAML: " + e.getProblem());
    } catch (YAMLException e) {
      faults.add(new Place(file, 1, 1), "is no YAML: " + e.getMessage());
    } catch (ScriptException e) {
      faults.add(new Place(file, 1, 1), "is no text: " + e.getMessage());
    }
    return documents;
  }

  private static Place place(Path file, @Nullable Mark mark) {
    return mark == null
        ? new Place(file, 1, 1)
        : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String text(Path file) throws ScriptException {
    return ScriptText.decode(WholeFile.bytes(file, "--file"));
  }

  private static EdjException bad(String message) {
    return new EdjException(ErrorCode.INVALID_FIELD, null, message);
  }
}
