package dev.edj.dacpac.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.GeneratedPage;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CoverageTest {

  @Test
  void thePageOfElementsSaysWhatTheCodeDoes() {
    new GeneratedPage("reference/dacpac-elements.md").says(Coverage.markdown());
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
