package dev.edj.dacpac.tsql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModuleTextsTest {

  private static final TextRule EXACT = new TextRule(false, false, false, false);
  private static final TextRule WHITESPACE = new TextRule(true, false, false, false);
  private static final TextRule CASING = new TextRule(false, true, false, false);
  private static final TextRule COMMENTS = new TextRule(false, false, true, false);
  private static final TextRule SEMICOLONS = new TextRule(false, false, false, true);
  private static final TextRule ALL = new TextRule(true, true, true, true);

  @Test
  void eachRuleIgnoresWhatItSaysAndNothingElse() {
    String text = "CREATE PROCEDURE p AS SELECT 1";
    same(text, "CREATE  PROCEDURE p AS\n\tSELECT 1", WHITESPACE);
    differ(text, "CREATE  PROCEDURE p AS\n\tSELECT 1", CASING, COMMENTS, SEMICOLONS, EXACT);
    same(text, "create procedure p as select 1", CASING);
    differ(text, "create procedure p as select 1", WHITESPACE, COMMENTS, SEMICOLONS, EXACT);
    same(text, "CREATE PROCEDURE p AS SELECT 1/* /* one */ */", COMMENTS);
    differ(text, "CREATE PROCEDURE p AS SELECT 1/* one */", WHITESPACE, CASING, SEMICOLONS, EXACT);
    same(text, "CREATE PROCEDURE p AS SELECT 1;", SEMICOLONS);
    differ(text, "CREATE PROCEDURE p AS SELECT 1;", WHITESPACE, CASING, COMMENTS, EXACT);
  }

  @Test
  void createAndAlterMakeTheSame() {
    String text = "/* CREATE */ CREATE VIEW [v] AS SELECT 1 AS [x]";
    same(text, "/* CREATE */ ALTER VIEW [v] AS SELECT 1 AS [x]", EXACT);
    same(text, "/* CREATE */ create or /* new */ alter VIEW [v] AS SELECT 1 AS [x]", EXACT);
    differ(text, "/* CREATE */ DROP VIEW [v] AS SELECT 1 AS [x]", ALL);
    differ(text, text.replace("SELECT", "ALTER"), ALL);
  }

  @Test
  void lineBreaksOfDifferentKindsAreTheSameOutsideOfStrings() {
    same(
        "CREATE VIEW v\r\nAS -- a\r\nSELECT 1 AS x\r\n",
        "CREATE VIEW v\nAS -- a\nSELECT 1 AS x",
        EXACT);
    differ("CREATE VIEW v AS SELECT 'a\r\nb' AS x", "CREATE VIEW v AS SELECT 'a\nb' AS x", ALL);
  }

  @Test
  void whatIsInQuotesCounts() {
    differ("CREATE VIEW v AS SELECT 'a  b' AS x", "CREATE VIEW v AS SELECT 'a b' AS x", ALL);
    differ("CREATE VIEW v AS SELECT 'a;' AS x", "CREATE VIEW v AS SELECT 'a' AS x", ALL);
    differ("CREATE VIEW v AS SELECT '--a' AS x", "CREATE VIEW v AS SELECT '' AS x", ALL);
    differ("CREATE VIEW v AS SELECT [from] AS x", "CREATE VIEW v AS SELECT [FROM] AS x", ALL);
    differ("CREATE VIEW v AS SELECT [a]]b] AS x", "CREATE VIEW v AS SELECT [a]b] AS x", ALL);
  }

  @Test
  void namesKeepTheirCase() {
    differ("CREATE VIEW v AS SELECT a FROM t", "CREATE VIEW v AS SELECT A FROM t", ALL);
    differ("CREATE VIEW v AS SELECT a FROM t", "CREATE VIEW V AS SELECT a FROM t", ALL);
  }

  @Test
  void blanksThatHoldTokensApartCount() {
    differ("CREATE VIEW v AS SELECT a b FROM t", "CREATE VIEW v AS SELECT ab FROM t", ALL);
    differ("CREATE VIEW v AS SELECT a/**/b FROM t", "CREATE VIEW v AS SELECT ab FROM t", ALL);
    differ("CREATE VIEW v AS SELECT 1 --\n+2 AS x", "CREATE VIEW v AS SELECT 1 --+2 AS x", ALL);
    differ("CREATE VIEW v AS SELECT 'a' 'b'", "CREATE VIEW v AS SELECT 'a''b'", ALL);
    differ("CREATE VIEW v AS SELECT 1 AS N 'b'", "CREATE VIEW v AS SELECT 1 AS N'b'", ALL);
  }

  @Test
  void aSemicolonThatSaysSomethingCounts() {
    same(
        "CREATE PROCEDURE p AS BEGIN; SELECT 1; ; RETURN 1; END;",
        "CREATE PROCEDURE p AS BEGIN SELECT 1 RETURN 1 END",
        new TextRule(true, false, false, true));
    differ("CREATE PROCEDURE p AS ROLLBACK; THROW", "CREATE PROCEDURE p AS ROLLBACK THROW", ALL);
    differ("CREATE PROCEDURE p AS EXEC a; b", "CREATE PROCEDURE p AS EXEC a b", ALL);
    differ("CREATE PROCEDURE p AS EXEC a;WITH b", "CREATE PROCEDURE p AS EXEC a WITH b", ALL);
  }

  @Test
  void aTextThatDoesNotEndIsComparedAsItIs() {
    differ("CREATE VIEW v AS SELECT 'a ", "CREATE VIEW v AS SELECT 'a", ALL);
    same("CREATE VIEW v AS /* a", "CREATE VIEW  v AS /* a", ALL);
    same("", "  ", ALL);
  }

  private static void same(String one, String other, TextRule rule) {
    assertThat(ModuleTexts.same(one, other, rule)).isTrue();
    assertThat(ModuleTexts.same(other, one, rule)).isTrue();
  }

  private static void differ(String one, String other, TextRule... rules) {
    for (TextRule rule : rules) {
      assertThat(ModuleTexts.same(one, other, rule)).as(rule.toString()).isFalse();
      assertThat(ModuleTexts.same(other, one, rule)).as(rule.toString()).isFalse();
    }
  }
}
