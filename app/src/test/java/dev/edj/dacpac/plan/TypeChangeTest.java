package dev.edj.dacpac.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.model.DataType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which changes of a type keep all values, by the ranges that the server's documentation tells.
class TypeChangeTest {

  private static final Pattern TYPE = Pattern.compile("(\\w+)(?:\\((\\w+)(?: (\\d+))?\\))?");

  @ParameterizedTest
  @CsvSource({
    "bit, tinyint",
    "tinyint, smallint",
    "int, bigint",
    "int, decimal(10 0)",
    "bigint, decimal(21 2)",
    "decimal(9 2), decimal(11 3)",
    "decimal(9 2), numeric(9 2)",
    "smallmoney, money",
    "money, decimal(19 4)",
    "decimal(18 4), money",
    "decimal(9 4), smallmoney",
    "real, float(53)",
    "char(5), varchar(5)",
    "varchar(5), nvarchar(5)",
    "varchar(5), varchar(max)",
    "sysname, nvarchar(128)",
    "varbinary(5), varbinary(6)",
    "smalldatetime, datetime2(0)",
    "datetime, datetime2(3)",
    "datetime2(3), datetimeoffset(3)",
    "date, datetime2(0)",
    "time(3), time(7)",
    "text, nvarchar(max)",
    "image, varbinary(max)",
  })
  void aWiderTypeKeepsAllValues(String before, String after) {
    assertThat(change(before, after)).isEqualTo(TypeChange.SAFE);
  }

  @ParameterizedTest
  @CsvSource({
    "int, smallint",
    "smallint, bit",
    "bigint, decimal(20 2)",
    "int, money",
    "decimal(9 2), decimal(9 3)",
    "decimal(9 2), decimal(10 1)",
    // 15 digits before the point, and no more than 922 337 203 685 477 of them.
    "decimal(19 4), money",
    "decimal(10 4), smallmoney",
    "money, smallmoney",
    "int, real",
    "float(53), real",
    "varchar(5), varchar(4)",
    "varchar(5), char(5)",
    "char(5), char(6)",
    "nvarchar(5), varchar(5)",
    "varchar(5), int",
    "datetime2(7), datetime",
    "datetime, datetime2(2)",
    "datetimeoffset(3), datetime2(3)",
    "datetime2(3), date",
    "uniqueidentifier, varchar(36)",
    "ntext, varchar(max)",
    "nvarchar(9), xml",
  })
  void aTypeThatDoesNotHoldAllValuesMayLoseSome(String before, String after) {
    assertThat(change(before, after)).isEqualTo(TypeChange.LOSS_POSSIBLE);
  }

  @ParameterizedTest
  @CsvSource({
    "int, date",
    "int, datetime2(7)",
    "date, int",
    "date, time(7)",
    "uniqueidentifier, int",
    "varchar(9), varbinary(9)",
    "text, varchar(9)",
    "timestamp, bigint",
    "int, timestamp",
    "int, geography",
    "int, xml",
    "xml, nvarchar(max)",
  })
  void whatTheServerDoesNotConvertByItselfIsKnown(String before, String after) {
    assertThat(change(before, after)).isEqualTo(TypeChange.NOT_CONVERTIBLE);
  }

  private static TypeChange change(String before, String after) {
    return TypeChange.of(type(before), type(after));
  }

  private static DataType type(String written) {
    Matcher matcher = TYPE.matcher(written);
    assertThat(matcher.matches()).as(written).isTrue();
    Integer first =
        matcher.group(2) == null
            ? null
            : matcher.group(2).equals("max") ? DataType.MAX : Integer.valueOf(matcher.group(2));
    return switch (matcher.group(1)) {
      case "decimal", "numeric" ->
          DataType.builtIn(matcher.group(1), null, first, Integer.valueOf(matcher.group(3)));
      case "float" -> DataType.builtIn("float", null, first, null);
      case "time", "datetime2", "datetimeoffset" ->
          DataType.builtIn(matcher.group(1), null, null, first);
      default -> DataType.builtIn(matcher.group(1), first, null, null);
    };
  }
}
