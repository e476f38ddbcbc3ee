package dev.edj.dacpac.tsql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.tsql.RandomExpression.Author;
import dev.edj.dacpac.tsql.RandomExpression.Catalog;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpressionsPropertyTest {

  private static final int EXPRESSIONS = 1_500;

  @Test
  void howeverAnAuthorWritesItTheCatalogMeansTheSame() {
    for (int seed = 0; seed < EXPRESSIONS; seed++) {
      Random random = new Random(seed);
      RandomExpression expression = RandomExpression.condition(random, 4);
      String written = new Author(random).text(expression);
      String kept = new Catalog().text(expression);
      assertThat(Expressions.same(written, kept)).as("%d: %s and %s", seed, written, kept).isTrue();
    }
  }

  @Test
  void withOneThingChangedItIsNeverTheSame() {
    for (int seed = 0; seed < EXPRESSIONS; seed++) {
      Random random = new Random(seed);
      RandomExpression expression = RandomExpression.condition(random, 4);
      RandomExpression changed = expression.changed(random);
      String written = new Author(random).text(expression);
      String other = new Author(random).text(changed);
      String kept = new Catalog().text(changed);
      assertThat(Expressions.same(written, kept))
          .as("%d: %s and %s", seed, written, kept)
          .isFalse();
      assertThat(Expressions.same(written, other))
          .as("%d: %s and %s", seed, written, other)
          .isFalse();
    }
  }
}
