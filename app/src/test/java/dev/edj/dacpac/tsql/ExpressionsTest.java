package dev.edj.dacpac.tsql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.model.NameRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExpressionsTest {

  /// Each as an author writes it, and as the server's catalog gives it back.
  private static final String SAME =
      """
      0                                        ~ ((0))
      1                                        ~ ((1))
      (1)                                      ~ ((1))
      -1                                       ~ ((-1))
      0.0                                      ~ ((0.0))
      .5                                       ~ ((0.5))
      1e3                                      ~ ((1.000000000000000e+003))
      0xFF                                     ~ (0xff)
      NULL                                     ~ (NULL)
      ''                                       ~ ('')
      'abc'                                    ~ ('abc')
      N'Ünï'                                   ~ (N'Ünï')
      n'x'                                     ~ (N'x')
      'it''s'                                  ~ ('it''s')
      GETDATE()                                ~ (getdate())
      getdate( )                               ~ (getdate())
      CURRENT_TIMESTAMP                        ~ (getdate())
      current_user                             ~ (user_name())
      SYSTEM_USER                              ~ (suser_sname())
      NewId()                                  ~ (newid())
      NEXT VALUE FOR dbo.OrderNumbers          ~ (NEXT VALUE FOR [dbo].[OrderNumbers])
      @@SPID                                   ~ (@@SPID)
      dbo.NextNumber(1)                        ~ ([dbo].[NextNumber]((1)))
      CONVERT(varchar(10), GETDATE(), 112)     ~ (CONVERT([varchar](10),getdate(),(112)))
      CAST(GETDATE() AS date)                  ~ (CONVERT([date],getdate()))
      CAST(0 AS bit)                           ~ (CONVERT([bit],(0)))
      CAST(x AS DECIMAL(18))                   ~ (CONVERT([decimal](18,0),[x]))
      CAST(x AS varchar(max))                  ~ (CONVERT([varchar](max),[x]))
      CAST(x AS national character varying(9)) ~ (CONVERT([nvarchar](9),[x]))
      CAST(x AS float(24))                     ~ (CONVERT([real],[x]))
      CAST(x AS double precision)              ~ (CONVERT([float],[x]))
      TRY_CAST(x AS integer)                   ~ (TRY_CONVERT([int],[x]))
      CAST(x AS dbo.Name)                      ~ (CONVERT([dbo].[Name],[x]))
      A + B                                    ~ ([A]+[B])
      a + b + c                                ~ (([a]+[b])+[c])
      a + b * c                                ~ ([a]+[b]*[c])
      (a + b) * c                              ~ (([a]+[b])*[c])
      a - (b - c)                              ~ ([a]-([b]-[c]))
      -a                                       ~ ( -[a])
      -2 * a                                   ~ ((-2)*[a])
      a * -1                                   ~ ([a]*(-1))
      a - -1                                   ~ ([a]-(-1))
      6 / -2 * 3                               ~ ((6)/(-((2)*(3))))
      ~a & 1                                   ~ (~[a]&(1))
      a % 2 = 0                                ~ ([a]%(2)=(0))
      FirstName + N' ' + LastName              ~ (([FirstName]+N' ')+[LastName])
      a COLLATE Latin1_General_BIN2            ~ ([a] collate Latin1_General_BIN2)
      UnitPrice*Quantity                       ~ ([UnitPrice]*[Quantity])
      Price > 0                                ~ ([Price]>(0))
      Price>=0 and Price<=10                   ~ ([Price]>=(0) AND [Price]<=(10))
      Price BETWEEN 0 AND 10                   ~ ([Price]>=(0) AND [Price]<=(10))
      Price NOT BETWEEN 0 AND 10               ~ (NOT ([Price]>=(0) AND [Price]<=(10)))
      a != b                                   ~ ([a]<>[b])
      a !< b                                   ~ ([a]>=[b])
      Kind IN ('Q', 'A', 'C')                  ~ ([Kind]='C' OR [Kind]='A' OR [Kind]='Q')
      Kind NOT IN ('Q', 'A')                   ~ (NOT ([Kind]='A' OR [Kind]='Q'))
      Kind NOT IN ('Q', 'A')                   ~ ([Kind]<>'A' AND [Kind]<>'Q')
      a IN (1,2) AND b = 1                     ~ (([a]=(2) OR [a]=(1)) AND [b]=(1))
      a = 1 OR a IN (2, 3)                     ~ ([a]=(1) OR ([a]=(3) OR [a]=(2)))
      Name LIKE 'a[_]%'                        ~ ([Name] like 'a[_]%')
      Phone NOT LIKE '%[^0-9]%'                ~ (NOT [Phone] like '%[^0-9]%')
      Name LIKE 'a!_%' ESCAPE '!'              ~ ([Name] like 'a!_%' escape '!')
      Ended IS NULL OR Ended > Began           ~ ([Ended] IS NULL OR [Ended]>[Began])
      NOT Ended IS NULL                        ~ ([Ended] IS NOT NULL)
      NOT (a = 1 AND b = 2)                    ~ (NOT ([a]=(1) AND [b]=(2)))
      NOT (a = 1 AND b = 2)                    ~ ([a]<>(1) OR [b]<>(2))
      NOT (a < 1 OR b > 2)                     ~ ([a]>=(1) AND [b]<=(2))
      NOT (a <= 1 OR NOT b >= 2)               ~ ([a]>(1) AND [b]>=(2))
      NOT NOT a <> 1                           ~ ([a]<>(1))
      ((a = 1) or ((b = 2)))                   ~ ([a]=(1) OR [b]=(2))
      ISNULL(a, 0)                             ~ (isnull([a],(0)))
      COALESCE(a, b, 0)                        ~ (coalesce([a],[b],(0)))
      COALESCE(a, 0)                           ~ (case when [a] IS NOT NULL then [a] else (0) end)
      NULLIF(a, '')                            ~ (case when [a]='' then NULL else [a] end)
      IIF(a > 1, 'x', 'y')                     ~ (case when [a]>(1) then 'x' else 'y' end)
      CASE WHEN a > 1 THEN 'x' END             ~ (case when [a]>(1) then 'x' else NULL end)
      CASE a WHEN 1 THEN 'x' ELSE 'y' END      ~ (case [a] when (1) then 'x' else 'y' end)
      YEAR(OrderedAt)                          ~ (datepart(year,[OrderedAt]))
      DATEPART(yy, OrderedAt)                  ~ (datepart(year,[OrderedAt]))
      DATEADD(dd, 1, GETDATE())                ~ (dateadd(day,(1),getdate()))
      DATEDIFF(DAY, a, b) > -5                 ~ (datediff(day,[a],[b])>(-5))
      LEFT(Name, 1)                            ~ (left([Name],(1)))
      LEN(LTRIM(RTRIM(Name))) > 0              ~ (len(ltrim(rtrim([Name])))>(0))
      SYSUTCDATETIME() AT TIME ZONE 'UTC'      ~ (sysutcdatetime() AT TIME ZONE 'UTC')
      "Order Date" <= [Ship Date]              ~ ([Order Date]<=[Ship Date])
      [a]]b] = 1                               ~ ([a]]b]=(1))
      a = 1 -- one                             ~ ([a]=(1))
      a /* the /* first */ */ = 1              ~ ([a]=(1))
      Doc.value('(/a/b)[1]', 'int')            ~ ([Doc].[value]('(/a/b)[1]','int'))
      """;

  private static final String DIFFERENT =
      """
      0                          ~ 1
      1                          ~ 1.0
      1                          ~ -1
      'a'                        ~ 'A'
      'a'                        ~ N'a'
      'a'                        ~ 'a '
      'it''s'                    ~ 'its'
      a + b - c                  ~ a + (b - c)
      a - b - c                  ~ a - (b - c)
      a * b + c                  ~ a * (b + c)
      6 / -2 * 3                 ~ (6 / -2) * 3
      a / b * c                  ~ a / (b * c)
      a OR b = 1 AND c = 2       ~ (a = 1 OR b = 1) AND c = 2
      a = 1 OR b = 1 AND c = 2   ~ (a = 1 OR b = 1) AND c = 2
      NOT a = 1 AND b = 1        ~ NOT (a = 1 AND b = 1)
      NOT a = 1 OR b = 1         ~ NOT (a = 1 OR b = 1)
      NOT (a = 1 AND b = 1)      ~ NOT a = 1 AND NOT b = 1
      NOT (a = 1 OR b = 1)       ~ NOT a = 1 OR NOT b = 1
      NOT a < b                  ~ a > b
      NOT a <= b                 ~ a >= b
      a > b                      ~ a >= b
      a > b                      ~ b > a
      a = b                      ~ a <> b
      a IN (1, 2)                ~ a IN (1, 3)
      a IN (1, 2)                ~ a IN (1, 2, 3)
      a IN (1, 2)                ~ a NOT IN (1, 2)
      a BETWEEN 1 AND 2          ~ a > 1 AND a <= 2
      a LIKE 'x'                 ~ a = 'x'
      a LIKE 'x' ESCAPE '!'      ~ a LIKE 'x'
      a IS NULL                  ~ a IS NOT NULL
      [null]                     ~ NULL
      [current_timestamp]        ~ CURRENT_TIMESTAMP
      [getdate]                  ~ getdate()
      [a.b]                      ~ [a].[b]
      [a b]                      ~ a b
      f(a, b)                    ~ f(b, a)
      dbo.f(a)                   ~ f(a)
      dbo.f(a)                   ~ dbo.g(a)
      CAST(a AS int)             ~ CAST(a AS bigint)
      CAST(a AS varchar(10))     ~ CAST(a AS varchar(11))
      CAST(a AS varchar(10))     ~ CAST(a AS varchar)
      CAST(a AS float)           ~ CAST(a AS real)
      CAST(a AS float(max))      ~ CAST(a AS float)
      CONVERT(varchar(9), a)     ~ CONVERT(varchar(9), a, 112)
      DATEADD(m, 1, a)           ~ DATEADD(n, 1, a)
      ISNULL(a, b)               ~ COALESCE(a, b)
      COALESCE(a, b)             ~ COALESCE(b, a)
      IIF(a = 1, 'x', 'y')       ~ IIF(a = 1, 'y', 'x')
      CASE WHEN a = 1 THEN 1 WHEN b = 1 THEN 2 END ~ CASE WHEN b = 1 THEN 2 WHEN a = 1 THEN 1 END
      a COLLATE Latin1_General_BIN ~ a COLLATE Latin1_General_BIN2
      a /* b */                  ~ a + b
      NEXT VALUE FOR a.s         ~ NEXT VALUE FOR b.s
      (a                         ~ a
      'a                         ~ 'a'
      """;

  @TestFactory
  Stream<DynamicTest> whatTheCatalogGivesBackIsWhatTheAuthorWrote() {
    return pairs(SAME)
        .map(pair ->
            DynamicTest.dynamicTest(
                pair.getFirst(),
                () -> {
                  assertThat(Expressions.same(pair.getFirst(), pair.getLast())).isTrue();
                  assertThat(Expressions.same(pair.getLast(), pair.getFirst())).isTrue();
                }));
  }

  @TestFactory
  Stream<DynamicTest> whatMeansSomethingElseIsNotTheSame() {
    return pairs(DIFFERENT)
        .map(pair ->
            DynamicTest.dynamicTest(
                String.join(" ~ ", pair),
                () -> {
                  assertThat(Expressions.same(pair.getFirst(), pair.getLast())).isFalse();
                  assertThat(Expressions.same(pair.getLast(), pair.getFirst())).isFalse();
                }));
  }

  @Test
  void namesThatDifferInCaseAreDifferentWhereTheDatabaseSaysSo() {
    assertThat(Expressions.same("A > 1", "([a]>(1))", NameRule.CASE_SENSITIVE)).isFalse();
    assertThat(Expressions.same("A > 1", "([A]>(1))", NameRule.CASE_SENSITIVE)).isTrue();
    assertThat(Expressions.same("LEN(A)", "len([A])", NameRule.CASE_SENSITIVE)).isTrue();
    assertThat(Expressions.same("dbo.F(1)", "dbo.f(1)", NameRule.CASE_SENSITIVE)).isFalse();
    assertThat(Expressions.same("CAST(1 AS T)", "CAST(1 AS t)", NameRule.CASE_SENSITIVE)).isFalse();
  }

  @Test
  void whatCannotBeReadIsComparedTokenByToken() {
    String query = "EXISTS (SELECT 1 FROM dbo.T AS t WHERE t.a = 1)";
    assertThat(
            Expressions.same(
                query, "( exists ( select 1 from [dbo].[T] as [t] where [t].[a] = 1 ) )"))
        .isTrue();
    assertThat(Expressions.same(query, query.replace("= 1", "= 2"))).isFalse();
    assertThat(Expressions.same("$0", "($0)")).isTrue();
    assertThat(Expressions.same("$0", "($1)")).isFalse();
  }

  @Test
  void nothingIsTooDeepOrTooLong() {
    String deep = "(".repeat(100_000) + "1" + ")".repeat(100_000);
    assertThat(Expressions.same(deep, deep)).isTrue();
    assertThat(Expressions.same(deep, "1")).isFalse();
    String minus = "- ".repeat(100_000) + "1";
    assertThat(Expressions.same(minus, minus)).isTrue();
    String not = "NOT ".repeat(100_000) + "a = 1";
    assertThat(Expressions.same(not, not)).isTrue();
    String longSum = "a" + " + 1".repeat(4_000);
    assertThat(Expressions.same(longSum, longSum)).isTrue();
    assertThat(Expressions.same(longSum, longSum + " + 1")).isFalse();
    String conditions = "a = 1" + " AND b = 1".repeat(2_000);
    assertThat(Expressions.same(conditions, conditions)).isTrue();
    String doubled = "COALESCE(".repeat(150) + "a" + ", 1)".repeat(150);
    assertThat(Expressions.same(doubled, doubled)).isTrue();
    assertThat(Expressions.same(doubled, doubled.replace("a", "b"))).isFalse();
  }

  private static Stream<List<String>> pairs(String lines) {
    return lines
        .lines()
        .map(line -> List.of(line.split("\\s+~ ", 2)))
        .map(pair -> List.of(pair.getFirst().strip(), pair.getLast().strip()));
  }

  @Test
  void aColumnGetsAnotherNameWhereverAnExpressionSpeaksOfIt() {
    assertThat(renamed("([Sum]>(0) AND sum < 9 /* sum */ AND Note <> 'sum')"))
        .contains("([To]]tal]>(0) AND [To]]tal] < 9 /* sum */ AND Note <> 'sum')");
    assertThat(Expressions.renamed("datepart(day, [day])", "day", "d", NameRule.CASE_SENSITIVE))
        .contains("datepart(day, [d])");
    assertThat(Expressions.renamed("[SUM] > 0", "Sum", "T", NameRule.CASE_SENSITIVE)).isEmpty();
  }

  @Test
  void aNameThatCouldBeSomethingElseIsNotReplaced() {
    assertThat(renamed("dbo.Sum(1) > [Sum]")).isEmpty();
    assertThat(renamed("sum([Sum]) > 1")).isEmpty();
    assertThat(renamed("[Orders].[Sum] > 1")).isEmpty();
    assertThat(renamed("[Other] > 1")).isEmpty();
    assertThat(
            Expressions.renamed("CAST(x AS date) > date", "date", "d", NameRule.CASE_INSENSITIVE))
        .isEmpty();
  }

  private static Optional<String> renamed(String expression) {
    return Expressions.renamed(expression, "Sum", "To]tal", NameRule.CASE_INSENSITIVE);
  }
}
