package dev.edj.dacpac.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.plan.DeploymentPlan;
import dev.edj.dacpac.plan.Planner;
import dev.edj.dacpac.plan.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Names may have any characters. The plans of a model are written twice, with plain names and with
/// odd ones: the second are the first, with each name as it has to be written where it stands.
class OddNamesTest {

  private static final String PLAIN = "_plain";
  private static final String ODD = "_]'\"é😀 -- /*";

  private static final Pattern NAME = Pattern.compile("\\[([A-Za-z][A-Za-z0-9]*)]");

  /// What the server brings along, and words by which names of properties begin.
  private static final Set<String> GIVEN =
      Set.of(
          "dbo",
          "PRIMARY",
          "int",
          "bigint",
          "decimal",
          "varchar",
          "nvarchar",
          "varbinary",
          "uniqueidentifier",
          "text",
          "xml",
          "SqlTableBase");

  /// Names that are made for a while are cut where they are too long, and told apart by a mark.
  private static final Pattern PASSING = Pattern.compile("tmp_ms_xx_[^ ;,\\]']*");

  @Test
  void namesAreWrittenAsWhereTheyStandDemands() throws DacpacException {
    int written = 0;
    List<String> differences = new ArrayList<>(EveryPartCountsTest.differences());
    differences.add("");
    for (String difference : differences) {
      List<String> plain;
      try {
        plain = batches(PLAIN, difference);
      } catch (DacpacException e) {
        continue;
      }
      List<String> odd = batches(ODD, difference);
      assertThat(odd.stream().map(OddNamesTest::comparable))
          .as(difference)
          .containsExactlyElementsOf(
              plain.stream()
                  .map(OddNamesTest::withOddNames)
                  .map(OddNamesTest::comparable)
                  .toList());
      written += plain.size();
    }
    assertThat(written).isGreaterThan(500);
  }

  /// Of both ways, and where there is no difference, of making the database from nothing.
  private static List<String> batches(String mark, String difference) throws DacpacException {
    Database before = EveryPartCountsTest.with("", model -> marked(model, mark));
    Database after =
        difference.isEmpty()
            ? new Database(before.collation(), before.caseSensitive(), List.of(), Set.of())
            : EveryPartCountsTest.with(difference, model -> marked(model, mark));
    List<String> batches = new ArrayList<>(batches(before, after));
    batches.addAll(batches(after, before));
    return batches;
  }

  private static List<String> batches(Database before, Database after) throws DacpacException {
    DeploymentPlan plan = Planner.plan(Source.of(after), before, EveryPartCountsTest.EVERYTHING);
    return plan.steps().stream().flatMap(step -> step.batches().stream()).toList();
  }

  /// The model, with a mark at the end of each name of ours.
  private static String marked(String model, String mark) {
    return NAME.matcher(model)
        .replaceAll(found -> {
          String quoted = mark.replace("]", "]]");
          boolean inText =
              model.lastIndexOf("CDATA[", found.start()) > model.lastIndexOf("]]>", found.start());
          return Matcher.quoteReplacement(
              GIVEN.contains(found.group(1))
                  ? found.group()
                  : "[%s%s]"
                      .formatted(found.group(1), inText ? quoted : quoted.replace("'", "&apos;")));
        });
  }

  private static String comparable(String batch) {
    return PASSING.matcher(batch.replaceAll(" +", " ")).replaceAll("passing");
  }

  /// Reads the batch as the server does: names in brackets, texts, comments, and names in both.
  private static String withOddNames(String batch) {
    StringBuilder odd = new StringBuilder();
    boolean text = false;
    boolean name = false;
    boolean comment = false;
    for (int at = 0; at < batch.length(); at++) {
      if (batch.startsWith(PLAIN, at)) {
        String mark = name ? ODD.replace("]", "]]") : ODD;
        mark = text ? mark.replace("'", "''") : mark;
        odd.append(comment ? mark.replace("/*", "/ *") : mark);
        at += PLAIN.length() - 1;
        continue;
      }
      comment = comment ? !batch.startsWith("*/", at) : !text && batch.startsWith("/*", at);
      switch (batch.charAt(at)) {
        case '\'' -> {
          text = !text && !name && !comment;
          name = false;
        }
        case '[' -> name = true;
        case ']' -> name = false;
        default -> {
          // Within what it is within.
        }
      }
      odd.append(batch.charAt(at));
    }
    return odd.toString();
  }
}
