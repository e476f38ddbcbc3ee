package dev.edj.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {

  @Test
  void aKeyOfANodeMayHaveSeveralValues() {
    assertThat(Labels.ofNode("--label", List.of("zone=us", "zone=eu", "net.a/b=x-1", "zone=eu")))
        .containsExactly("net.a/b=x-1", "zone=eu", "zone=us");
  }

  @Test
  void whatAServerRequiresIsReadBackByKey() {
    Map<String, String> required = Map.of("zone", "eu", "disk", "ssd");
    assertThat(Labels.byKey(Labels.required("requiredLabels", required))).isEqualTo(required);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zone", "zone=", "=eu", "a b=c", "a=b=c", "a=b,c", "-a=b", "a=é", ""})
  void whatIsNoLabelIsRefused(String text) {
    assertThatThrownBy(() -> Labels.ofNode("--label", List.of(text)))
        .hasMessageStartingWith("--label: ");
  }

  @Test
  void thereIsALimit() {
    List<String> many = IntStream.range(0, 33).mapToObj(i -> "k=v" + i).toList();
    assertThatThrownBy(() -> Labels.ofNode("--label", many))
        .hasMessage("--label: at most 32 labels are allowed");
  }
}
