package dev.edj.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edj.files.declaration.Kind;
import dev.edj.files.kind.Handling;
import dev.edj.files.kind.Handlings;
import dev.edj.files.kind.Service;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a service has as files that declare it: one for each kind, in the order of names,
/// and one for each script and package. Exported again, what has not changed is the same to the
/// byte; and applied again, it changes nothing. Used by one thread.
public final class Export {

  private static final String HEAD = "# yaml-language-server: $schema=edj.schema.json\n";
  private static final String SCHEMA = "edj.schema.json";
  private static final String CONTENTS = "contents/";
  private static final Pattern NOT_IN_FILES = Pattern.compile("[^\\p{L}\\p{N}._-]+");
  private static final Pattern EDGES = Pattern.compile("^[.-]+|[.-]+$");
  private static final int LONGEST_NAME = 100;

  private final Handlings handlings;
  private final Set<String> taken = new HashSet<>();
  private final List<ExportedFile> files = new ArrayList<>();

  /// A file to be written.
  ///
  /// @param name below the directory, with `/`
  /// @param text opened when it is written
  public record ExportedFile(String name, Supplier<InputStream> text) {}

  private Export(Handlings handlings) {
    this.handlings = handlings;
  }

  public static List<ExportedFile> of(Handlings handlings) {
    Export export = new Export(handlings);
    for (Kind kind : Kind.values()) {
      export.add(handlings.of(kind));
    }
    export.add(SCHEMA, JsonSchema.of().toPrettyString() + "\n");
    return List.copyOf(export.files);
  }

  private void add(Handling<?> handling) {
    List<ObjectNode> objects =
        handling.present(_ -> true).stream()
            .filter(one -> !handling.isOutOfReach(one))
            .sorted(Comparator.comparing(handling::key))
            .toList();
    List<ObjectNode> declared = objects.stream().map(handling::exported).toList();
    if (handling.kind() == Kind.CONTENT) {
      declared.forEach(this::addContent);
    }
    String plural = handling.kind().plural();
    add(plural + ".yaml", HEAD + YamlText.of(plural, declared));
  }

  /// A script is read and compared best in a file of its own.
  private void addContent(ObjectNode content) {
    String name = content.get("name").asString();
    if (content.has("text")) {
      String file = CONTENTS + fileName(name, ".sql");
      add(file, content.get("text").asString());
      content.remove("text");
      content.put("file", file);
    } else if (content.has("dacpac")) {
      String file = CONTENTS + fileName(name, ".dacpac");
      Service service = handlings.service();
      files.add(
          new ExportedFile(
              file,
              () -> service.download(Kind.CONTENT.plural(), name, "versions", "latest", "dacpac")));
      content.put("dacpac", file);
    }
  }

  private void add(String name, String text) {
    files.add(new ExportedFile(name, () -> new ByteArrayInputStream(text.getBytes(UTF_8))));
  }

  /// A name that any file system takes, told from others whatever their case.
  private String fileName(String name, String ending) {
    String plain = EDGES.matcher(NOT_IN_FILES.matcher(name).replaceAll("-")).replaceAll("");
    String cut = plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    String base = cut.isEmpty() ? "content" : cut;
    String file = base + ending;
    for (int number = 2; !taken.add(file.toLowerCase(Locale.ROOT)); number++) {
      file = "%s-%d%s".formatted(base, number, ending);
    }
    return file;
  }
}
