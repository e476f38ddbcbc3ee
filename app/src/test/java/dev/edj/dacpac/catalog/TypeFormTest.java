package dev.edj.dacpac.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.model.DataType;
import org.junit.jupiter.api.Test;

class TypeFormTest {

  @Test
  void lengthsAreInCharacters() {
    assertThat(TypeForm.of("nvarchar", 100, 0, 0).length()).isEqualTo(50);
    assertThat(TypeForm.of("nchar", 8, 0, 0).length()).isEqualTo(4);
    assertThat(TypeForm.of("varchar", 100, 0, 0).length()).isEqualTo(100);
    assertThat(TypeForm.of("binary", 16, 0, 0).length()).isEqualTo(16);
    assertThat(TypeForm.of("nvarchar", -1, 0, 0).length()).isEqualTo(DataType.MAX);
    assertThat(TypeForm.of("varbinary", -1, 0, 0).length()).isEqualTo(DataType.MAX);
  }

  @Test
  void whatMeansNothingForATypeIsLeftOut() {
    assertThat(TypeForm.of("int", 4, 10, 0)).isEqualTo(DataType.builtIn("int", null, null, null));
    assertThat(TypeForm.of("money", 8, 19, 4))
        .isEqualTo(DataType.builtIn("money", null, null, null));
    assertThat(TypeForm.of("xml", -1, 0, 0)).isEqualTo(DataType.builtIn("xml", null, null, null));
    assertThat(TypeForm.of("sysname", 256, 0, 0))
        .isEqualTo(DataType.builtIn("sysname", null, null, null));
    assertThat(TypeForm.of("datetime2", 7, 23, 3))
        .isEqualTo(DataType.builtIn("datetime2", null, null, 3));
    assertThat(TypeForm.of("decimal", 9, 18, 0))
        .isEqualTo(DataType.builtIn("decimal", null, 18, 0));
  }

  @Test
  void aTypeHasOneName() {
    assertThat(TypeForm.of("real", 4, 24, 0)).isEqualTo(DataType.builtIn("float", null, 24, null));
    assertThat(TypeForm.of("float", 8, 53, 0)).isEqualTo(DataType.builtIn("float", null, 40, null));
    assertThat(TypeForm.of("timestamp", 8, 0, 0))
        .isEqualTo(DataType.builtIn("rowversion", null, null, null));
  }
}
