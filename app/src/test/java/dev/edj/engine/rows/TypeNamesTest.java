package dev.edj.engine.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.engine.rows.ColumnType.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeNamesTest {

  private static final List<ColumnType> TYPES =
      List.of(
          ColumnType.of(Kind.BOOLEAN),
          ColumnType.of(Kind.SMALLINT),
          ColumnType.of(Kind.INTEGER),
          ColumnType.of(Kind.BIGINT),
          ColumnType.decimal(10, 2),
          ColumnType.decimal(null, null),
          ColumnType.of(Kind.REAL),
          ColumnType.of(Kind.DOUBLE),
          ColumnType.text(50),
          ColumnType.text(null),
          ColumnType.binary(16),
          ColumnType.binary(null),
          ColumnType.of(Kind.DATE),
          ColumnType.time(Kind.TIME, 3),
          ColumnType.time(Kind.TIMESTAMP, 3),
          ColumnType.time(Kind.TIMESTAMP_WITH_ZONE, 3),
          ColumnType.of(Kind.UUID),
          ColumnType.of(Kind.JSON),
          ColumnType.of(Kind.XML));

  /// The table in the documentation is made here: what fails shows how it has to be.
  @Test
  void theDocumentationHasTheTypesThatAreCreated() throws IOException {
    String rows =
        TYPES.stream()
            .map(type ->
                "| %s | %s | %s | %s |"
                    .formatted(
                        described(type),
                        code(TypeNames.sqlServer(type)),
                        code(TypeNames.postgreSql(type)),
                        code(TypeNames.mySql(type))))
            .collect(Collectors.joining("\n"));
    assertThat(Files.readString(Path.of("../docs/reference/results.md"))).contains(rows);
  }

  private static String described(ColumnType type) {
    String kind = type.kind().name();
    if (type.precision() != null) {
      return kind + "(%d,%d)".formatted(type.precision(), type.scale());
    }
    Integer number = type.length() == null ? type.scale() : type.length();
    return switch (type.kind()) {
      case TEXT, BINARY, DECIMAL -> kind + (number == null ? ", any size" : "(" + number + ")");
      default -> kind + (number == null ? "" : "(" + number + ")");
    };
  }

  private static String code(String type) {
    return "`" + type + "`";
  }

  /// Those that an engine does not have so large keep the digits before the point.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "38 | 38 | decimal(38,38) | decimal(30,30)",
        "50 | 10 | decimal(38,0) | decimal(50,10)",
        "40 | 10 | decimal(38,8) | decimal(40,10)",
        "65 | 30 | decimal(38,3) | decimal(65,30)",
        "1000 | 500 | decimal(38,0) | decimal(65,0)",
        "5 | 5 | decimal(5,5) | decimal(5,5)",
      })
  void decimalsAreAsLargeAsTheyCanBe(int precision, int scale, String sqlServer, String mySql) {
    ColumnType type = ColumnType.decimal(precision, scale);
    assertThat(TypeNames.sqlServer(type)).isEqualTo(sqlServer);
    assertThat(TypeNames.mySql(type)).isEqualTo(mySql);
    assertThat(TypeNames.postgreSql(type)).isEqualTo("numeric(%d,%d)".formatted(precision, scale));
  }

  @Test
  void textsThatAreTooLongForALengthAreTextsOfAnyLength() {
    assertThat(TypeNames.sqlServer(ColumnType.text(4_000))).isEqualTo("nvarchar(4000)");
    assertThat(TypeNames.sqlServer(ColumnType.text(4_001))).isEqualTo("nvarchar(max)");
    assertThat(TypeNames.sqlServer(ColumnType.binary(8_001))).isEqualTo("varbinary(max)");
    assertThat(TypeNames.mySql(ColumnType.text(255))).isEqualTo("varchar(255)");
    assertThat(TypeNames.mySql(ColumnType.text(256))).isEqualTo("longtext");
    assertThat(TypeNames.mySql(ColumnType.binary(256))).isEqualTo("longblob");
  }

  @Test
  void secondsHaveAsManyDigitsAsTheEngineHas() {
    assertThat(TypeNames.postgreSql(ColumnType.time(Kind.TIMESTAMP, 7))).isEqualTo("timestamp(6)");
    assertThat(TypeNames.mySql(ColumnType.time(Kind.TIME, 7))).isEqualTo("time(6)");
    assertThat(TypeNames.sqlServer(ColumnType.time(Kind.TIME, null))).isEqualTo("time(7)");
  }
}
