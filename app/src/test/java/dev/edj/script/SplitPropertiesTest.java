package dev.edj.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds for every script, tried on many made at random from fixed seeds.
class SplitPropertiesTest {

  private static final List<String> FRAGMENTS =
      List.of(
          "select 1",
          "a",
          " ",
          "\t",
          "\n",
          "\r\n",
          "\r",
          "\n",
          "GO",
          "\nGO\n",
          "\nGO 2\n",
          "go 0",
          "\ngo -- x\n",
          ";",
          "'",
          "\"",
          "`",
          "[",
          "]",
          "''",
          "E'",
          "\\",
          "\\'",
          "\\;",
          "\n\\;\n",
          "/*",
          "*/",
          "/*!",
          "--",
          "-- ",
          "#",
          "$",
          "$$",
          "$t$",
          "$(",
          ")",
          "$(a)",
          "$(b)",
          "$(dollar)",
          "\n:setvar a 1\n",
          "\n:setvar b \"x\ny\"\n",
          "\n:setvar a\n",
          ":",
          ":r x",
          "\n:on error exit\n",
          "\nDELIMITER //\n",
          "\nDELIMITER ;\n",
          "//",
          "é",
          "😀",
          "\0",
          "\uFEFF",
          "GOTO",
          "5",
          "99999999999",
          "!!");

  private static final Map<String, String> VALUES = Map.of("a", "1\n2\r\n3", "b", "", "c", "\r");

  @ParameterizedTest
  @EnumSource(ScriptDialect.class)
  void anyTextGivesAResultOrARefusal(ScriptDialect dialect) {
    forRandomScripts(
        dialect,
        (script, split) -> {
          assertThat(split.batches()).isNotEmpty();
          for (Batch batch : split.batches()) {
            try {
              Variables.prepare(batch, VALUES);
            } catch (ScriptException refused) {
              assertThat(refused.code()).isEqualTo(ScriptException.Code.UNDEFINED_VARIABLE);
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(ScriptDialect.class)
  void nothingIsLost(ScriptDialect dialect) {
    forRandomScripts(
        dialect,
        (script, split) -> {
          List<String> texts = new ArrayList<>(split.batches().stream().map(Batch::text).toList());
          for (Stretch stretch : stretches(dialect, script)) {
            String text = dialect == ScriptDialect.MYSQL ? stretch.text().strip() : stretch.text();
            if (!texts.isEmpty() && texts.getFirst().equals(text)) {
              texts.removeFirst();
            } else {
              assertThat(stretch.code()).as("left out of %s", script).isBlank();
            }
          }
          assertThat(texts).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource(ScriptDialect.class)
  void everyLineOfABatchIsFoundAgainInTheScript(ScriptDialect dialect) {
    forRandomScripts(
        dialect,
        (script, split) -> {
          String[] written = script.split("\r\n|\n|\r", -1);
          for (Batch batch : split.batches()) {
            assertThat(batch.line()).isEqualTo(batch.lines().scriptLine(1));
            String[] lines = batch.text().split("\r\n|\n|\r", -1);
            for (int line = 1; line <= lines.length; line++) {
              if (!lines[line - 1].isEmpty()) {
                int scriptLine = batch.lines().scriptLine(line);
                assertThat(written[scriptLine - 1]).contains(lines[line - 1]);
              }
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(ScriptDialect.class)
  void everyLineOutsideAValueIsFoundAgainInThePreparedText(ScriptDialect dialect) {
    forRandomScripts(
        dialect,
        (script, split) -> {
          String[] written = script.split("\r\n|\n|\r", -1);
          for (Batch batch : split.batches()) {
            PreparedBatch prepared;
            try {
              prepared = Variables.prepare(batch, Map.of("a", "<\n\n\r\n>", "b", "<\r>"));
            } catch (ScriptException undefined) {
              continue;
            }
            String[] lines = prepared.text().split("\r\n|\n|\r", -1);
            for (int line = 1; line <= lines.length; line++) {
              String text = lines[line - 1];
              if (text.contains("select") && !text.contains("<") && !text.contains(">")) {
                assertThat(written[prepared.scriptLine(line) - 1]).contains("select");
              }
            }
          }
        });
  }

  @RepeatedTest(200)
  void aScriptOfKnownPartsSplitsIntoTheKnownBatches(RepetitionInfo repetition)
      throws ScriptException {
    var random = new Random(repetition.getCurrentRepetition());
    List<String> bodies =
        List.of(
            "select 1",
            "'\nGO\n'",
            "/* /*\nGO 3\n*/ */ x",
            "[\ngo\n]",
            "\"\nGO\n\" -- '",
            "GOTO x");
    List<String> separators = List.of("GO", "go", "  GO\t", "GO -- 'x", "GO--/*");
    List<String> ends = List.of("\n", "\r\n", "\r");
    var script = new StringBuilder();
    List<Batch> expected = new ArrayList<>();
    int line = 1;
    for (int number = 1; number <= 1 + random.nextInt(20); number++) {
      String end = pick(random, ends);
      String text = pick(random, bodies) + end;
      int count = random.nextInt(4);
      String separator = count == 1 ? pick(random, separators) : "GO " + count;
      script.append(text).append(separator).append(end);
      expected.add(new Batch(number, count, line, text, Map.of()));
      line += text.split("\r\n|\n|\r", -1).length;
    }
    assertThat(ScriptSplitter.split(script.toString(), ScriptDialect.SQL_SERVER).batches())
        .isEqualTo(expected);
  }

  private static void forRandomScripts(
      ScriptDialect dialect, BiConsumer<String, SplitScript> property) {
    int split = 0;
    for (int seed = 0; seed < 5_000; seed++) {
      var random = new Random(seed);
      var script = new StringBuilder();
      for (int left = 1 + random.nextInt(24); left > 0; left--) {
        script.append(pick(random, FRAGMENTS));
      }
      try {
        SplitScript result = ScriptSplitter.split(script.toString(), dialect);
        property.accept(script.toString(), result);
        split++;
      } catch (ScriptException refused) {
        boolean somewhere = refused.line() >= 1 && refused.column() >= 1;
        assertThat(somewhere).as("%s", refused).isTrue();
      }
    }
    assertThat(split).as("scripts that could be split").isGreaterThan(250);
  }

  private record Stretch(String text, String code) {}

  /// What stands between separators, commands left out; checks on the way that no character is
  /// missing between the pieces.
  private static List<Stretch> stretches(ScriptDialect dialect, String script) {
    List<Stretch> stretches = new ArrayList<>();
    Source source = Source.of(script);
    var lexer = new Lexer(source, dialect.syntax(new Definitions()));
    var text = new StringBuilder();
    var code = new StringBuilder();
    int end = 0;
    while (lexer.hasNext()) {
      Piece piece = next(lexer);
      assertThat(piece.start()).isEqualTo(end);
      assertThat(piece.end()).isGreaterThan(end);
      end = piece.end();
      String written = source.text().substring(piece.start(), end);
      switch (piece) {
        case Piece.Text ignored -> {
          text.append(written);
          code.append(written);
        }
        case Piece.Comment ignored -> {
          text.append(written);
          code.append(dialect == ScriptDialect.SQL_SERVER ? written : "");
        }
        case Piece.Go ignored -> end(stretches, text, code);
        case Piece.Delimiter ignored -> end(stretches, text, code);
        case Piece.Command ignored -> {}
        case Piece.Include ignored -> {}
      }
    }
    end(stretches, text, code);
    assertThat(end).isEqualTo(source.text().length());
    return stretches;
  }

  private static void end(List<Stretch> stretches, StringBuilder text, StringBuilder code) {
    stretches.add(new Stretch(text.toString(), code.toString()));
    text.setLength(0);
    code.setLength(0);
  }

  private static Piece next(Lexer lexer) {
    try {
      return lexer.next();
    } catch (ScriptException refused) {
      throw new AssertionError("the script was split before", refused);
    }
  }

  private static <T> T pick(Random random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
