package dev.edj.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.files.declaration.ContentDeclaration;
import dev.edj.files.declaration.Kind;
import dev.edj.files.source.DeclarationReader;
import dev.edj.files.source.Declared;
import dev.edj.files.source.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Declarations that are written are read as what they were.
class YamlTextTest {

  private static final int TEXTS = 3_000;
  private static final int MOST_PIECES = 8;

  /// What means something in YAML, or is often lost in it.
  private static final List<String> PIECES =
      List.of(
          " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "a", "no", "010", "null", "~", ":", ": ",
          "#", " #", "- ", "---", "...", "'", "\"", "\\", "|", ">", "{", "}", "[", "]", ",", "&a",
          "*a", "!!int", "%", "@", "`", "?", "é", "東", "😀", "\u0085", "\u2028", "\u00a0", "\ufeff",
          "\u0007");

  @Test
  void anyTextComesBackAsItWas(@TempDir Path directory) throws IOException {
    Random random = new Random(7);
    List<String> texts = new ArrayList<>();
    List<ObjectNode> contents = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int pieces = random.nextInt(MOST_PIECES); pieces >= 0; pieces--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      texts.add(text.toString());
      contents.add(
          JsonNodeFactory.instance.objectNode().put("name", "n" + i).put("text", text.toString()));
    }

    Path file =
        Files.writeString(
            directory.resolve("contents.yaml"), YamlText.of(Map.of(Kind.CONTENT, contents)));

    assertThat(read(file)).containsExactlyElementsOf(texts);
  }

  private static List<@Nullable String> read(Path file) {
    Faults faults = new Faults();
    List<Declared<? extends Record>> declared =
        DeclarationReader.read(List.of(file), faults).getOrDefault(Kind.CONTENT, List.of());
    faults.refuse();
    List<@Nullable String> texts = new ArrayList<>();
    declared.forEach(one -> texts.add(((ContentDeclaration) one.value()).text()));
    return texts;
  }
}
