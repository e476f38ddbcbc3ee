package dev.edj.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.engine.ServerName;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoundNamesTest {

  @Test
  void whatEnginesAllowIsUsable() {
    for (String name :
        List.of("a", " ", "a]'\"`\\/?b", "Größe", "顧客", "🦆".repeat(128), "x".repeat(128))) {
      assertThat(FoundNames.isUsable(name)).as(name).isTrue();
      assertThat(FoundNames.storable(name)).isEqualTo(name);
    }
  }

  @Test
  void whatCannotBeStoredOrShownIsNot() {
    for (String name :
        List.of("", "a\0b", "a\tb", "\u001B[2J", "a\uD83E", "\uDD86a", "🦆".repeat(129))) {
      assertThat(FoundNames.isUsable(name)).as(name).isFalse();
    }
  }

  @Test
  void whatIsStoredResemblesTheName() {
    assertThat(FoundNames.storable("a\0b\uD83Ec")).isEqualTo("a\uFFFDb\uFFFDc");
    assertThat(FoundNames.storable("🦆".repeat(10_000))).isEqualTo("🦆".repeat(128) + "…");
  }

  @Test
  void theServerOfUnusableNamesIsNone() {
    assertThatThrownBy(() -> ServerName.parse(FoundNames.unusableOn("postgresql://db1")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
