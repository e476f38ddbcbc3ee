package dev.edj.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.engine.ServerName;
import dev.edj.problem.EdjException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
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
    "sqlserver://*, 'db1,1433'",
    "'*,1433', db1",
    "*:*, db1",
    "*:*, 'db1,1444'",
    "*\\*, db1\\sales",
    "db*\\s#?_$, db1\\S#1_$",
    "db*\\MSSQLSERVER, db1",
    "'db1\\sales,1444', 'db1,1444'",
    "postgresql://*, postgresql://db1",
    "postgresql://*, postgresql://[::1]",
    "postgresql://*:*, postgresql://db1",
    "postgresql://*:*, postgresql://db1:5433",
    "postgresql://*:*, postgresql://[::1]:5433",
    "postgresql://db?:543?, postgresql://db1",
    "postgresql://db?:543?, postgresql://db1:5433",
    "postgresql://*:05433, postgresql://db1:5433",
    "postgresql://[*]:5433, postgresql://[::1]:5433",
    "postgresql://db-*:5433, postgresql://db-7:5433",
    "postgresql://db-*:5432, postgresql://db-7",
    "postgresql://db-1, postgresql://DB-1:5432",
    "postgresql://[fd00:*], 'postgresql://[fd00:0:0:0:0:0:0:1]'",
    "mariadb://db*, mariadb://db1",
    "10.0.0.0/8, 10.1.2.3",
    "10.0.0.0/8, db1.example.com",
    "db1@10.0.0.0/8, db1",
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
    "postgresql://*, postgresql://db1:5433",
    "postgresql://*:5432, postgresql://evil.com:9998",
    "postgresql://db*:5432, postgresql://db.evil.com:9998",
    "postgresql://*1, postgresql://evil.com:11",
    "postgresql://*1, postgresql://[::1]",
    "postgresql://*:5433, postgresql://[::1:5433]",
    "postgresql://*:*1, postgresql://db1:5433",
    "postgresql://[*]:*, postgresql://db1",
    "mariadb://*, mariadb://db1:3307",
    "'*,1433', 'evil.com,1444'",
    "'*,1433', evil.com\\a",
    "sqlserver://*, evil.com\\a",
    "sqlserver://*, 'evil.com,1444'",
    "db*, db.evil.com\\a",
    "db*1, 'db.evil.com,11'",
    "db*1, db.evil.com\\a1",
    "db?11, 'db,11'",
    "db?a, db\\a",
    "*:*, evil.com\\a",
    "*\\*, evil.com",
    "*\\*, 'evil.com,1444'",
    "*\\a, db1\\ba",
    "10.0.0.0/8, 11.1.2.3",
    "10.0.0.0/8, '10.1.2.3,1444'",
    "10.0.0.0/8, postgresql://10.1.2.3",
    "10.0.0.0/8, [fd00::1]",
    "*@10.0.0.0/8, postgresql://11.0.0.1:5433",
    "db1@10.0.0.0/8, db2",
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
        "db*,99999",
        "db*,0",
        "db*,",
        "db*:14:33",
        "db*,port",
        "db*\\",
        "db*\\a,1444",
        "db*,1444\\a",
        ":*",
        "\\*",
        "fd00:*:1",
        "[fd00:*",
        "[host*]",
        "*[::1]",
        "postgresql://",
        "postgresql://db*\\a",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "10.1.0.0/8",
        "fd00::/129",
        "fd00::1/8",
        "10.0.0/8",
        "10.0.0.256/8",
        "db1@",
        "@10.0.0.0/8",
        "db1@db2",
        "db1@10.0.0.0/8:1433",
        "db1@*",
        "10.0.0.0/8@10.0.0.0/8",
        "10.0.0.0/8,99999",
        "oracle://10.0.0.0/8",
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
    "postgresql://*:*, postgresql://*, true",
    "postgresql://*:*, postgresql://db*:5433, true",
    "postgresql://*:543?, postgresql://db*, true",
    "postgresql://*, postgresql://db:5432, true",
    "postgresql://*, postgresql://*:*, false",
    "postgresql://*, postgresql://db:5433, false",
    "postgresql://*:5432, postgresql://*:5433, false",
    "postgresql://*:5433, postgresql://*, false",
    "postgresql://*:543?, postgresql://*:*, false",
    "postgresql://*:*, *, false",
    "postgresql://*1, postgresql://db:11, false",
    "'*,1433', 'db,1444', false",
    "'*,1433', db\\a, false",
    "*:*, *\\*, false",
    "*\\*, *, false",
    "*\\*, sqlserver://*, false",
    "*\\*, db*\\a?, true",
    "db*\\a, db1\\*, false",
    "10.0.0.0/8, 10.0.0.0/8, true",
    "10.0.0.0/8, 10.1.0.0/16, true",
    "10.0.0.0/8, 10.1.2.3, true",
    "10.0.0.0/8, db1@10.1.2.3, true",
    "db*, db1@10.0.0.0/8, true",
    "*, *@10.0.0.0/8, true",
    "*@10.0.0.0/8, postgresql://10.0.0.0/9:5433, true",
    "fd00::/8, fd12::/16, true",
    "fd00::/8, [fd12::1], true",
    "10.0.0.0/8, 10.0.0.0/7, false",
    "10.0.0.0/8, 11.0.0.0/8, false",
    "10.0.0.0/8, 11.1.2.3, false",
    "10.0.0.0/8, 10.*, false",
    "10.0.0.0/8, db1, false",
    "10.0.0.0/8, *, false",
    "10.0.0.0/8, fd00::/8, false",
    "0.0.0.0/0, ::/0, false",
    "10.0.0.0/8, '10.0.0.0/8:*', false",
    "10.0.0.0/8, postgresql://10.0.0.0/8, false",
    "db1@10.0.0.0/8, 10.0.0.0/8, false",
    "db1@10.0.0.0/8, db1, false",
    "10.1.2.3, 10.1.2.3/32, false",
  })
  void covering(String wide, String narrow, boolean covers) {
    assertThat(ServerPatterns.parse(List.of(wide)).covers(ServerPatterns.parse(List.of(narrow))))
        .isEqualTo(covers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "sqlserver://*",
        "*,*",
        "*\\*",
        "db*",
        "db1\\sales",
        "postgresql://*",
        "postgresql://*:*",
        "postgresql://*:5433",
        "postgresql://[fd00:*]:5433",
        "[fd00:0:0:0:0:0:0:1],1444",
        "db1,1444",
        "10.0.0.0/8",
        "10.0.0.0/8,1444",
        "10.0.0.0/8\\sales",
        "10.0.0.0/8,*",
        "10.1.2.3/32",
        "[fd00:0:0:0:0:0:0:0/8]",
        "postgresql://[fd00:0:0:0:0:0:0:0/8]:5433",
        "*@10.0.0.0/8",
        "db*@10.0.0.0/8",
        "postgresql://db1:5433@10.0.0.0/8",
        "db1@fd00:0:0:0:0:0:0:0/8",
      })
  void whatIsStoredReadsBackAsItIs(String pattern) {
    assertThat(ServerPatterns.parse(List.of(pattern)).texts()).containsExactly(pattern);
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://*:5432, postgresql://*",
    "'*,1433', sqlserver://*",
    "'DB*,1433', db*",
    "*:*, '*,*'",
    "postgresql://db1:5432, postgresql://db1",
    "10.0.0.0/8:1433, 10.0.0.0/8",
    "sqlserver://*@10.0.0.0/8, 10.0.0.0/8",
    "db1@10.1.2.3, db1@10.1.2.3/32",
    "[fd00::]/8:1444, '[fd00:0:0:0:0:0:0:0/8],1444'",
    "DB1@[FD00::]/8, db1@fd00:0:0:0:0:0:0:0/8",
  })
  void whatIsStoredLeavesTheDefaultPortOut(String pattern, String stored) {
    assertThat(ServerPatterns.parse(List.of(pattern)).texts()).containsExactly(stored);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, db1, 10.1.2.3, true",
    "10.0.0.0/8, db1, 11.1.2.3, false",
    "10.0.0.0/8, 'db1,1444', 10.1.2.3, false",
    "'10.0.0.0/8,*', 'db1,1444', 10.1.2.3, true",
    "10.0.0.0/8, db1, fd00::1, false",
    "10.1.2.128/25, db1, 10.1.2.128, true",
    "10.1.2.128/25, db1, 10.1.2.127, false",
    "0.0.0.0/0, db1, 203.0.113.7, true",
    "fd00::/8, db1, fdff::1, true",
    "fd00::/8, db1, fe00::1, false",
    "::/0, db1, 10.1.2.3, false",
    "db1@10.1.2.3, db1, 10.1.2.3, true",
    "db1@10.1.2.3, db1, 10.1.2.4, false",
    "db1@10.0.0.0/8, db2, 10.1.2.3, false",
    "db*, db1, 203.0.113.7, true",
    "10.0.0.0/8, 10.1.2.3, 203.0.113.7, false",
    "*@10.0.0.0/8, mariadb://db1:3310, 10.1.2.3, true",
    "*@10.0.0.0/8, db1\\sales, 10.1.2.3, true",
  })
  void anAddressIsAllowed(String pattern, String server, String address, boolean allowed) {
    assertThat(
            ServerPatterns.parse(List.of(pattern))
                .allows(ServerName.parse(server), InetAddress.ofLiteral(address)))
        .isEqualTo(allowed);
  }

  @Test
  void aPasswordBeforeAnAtSignIsNotRepeated() {
    for (String pattern : List.of("sa:s3cret@db1", "sa:s3cret@10.0.0.0/8", "sa:s3cret@db*")) {
      assertThatThrownBy(() -> ServerPatterns.parse(List.of(pattern)))
          .isInstanceOf(EdjException.class)
          .hasMessageNotContaining("s3cret");
    }
  }

  private static boolean allows(String pattern, String server) {
    return ServerPatterns.parse(List.of(pattern)).allows(ServerName.parse(server));
  }
}
