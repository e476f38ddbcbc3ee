package dev.edj.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.engine.ServerName;
import dev.edj.problem.EdjException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerPatternsTest {

  @ParameterizedTest
  @CsvSource({
    "*, db1",
    "*, postgresql://db1:5433",
    "**, mysql://db1",
    "db1, DB1.",
    "'db1,1433', db1",
    "db1:1444, 'db1,1444'",
    "*.example.com, a.b.example.com",
    "*.EXAMPLE.com, a.example.com",
    "db-?, db-1",
    "'db*,1444', 'db-x,1444'",
    "'*,*', 'db-x,1444'",
    "sqlserver://*, db1",
    "db1\\*, db1\\sales",
    "postgresql://*, postgresql://db1:5433",
    "postgresql://db-*:5433, postgresql://db-7:5433",
    "postgresql://db-*:5432, postgresql://db-7",
    "postgresql://db-1, postgresql://DB-1:5432",
    "postgresql://[fd00:*], 'postgresql://[fd00:0:0:0:0:0:0:1]'",
    "mariadb://db*, mariadb://db1",
  })
  void allowed(String pattern, String server) {
    assertThat(allows(pattern, server)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "db1, db2",
    "db*, postgresql://db1",
    "sqlserver://*, postgresql://db1",
    "postgresql://*, db1",
    "mysql://*, mariadb://db1",
    "*.example.com, a.example.com.evil.org",
    "*.example.com, example.com",
    "*.example.com, 'a.example.com,1444'",
    "*.example.com, 'evil.org\\a'",
    "db-?, db-12",
    "postgresql://db-*:5433, postgresql://db-7:5434",
    "postgresql://db-*:5433, postgresql://db-7",
  })
  void notAllowed(String pattern, String server) {
    assertThat(allows(pattern, server)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "oracle://*",
        "http://db*",
        "post*://db",
        "db 1*",
        "user:secret@db*",
        "db*/master",
        "db%",
        "db'*",
        "db*;encrypt=false",
        "grün*",
        "db,99999",
      })
  void refused(String pattern) {
    assertThatThrownBy(() -> ServerPatterns.parse(List.of(pattern)))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.field()).isEqualTo("servers"));
  }

  @ParameterizedTest
  @CsvSource({
    "*, postgresql://*, true",
    "*, *, true",
    "db*, db-1, true",
    "db*, db-*, true",
    "db*, db?, true",
    "db?, db1, true",
    "*.example.com, *.a.example.com, true",
    "db?, db*, false",
    "db1, db*, false",
    "db-*, db*, false",
    "*.example.com, *.com, false",
    "sqlserver://*, *, false",
    "sqlserver://*, db*, true",
    "postgresql://*, db*, false",
    "db1, db2, false",
  })
  void covering(String wide, String narrow, boolean covers) {
    assertThat(ServerPatterns.parse(List.of(wide)).covers(ServerPatterns.parse(List.of(narrow))))
        .isEqualTo(covers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "sqlserver://*", "db*", "postgresql://*:5433", "db1,1444"})
  void whatIsStoredReadsBackAsItIs(String pattern) {
    assertThat(ServerPatterns.parse(List.of(pattern)).texts()).containsExactly(pattern);
  }

  private static boolean allows(String pattern, String server) {
    return ServerPatterns.parse(List.of(pattern)).allows(ServerName.parse(server));
  }
}
