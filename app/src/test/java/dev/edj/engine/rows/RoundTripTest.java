package dev.edj.engine.rows;

import static dev.edj.engine.rows.RowStoreContract.digest;
import static dev.edj.engine.rows.RowStoreContract.errorOf;
import static dev.edj.engine.rows.RowStoreContract.newTable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.engine.TargetException;
import dev.edj.engine.rows.ColumnType.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Rows that are read from one engine and written to another, and to the same: what comes out is
/// what was read.
class RoundTripTest {

  private static final List<Site> SITES = new ArrayList<>();

  /// Names of types that differ.
  ///
  /// @param text for a text of any length
  private record Words(
      String text, String binary, String bool, String floating, String timestamp, String bytes) {}

  @BeforeAll
  static void createDatabases() throws TargetException {
    SITES.add(Site.postgreSql());
    SITES.add(Site.mariaDb());
    if (Site.hasSqlServer()) {
      SITES.add(Site.sqlServer());
    }
  }

  private static Words words(Site site) {
    return switch (site.engine().dialect()) {
      case "POSTGRESQL" ->
          new Words("text", "bytea", "boolean", "double precision", "timestamp(6)", "'\\x%s'");
      case "MYSQL" ->
          new Words("longtext", "longblob", "tinyint(1)", "double", "datetime(6)", "x'%s'");
      default ->
          new Words("nvarchar(max)", "varbinary(max)", "bit", "float", "datetime2(6)", "0x%s");
    };
  }

  private interface Pair {
    void check(Site source, Site destination) throws Exception;
  }

  private static void forAllPairs(Pair pair) throws Exception {
    for (Site source : SITES) {
      for (Site destination : SITES) {
        pair.check(source, destination);
      }
    }
  }

  private static RowSpool sent(RowSpool rows, Site source, Site destination)
      throws TargetException, IOException {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    try (RowStore store = RowStore.open(destination.settings())) {
      store.replace(table, source.origin(child), rows, false, () -> true);
    }
    return destination.stored(table, child);
  }

  /// The same values from every engine, and the same digest.
  @Test
  void whatAllEnginesHaveComesThroughEveryPair() throws Exception {
    List<String> digests = new ArrayList<>();
    for (Site source : SITES) {
      Words words = words(source);
      String table = newTable().name();
      source.run(
          """
          CREATE TABLE %s (s smallint, i int, b bigint, d decimal(38,10), m decimal(12,4), r real,
            f %s, v varchar(20), x %s, y %s, dt date, tm time(6), ts %s, flag %s)
          """
              .formatted(
                  table,
                  words.floating(),
                  words.text(),
                  words.binary(),
                  words.timestamp(),
                  words.bool()),
          insert(
              table,
              words,
              "-32768, -2147483648, -9223372036854775808,"
                  + " -1234567890123456789012345678.0123456789, 12.5, 0.25, 1.7976931348623157e308,"
                  + " 'a''b\"c', ''",
              "00ff10",
              "'0001-01-01', '00:00:00', '0001-01-01 00:00:00', "
                  + (source.engine().dialect().equals("POSTGRESQL") ? "true" : "1")),
          insert(
              table,
              words,
              "32767, 2147483647, 9223372036854775807,"
                  + " 8888.5, -0.0001, -1.5, 5e-324,"
                  + " ' blanks ', 'tab\tend'",
              "",
              "'9999-12-31', '23:59:59.999999',"
                  + " '9999-12-31 23:59:59.999999', "
                  + (source.engine().dialect().equals("POSTGRESQL") ? "false" : "0")),
          "INSERT INTO %s (s) VALUES (NULL)".formatted(table));
      RowSpool rows = source.collect("SELECT * FROM " + table);
      assertThat(rows.count()).isEqualTo(3);
      digests.add(HexFormat.of().formatHex(digest(rows)));
      for (Site destination : SITES) {
        RowSpool stored = sent(rows, source, destination);
        assertThat(Site.values(stored).size()).isEqualTo(3);
        assertThat(digest(stored))
            .as("%s to %s", source.name(), destination.name())
            .isEqualTo(digest(rows));
      }
    }
    assertThat(digests).as("%s", digests).containsOnly(digests.getFirst());
  }

  private static String insert(String table, Words words, String before, String hex, String after) {
    return "INSERT INTO %s VALUES (%s, %s, %s)"
        .formatted(table, before, words.bytes().formatted(hex), after);
  }

  @Test
  void randomValuesComeThroughEveryPair() throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    List<Column> columns =
        List.of(
            new Column("i", ColumnType.of(Kind.BIGINT)),
            new Column("d", ColumnType.decimal(38, 9)),
            new Column("f", ColumnType.of(Kind.DOUBLE)),
            new Column("r", ColumnType.of(Kind.REAL)),
            new Column("t", ColumnType.text(null)),
            new Column("v", ColumnType.text(40)),
            new Column("b", ColumnType.binary(null)),
            new Column("ts", ColumnType.time(Kind.TIMESTAMP, 6)),
            new Column("u", ColumnType.of(Kind.UUID)));
    RowSpool rows = new RowSpool(columns, Site.spools());
    for (int i = 0; i < 2_500; i++) {
      rows.add(new TestRow(columns, RandomRow.of(random)));
    }
    for (Site destination : SITES) {
      RowSpool stored = sent(rows, SITES.getFirst(), destination);
      assertThat(digest(stored)).as(destination.name()).isEqualTo(digest(rows));
      for (Site next : SITES) {
        assertThat(digest(sent(stored, destination, next)))
            .as("%s to %s", destination.name(), next.name())
            .isEqualTo(digest(rows));
      }
    }
  }

  @Test
  void negativeZeroKeepsItsSign() throws Exception {
    forAllPairs((source, destination) -> {
      RowSpool rows = source.collect("SELECT CAST('-0.0' AS %s) AS f".formatted(doubleOf(source)));
      RowSpool stored = sent(rows, source, destination);
      assertThat(Double.parseDouble(String.valueOf(Site.values(stored).getFirst().getFirst())))
          .isEqualTo(Double.parseDouble(String.valueOf(Site.values(rows).getFirst().getFirst())));
    });
  }

  private static String doubleOf(Site site) {
    return site.engine().dialect().equals("SQL_SERVER") ? "float" : words(site).floating();
  }

  @Test
  void numbersThatOnlyPostgreSqlHasStayThereAndAreNamedElsewhere() throws Exception {
    Site postgreSql = SITES.getFirst();
    for (String query :
        List.of(
            "SELECT 'NaN'::float8 AS x",
            "SELECT '-Infinity'::float4 AS x",
            "SELECT 'NaN'::numeric AS x",
            "SELECT 'Infinity'::numeric AS x",
            "SELECT 1e70::numeric AS x",
            "SELECT repeat('9', 60)::numeric(60,0) AS x, 1 AS y",
            "SELECT 1e-40::numeric AS x")) {
      RowSpool rows = postgreSql.collect(query);
      assertThat(digest(sent(rows, postgreSql, postgreSql))).as(query).isEqualTo(digest(rows));
      for (Site destination : SITES.subList(1, SITES.size())) {
        boolean fits = query.contains("60") && destination.engine().dialect().equals("MYSQL");
        if (!fits) {
          assertThat(errorOf(() -> sent(rows, postgreSql, destination)).message())
              .as("%s: %s", destination.name(), query)
              .contains("column 'x'");
        }
      }
    }
  }

  @Test
  void averagesComeThroughEveryPair() throws Exception {
    Site postgreSql = SITES.getFirst();
    RowSpool rows =
        postgreSql.collect(
            "SELECT avg(n) AS a, sum(n) AS s FROM generate_series(1, 10) n UNION ALL SELECT 10.0/3, 7");
    for (Site destination : SITES) {
      assertThat(digest(sent(rows, postgreSql, destination))).isEqualTo(digest(rows));
    }
  }

  @Test
  void momentsKeepTheMoment() throws Exception {
    Site postgreSql = SITES.getFirst();
    RowSpool rows =
        postgreSql.collect(
            """
            SET TIME ZONE 'Europe/Brussels';
            SELECT '2026-07-01 12:00:00.25+05:30'::timestamptz AS z, '2026-03-29 02:30:00'::timestamp AS l
            """);
    assertThat(Site.values(rows))
        .containsExactly(List.of("2026-07-01 06:30:00.25+00:00", "2026-03-29 02:30:00"));
    for (Site destination : SITES) {
      List<@Nullable String> stored = Site.values(sent(rows, postgreSql, destination)).getFirst();
      assertThat(stored.get(0))
          .as(destination.name())
          .isEqualTo(
              destination.engine().dialect().equals("MYSQL")
                  ? "2026-07-01 06:30:00.25"
                  : "2026-07-01 06:30:00.25+00:00");
      assertThat(stored.get(1)).isEqualTo("2026-03-29 02:30:00");
    }
  }

  @Test
  void sqlServersOffsetsStayInSqlServer() throws Exception {
    if (SITES.size() < 3) {
      return;
    }
    Site sqlServer = SITES.getLast();
    RowSpool rows =
        sqlServer.collect(
            """
            SELECT CAST('2026-07-01 12:00:00.1234567 +05:30' AS datetimeoffset(7)) AS z,
              CAST('2026-03-29 02:30:00.1234567' AS datetime2(7)) AS l
            """);
    assertThat(Site.values(rows).getFirst().getFirst()).endsWith("+05:30");
    assertThat(Site.values(sent(rows, sqlServer, sqlServer))).isEqualTo(Site.values(rows));
    List<@Nullable String> stored = Site.values(sent(rows, sqlServer, SITES.getFirst())).getFirst();
    assertThat(stored.getFirst()).startsWith("2026-07-01 06:30:00.12345").endsWith("+00:00");
  }

  @Test
  void datesThatMySqlAloneHasAreNamed() throws Exception {
    Site mySql = SITES.get(1);
    String table = newTable().name();
    mySql.run(
        "SET sql_mode = ''",
        "CREATE TABLE %s (d date, t datetime(3))".formatted(table),
        "INSERT INTO %s VALUES ('0000-00-00', '2026-01-01')".formatted(table),
        "INSERT INTO %s VALUES ('2026-01-01', '2026-00-10 01:02:03.5')".formatted(table));
    RowSpool first = mySql.collect("SELECT d, t FROM %s WHERE t = '2026-01-01'".formatted(table));
    RowSpool second = mySql.collect("SELECT d, t FROM %s WHERE d = '2026-01-01'".formatted(table));
    assertThat(Site.values(first)).containsExactly(List.of("0000-00-00", "2026-01-01 00:00:00"));
    assertThat(Site.values(second)).containsExactly(List.of("2026-01-01", "2026-00-10 01:02:03.5"));
    for (Site destination : SITES) {
      assertThat(errorOf(() -> sent(first, mySql, destination)).message())
          .as(destination.name())
          .containsPattern("column '?d'?\\b");
      assertThat(errorOf(() -> sent(second, mySql, destination)).message())
          .as(destination.name())
          .containsPattern("column '?t'?\\b");
    }
  }

  @Test
  void textsComeThroughWholeWhateverTheirLength() throws Exception {
    forAllPairs((source, destination) -> {
      if (source.engine().dialect().equals("SQL_SERVER")) {
        return; // has no such literals
      }
      RowSpool rows =
          source.collect(
              "SELECT REPEAT('🦆x', 5) AS a, REPEAT('é', 3000) AS b, REPEAT('🦆', 300000) AS c, '' AS d");
      assertThat(digest(sent(rows, source, destination)))
          .as("%s to %s", source.name(), destination.name())
          .isEqualTo(digest(rows));
    });
  }

  @Test
  void aVarcharOfEmojiHasRoomInSqlServer() throws Exception {
    Site postgreSql = SITES.getFirst();
    RowSpool rows = postgreSql.collect("SELECT '🦆🦆🦆'::varchar(3) AS v");
    for (Site destination : SITES) {
      assertThat(digest(sent(rows, postgreSql, destination))).isEqualTo(digest(rows));
    }
  }
}
