package dev.edj.dacpac.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE VIEW v AS SELECT 1 AS a",
        "create procedure p as select 1",
        "\r\n\t CREATE TRIGGER t ON o AFTER INSERT AS SELECT 1",
        "-- create view x\nCREATE VIEW v AS SELECT 1 AS a",
        "-- ends with the line only\r\n/* CREATE */CREATE VIEW v AS SELECT 1 AS a",
        "/* one /* CREATE in */ another */ CREATE/**/VIEW v AS SELECT 1 AS a",
        "/**/CREATE/* OR */PROC p AS SELECT 1",
        "\uFEFFCREATE VIEW v AS SELECT 1 AS a"
      })
  void theWordCreateIsFoundPastComments(String definition) {
    ModuleText text = ModuleText.of(definition).orElseThrow();
    assertThat(text.text()).isEqualTo(definition);
    assertThat(definition.substring(text.createOffset())).startsWithIgnoringCase("create");
    assertThat(definition.substring(0, text.createOffset()).strip())
        .doesNotEndWith("--")
        .satisfiesAnyOf(
            before -> assertThat(before).isEmpty(),
            before -> assertThat(before).endsWith("*/"),
            before -> assertThat(before).endsWith("view x"),
            before -> assertThat(before).isEqualTo("\uFEFF"));
  }

  @Test
  void orAlterBecomesBlankAsTheServerLeavesIt() {
    ModuleText text =
        ModuleText.of("-- p\nCREATE /* or */ OR\n  ALTER PROC p AS SELECT 'OR ALTER'")
            .orElseThrow();
    assertThat(text.text())
        .isEqualTo("-- p\nCREATE /* or */   \n        PROC p AS SELECT 'OR ALTER'");
    assertThat(text.createOffset()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-- CREATE",
        "/* CREATE",
        "ALTER VIEW v AS SELECT 1 AS a",
        "CREATED",
        "SELECT 1"
      })
  void whatDoesNotBeginWithCreateHasNone(String definition) {
    assertThat(ModuleText.of(definition)).isEmpty();
  }
}
