package dev.edj.result;

import static dev.edj.result.ListCursor.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.ColumnType;
import dev.edj.engine.rows.ColumnType.Kind;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.result.ResultTable.Origin;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Results in each format, byte for byte.
class FormatsTest {

  private static final UUID ID = UUID.fromString("0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f");
  private static final Origin ONE_STEP = new Origin(false);
  private static final Origin SEVERAL_STEPS = new Origin(true);

  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", ColumnType.of(Kind.BIGINT)),
          new Column("name", ColumnType.text(40)),
          new Column("price", ColumnType.decimal(20, 2)),
          new Column("ratio", ColumnType.of(Kind.DOUBLE)),
          new Column("open", ColumnType.of(Kind.BOOLEAN)),
          new Column("mark", ColumnType.binary(null)),
          new Column("data", ColumnType.of(Kind.JSON)));

  private static final List<List<@Nullable Object>> ROWS =
      List.of(
          row("1", "Zoë \"Z\", 🦆\r\n", "12.50", "0.1", "true", new byte[] {0, -1}, "{\"a\": 1}"),
          row("9007199254740993", "", "123456789012345678.25", "NaN", "false", null, "null"),
          row(null, null, null, null, null, new byte[0], null));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void rowsAreALineAboutTheChildAndAnArrayForEachRow() throws Exception {
    write(new RowsWriter(out), child("a", COLUMNS, 5_000L, true), ROWS);

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            {"executionId":"0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f","step":"List","server":"srv","database":"a",\
            "columns":[{"name":"id","type":"BIGINT"},{"name":"name","type":"TEXT"},{"name":"price","type":"DECIMAL"},\
            {"name":"ratio","type":"DOUBLE"},{"name":"open","type":"BOOLEAN"},{"name":"mark","type":"BINARY"},\
            {"name":"data","type":"JSON"}],"rowCount":5000,"truncated":true}
            [1,"Zoë \\"Z\\", 🦆\\r\\n",12.50,0.1,true,"AP8=","{\\"a\\": 1}"]
            ["9007199254740993","","123456789012345678.25","NaN",false,null,"null"]
            [null,null,null,null,null,"",null]
            """);
  }

  @Test
  void whereOnlyReadingTellsHowManyRowsThereAreTheLineAboutTheChildDoesNotSay() throws Exception {
    write(new RowsWriter(out), child("a", List.of(), null, false), List.of());

    assertThat(out.toString(UTF_8))
        .endsWith("\"columns\":[],\"rowCount\":null,\"truncated\":false}\n");
  }

  @Test
  void bytesThatAreNoTextDoNotSpoilALine() throws Exception {
    List<Column> columns = List.of(new Column("t", ColumnType.text(null)));
    List<List<@Nullable Object>> rows = List.of(row(new byte[] {'a', (byte) 0xE9, 'b'}), row("é"));
    write(new JsonLinesWriter(ONE_STEP, out), child("a", columns, 2L, false), rows);

    assertThat(out.toByteArray())
        .isEqualTo(
            """
            {"server":"srv","database":"a","t":"a\uFFFDb"}
            {"server":"srv","database":"a","t":"é"}
            """
                .getBytes(UTF_8));
  }

  @Test
  void jsonLinesAreAFlatObjectForEachRow() throws Exception {
    write(new JsonLinesWriter(ONE_STEP, out), child("a", COLUMNS, 3L, false), ROWS);

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            {"server":"srv","database":"a","id":1,"name":"Zoë \\"Z\\", 🦆\\r\\n","price":12.50,"ratio":0.1,\
            "open":true,"mark":"AP8=","data":"{\\"a\\": 1}"}
            {"server":"srv","database":"a","id":"9007199254740993","name":"","price":"123456789012345678.25",\
            "ratio":"NaN","open":false,"mark":null,"data":"null"}
            {"server":"srv","database":"a","id":null,"name":null,"price":null,"ratio":null,"open":null,"mark":"",\
            "data":null}
            """);
  }

  @Test
  void csvHasOneHeaderAndDistinguishesNullFromTheEmptyText() throws Exception {
    write(
        new CsvWriter(new ResultTable(ONE_STEP, List.of(COLUMNS)), ONE_STEP, out),
        child("a, \"b\"", COLUMNS, 3L, false),
        ROWS);

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            server,database,id,name,price,ratio,open,mark,data\r
            srv,"a, ""b""\",1,"Zoë ""Z"", 🦆\r
            ",12.50,0.1,true,AP8=,"{""a"": 1}"\r
            srv,"a, ""b""\",9007199254740993,"",123456789012345678.25,NaN,false,,null\r
            srv,"a, ""b""\",,,,,,"",\r
            """);
  }

  @Test
  void aFormulaIsLeftAlone() throws Exception {
    List<Column> columns = List.of(new Column("x", ColumnType.text(null)));
    write(
        new CsvWriter(new ResultTable(ONE_STEP, List.of(columns)), ONE_STEP, out),
        child("a", columns, 1L, false),
        List.of(row("=1+1")));

    assertThat(out.toString(UTF_8)).isEqualTo("server,database,x\r\nsrv,a,=1+1\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,5", "1\r5", "1\n5"})
  void whatSeparatesFieldsOrLinesIsQuoted(String value) throws Exception {
    List<Column> columns = List.of(new Column("x", ColumnType.text(null)));
    write(
        new CsvWriter(new ResultTable(ONE_STEP, List.of(columns)), ONE_STEP, out),
        child("a", columns, 1L, false),
        List.of(row(value)));

    assertThat(out.toString(UTF_8)).isEqualTo("server,database,x\r\nsrv,a,\"" + value + "\"\r\n");
  }

  @Test
  void theColumnsOfATableAreThoseOfAllChildrenByName() throws Exception {
    List<Column> first =
        List.of(
            new Column("id", ColumnType.of(Kind.INTEGER)), new Column("name", ColumnType.text(10)));
    List<Column> second =
        List.of(
            new Column("Name", ColumnType.text(20)),
            new Column("extra", ColumnType.binary(null)),
            new Column("id", ColumnType.binary(null)));
    ResultTable table = new ResultTable(SEVERAL_STEPS, List.of(first, second));
    CsvWriter csv = new CsvWriter(table, SEVERAL_STEPS, out);
    csv.child(child("a", first, 1L, false), ListCursor.of(first, List.of(row(1, "x"))));
    csv.child(
        child("b", second, 1L, false),
        ListCursor.of(second, List.of(row("y", new byte[] {1}, new byte[] {2}))));
    csv.finish();

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            step,server,database,id,name,extra\r
            List,srv,a,1,x,\r
            List,srv,b,Ag==,y,AQ==\r
            """);
    assertThat(table.columns())
        .containsExactly(
            new Column("id", ColumnType.text(null)),
            new Column("name", ColumnType.text(20)),
            new Column("extra", ColumnType.binary(null)));
  }

  @Test
  void aColumnThatNobodyKnewIsNotDropped() {
    List<Column> known = List.of(new Column("id", ColumnType.of(Kind.INTEGER)));
    List<Column> unknown = List.of(new Column("new", ColumnType.of(Kind.INTEGER)));
    CsvWriter csv = new CsvWriter(new ResultTable(ONE_STEP, List.of(known)), ONE_STEP, out);

    assertThatThrownBy(
            () -> csv.child(child("a", unknown, 0L, false), ListCursor.of(unknown, List.of())))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining("'new'");
  }

  @Test
  void namesThatAreTakenOrMissingAreMadeUp() throws Exception {
    ColumnType type = ColumnType.of(Kind.INTEGER);
    List<Column> columns =
        List.of(
            new Column("database", type),
            new Column("", type),
            new Column("x", type),
            new Column("X", type),
            new Column("x_2", type));
    write(
        new JsonLinesWriter(ONE_STEP, out),
        child("a", columns, 1L, false),
        List.of(row(1, 2, 3, 4, 5)));

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            "{\"server\":\"srv\",\"database\":\"a\",\"database_2\":1,\"column2\":2,\"x\":3,\"X_2\":4,\"x_2_2\":5}\n");
  }

  @Test
  void whatIsGivenUpSaysWhyInItsLastLine() throws Exception {
    JsonLinesWriter writer = new JsonLinesWriter(ONE_STEP, out);
    writer.pulse();
    writer.giveUp(409, ErrorCode.TARGET_UNREACHABLE, "gone");

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            "\n{\"error\":{\"status\":409,\"code\":\"TARGET_UNREACHABLE\",\"detail\":\"gone\"}}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "-1, true",
    "9007199254740992, true",
    "9007199254740993, false",
    "-9007199254740992, true",
    "1000000000000000000000, true",
    "9223372036854775807, false",
    "123456789012345, true",
    "0.1, true",
    "1.50, true",
    "123456.7890123451, false",
    "0.000000000000000000012345, true",
    "NaN, false",
    "Infinity, false",
    "01, false",
    "1., false",
    ".5, false",
    "+1, false",
    "-, false",
    "'', false"
  })
  void aNumberIsOneOnlyWhereADoubleKeepsItsDigits(String text, boolean safe) {
    assertThat(Values.isSafe(text.getBytes(UTF_8))).isEqualTo(safe);
  }

  @ParameterizedTest
  @CsvSource({
    "1e10, true",
    "1.5E-7, true",
    "1E+300, true",
    "1e, false",
    "1e+, false",
    "-0.0, true",
    "-Infinity, false",
    "1 , true"
  })
  void aFloatingPointNumberIsOneByItsGrammar(String text, boolean number) {
    assertThat(Values.isNumber(text.getBytes(UTF_8))).isEqualTo(number);
  }

  private static ChildResult child(
      String database, List<Column> columns, @Nullable Long rowCount, boolean truncated) {
    return new ChildResult(ID, "List", "srv", database, columns, rowCount, truncated);
  }

  private static void write(
      ResultWriter writer, ChildResult child, List<List<@Nullable Object>> rows) throws Exception {
    writer.child(child, ListCursor.of(child.columns(), rows));
    writer.finish();
  }
}
