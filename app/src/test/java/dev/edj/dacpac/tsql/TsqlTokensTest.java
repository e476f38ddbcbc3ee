package dev.edj.dacpac.tsql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.tsql.Token.Kind;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TsqlTokensTest {

  @Test
  void everyTokenHasItsKind() {
    assertThat(
            TsqlTokens.of("SELECT [a]]b].\"c\"\"d\", N'it''s'+@x>=-1.5e-3 /*a/*b*/c*/ #t$ 0xFg--z"))
        .containsExactly(
            new Token(Kind.WORD, "SELECT"),
            new Token(Kind.BLANK, " "),
            new Token(Kind.QUOTED_NAME, "[a]]b]"),
            new Token(Kind.SYMBOL, "."),
            new Token(Kind.QUOTED_NAME, "\"c\"\"d\""),
            new Token(Kind.SYMBOL, ","),
            new Token(Kind.BLANK, " "),
            new Token(Kind.STRING, "N'it''s'"),
            new Token(Kind.SYMBOL, "+"),
            new Token(Kind.VARIABLE, "@x"),
            new Token(Kind.SYMBOL, ">="),
            new Token(Kind.SYMBOL, "-"),
            new Token(Kind.NUMBER, "1.5e-3"),
            new Token(Kind.BLANK, " "),
            new Token(Kind.COMMENT, "/*a/*b*/c*/"),
            new Token(Kind.BLANK, " "),
            new Token(Kind.WORD, "#t$"),
            new Token(Kind.BLANK, " "),
            new Token(Kind.NUMBER, "0xF"),
            new Token(Kind.WORD, "g"),
            new Token(Kind.COMMENT, "--z"));
  }

  @Test
  void quotedNamesAreReadWithoutTheirQuotes() {
    assertThat(TsqlTokens.of("[a]]b]").getFirst().name()).isEqualTo("a]b");
    assertThat(TsqlTokens.of("\"a\"\"b\"").getFirst().quotedName()).isEqualTo("[a\"b]");
    assertThat(TsqlTokens.of("Ünïcødé").getFirst().quotedName()).isEqualTo("[Ünïcødé]");
  }

  @Test
  void whatHasNoEndIsSaidToHaveNone() {
    assertThat(List.of("'a", "N'a''", "[a]]", "\"a", "/* /* */"))
        .allSatisfy(
            text -> assertThat(TsqlTokens.of(text)).containsExactly(new Token(Kind.UNENDED, text)));
  }

  @Test
  void anyTextIsCutAndCanBePutTogetherAgain() {
    String characters = "'\"[]/*-;.@#$Nn0xe1 \r\n\t<>=!aß漢\uD83D\uDE00\u00a0";
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      String text =
          random
              .ints(random.nextInt(30), 0, characters.length())
              .mapToObj(at -> characters.substring(at, at + 1))
              .collect(Collectors.joining());
      assertThat(TsqlTokens.of(text).stream().map(Token::text).collect(Collectors.joining()))
          .isEqualTo(text);
    }
  }
}
