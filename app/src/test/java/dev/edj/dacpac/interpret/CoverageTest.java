package dev.edj.dacpac.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CoverageTest {

  private static final Path PAGE = Path.of("../docs/reference/dacpac-elements.md");

  /// With `-Dedj.docs=write` it writes the page instead.
  @Test
  void thePageOfElementsSaysWhatTheCodeDoes() throws IOException {
    if ("write".equals(System.getProperty("edj.docs"))) {
      Files.writeString(PAGE, Coverage.markdown());
    }
    assertThat(Files.readString(PAGE))
        .as("docs/reference/dacpac-elements.md is made by this test with -Dedj.docs=write")
        .isEqualTo(Coverage.markdown());
  }

  @Test
  void everyRuleIsOnThePage() throws ReflectiveOperationException {
    List<ElementRule> declared = new ArrayList<>();
    for (Class<?> declaring :
        List.of(
            Columns.class,
            Constraints.class,
            DataTypes.class,
            ExtendedProperties.class,
            Indexes.class,
            Interpreter.class,
            KeyColumns.class,
            ModuleText.class,
            Modules.class,
            Permissions.class,
            Principals.class,
            Sequences.class,
            Synonyms.class,
            TableTypes.class,
            Tables.class,
            Types.class)) {
      for (Field field : declaring.getDeclaredFields()) {
        if (field.getType().equals(ElementRule.class)) {
          field.setAccessible(true);
          declared.add((ElementRule) field.get(null));
        }
      }
    }
    assertThat(declared).hasSizeGreaterThan(40);
    assertThat(Coverage.rules()).containsExactlyInAnyOrderElementsOf(declared);
  }

  @Test
  void nothingIsDeclaredTwiceInOneElement() {
    assertThat(Coverage.rules())
        .allSatisfy(rule ->
            assertThat(rule.parts().stream().map(part -> part.kind() + " " + part.name()))
                .doesNotHaveDuplicates());
    Stream<String> handled = Interpreter.HANDLED.stream().map(known -> known.rule().type());
    assertThat(handled)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(Unsupported.titles().keySet());
  }
}
