package dev.edj.files;

import dev.edj.files.declaration.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects as YAML that people read: one field a line, texts of several lines as blocks.
final class YamlText {

  static final String SCHEMA = "edj.schema.json";

  private static final String HEAD = "# yaml-language-server: $schema=%s\n".formatted(SCHEMA);
  private static final int INDENT = 2;

  private YamlText() {}

  /// A list for each kind, in the order in which they are made.
  static String of(Map<Kind, List<ObjectNode>> objects) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setIndent(INDENT);
    options.setIndicatorIndent(INDENT);
    options.setIndentWithIndicator(true);
    options.setSplitLines(false);
    options.setAllowUnicode(true);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    Map<String, List<@Nullable Object>> lists = new LinkedHashMap<>();
    new TreeMap<>(objects)
        .forEach((kind, all) -> {
          List<@Nullable Object> list = new ArrayList<>();
          all.forEach(object -> list.add(plain(object)));
          lists.put(kind.plural(), list);
        });
    return HEAD + new Yaml(new Texts(options), options).dump(lists);
  }

  private static @Nullable Object plain(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      object.forEachEntry((name, value) -> fields.put(name, plain(value)));
      return fields;
    }
    if (node.isArray()) {
      List<@Nullable Object> elements = new ArrayList<>();
      node.forEach(element -> elements.add(plain(element)));
      return elements;
    }
    if (node.isNull()) {
      return null;
    }
    if (node.isBoolean()) {
      return node.asBoolean();
    }
    if (node.isIntegralNumber()) {
      return node.asLong();
    }
    return node.isNumber() ? node.asDouble() : node.asString();
  }

  /// Writes texts of several lines as blocks.
  private static final class Texts extends Representer {

    /// Taken for any other line end when it is read, unless it is escaped.
    private static final char NEXT_LINE = '\u0085';

    Texts(DumperOptions options) {
      super(options);
      representers.put(
          String.class, text -> representScalar(Tag.STR, text.toString(), style(text.toString())));
    }

    private static ScalarStyle style(String text) {
      if (text.indexOf(NEXT_LINE) >= 0) {
        return ScalarStyle.DOUBLE_QUOTED;
      }
      return text.contains("\n") ? ScalarStyle.LITERAL : ScalarStyle.PLAIN;
    }
  }
}
