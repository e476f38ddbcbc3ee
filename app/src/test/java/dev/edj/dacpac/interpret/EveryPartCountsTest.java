package dev.edj.dacpac.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.interpret.ElementRule.Treatment;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.plan.DeploymentPlan;
import dev.edj.dacpac.plan.Planner;
import dev.edj.dacpac.plan.PublishOption;
import dev.edj.dacpac.plan.PublishOptions;
import dev.edj.dacpac.plan.SimulatedDatabase;
import dev.edj.dacpac.plan.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every part of an element that is read counts: where two packages differ in nothing else, there
/// is a plan that makes one database the other, or the difference is refused, or it is known to say
/// nothing of a database.
class EveryPartCountsTest {

  private static final String MODEL = model();

  /// `{{type.part|as it is|as it is to be}}`
  private static final Pattern DIFFERENCE = Pattern.compile("\\{\\{([^|]*)\\|(.*?)\\|(.*?)}}");

  /// What is compared by default only in part.
  static final PublishOptions EVERYTHING = everything();

  /// Nobody's name is in another schema than its own, only dbo grants, no filegroup but the first
  /// is handled, and what has no text is no module.
  private static final Set<String> REFUSED =
      Set.of(
          "SqlPermissionStatement.Grantor",
          "SqlPrimaryKeyConstraint.Filegroup",
          "SqlUniqueConstraint.Filegroup",
          "SqlIndex.Filegroup",
          "SqlTable.Filegroup",
          "SqlTable.FilegroupForTextImage",
          "SqlView.SysCommentsObjectAnnotation",
          "SysCommentsObjectAnnotation.CreateOffset");

  /// What has no plan in either direction.
  private static final Set<String> NOT_DEPLOYED =
      Set.of(
          // Options of the database are its own.
          "SqlDatabaseOptions.Collation",
          // To start anew would give numbers twice.
          "SqlSequence.StartValue",
          // The text says it, and is what is compared.
          "SqlView.IsSchemaBound",
          "SqlProcedure.IsSchemaBound",
          "SqlScalarFunction.IsSchemaBound",
          "SqlInlineTableValuedFunction.IsSchemaBound",
          "SqlMultiStatementTableValuedFunction.IsSchemaBound",
          // Says by which ends of lines a text is told from others that differ in nothing else.
          "SysCommentsObjectAnnotation.Length");

  /// Parts that tell only what has to be there first; the rest is in the text.
  private static final Set<String> OF_THE_ORDER =
      Set.of(
          "Dependencies",
          ".Parameters",
          ".User",
          " of a text.",
          "SqlSubroutineParameter.Type",
          "SqlScalarFunction.Type",
          "SqlMultiStatementTableValuedFunction.Columns");

  /// A constraint whose rows were checked stays so, and no catalog tells whether a calculated
  /// column without nulls was declared so.
  private static final Set<String> ONE_WAY =
      Set.of(
          "SqlForeignKeyConstraint.IsNotTrustedPropertyAnnotation",
          "SqlCheckConstraint.IsNotTrustedPropertyAnnotation",
          "SqlComputedColumn.IsPersistedNullable",
          "SqlTableTypeComputedColumn.IsPersistedNullable");

  @Test
  void thereIsADifferenceInEveryPartThatIsRead() {
    List<String> read =
        Coverage.rules().stream()
            .flatMap(rule ->
                rule.parts().stream()
                    .filter(part -> part.treatment() instanceof Treatment.Read)
                    .map(part -> "%s.%s".formatted(title(rule), part.name())))
            .toList();
    assertThat(differences()).containsExactlyInAnyOrderElementsOf(read);
  }

  /// Some types of elements stand for one thing within a table and for another within a module.
  private static String title(ElementRule rule) {
    boolean ofText =
        Set.of(Modules.ITS_TYPE, Modules.ITS_XML_TYPE, Modules.RESULT_COLUMN).contains(rule);
    return ofText ? rule.type() + " of a text" : rule.type();
  }

  @TestFactory
  Stream<DynamicTest> aDifferenceInAPartIsPlannedOrRefused() {
    return differences().stream()
        .map(difference -> dynamicTest(difference, () -> isPlannedOrRefused(difference)));
  }

  private static void isPlannedOrRefused(String difference) throws DacpacException {
    if (REFUSED.contains(difference) || difference.endsWith(".Schema")) {
      assertThatThrownBy(() -> deploys(null, difference, true)).isInstanceOf(DacpacException.class);
      return;
    }
    boolean planned =
        !NOT_DEPLOYED.contains(difference) && OF_THE_ORDER.stream().noneMatch(difference::contains);
    deploys(null, difference, planned);
    deploys(difference, null, planned && !ONE_WAY.contains(difference));
  }

  private static void deploys(@Nullable String before, @Nullable String after, boolean planned)
      throws DacpacException {
    Database now = with(before);
    Database wanted = with(after);
    DeploymentPlan plan = plan(wanted, now);
    assertThat(plan.steps().isEmpty()).as("nothing to do").isEqualTo(!planned);
    Database then = SimulatedDatabase.after(plan, now);
    assertThat(plan(wanted, then).steps()).as("a second plan").isEmpty();
  }

  private static DeploymentPlan plan(Database wanted, Database now) throws DacpacException {
    return Planner.plan(Source.of(wanted), now, EVERYTHING);
  }

  /// The names of all differences that the model has.
  static List<String> differences() {
    return DIFFERENCE.matcher(MODEL).results().map(found -> found.group(1)).distinct().toList();
  }

  private static Database with(@Nullable String difference) throws DacpacException {
    return with(difference, UnaryOperator.identity());
  }

  /// The database of the model, with one difference.
  ///
  /// @param edit what else is done to the model first
  static Database with(@Nullable String difference, UnaryOperator<String> edit)
      throws DacpacException {
    String elements =
        DIFFERENCE
            .matcher(MODEL)
            .replaceAll(found ->
                Matcher.quoteReplacement(found.group(found.group(1).equals(difference) ? 3 : 2)));
    return Interpreter.read(MadeModel.ofAll(edit.apply(elements)), EVERYTHING).database();
  }

  private static PublishOptions everything() {
    Map<PublishOption, Boolean> values = new EnumMap<>(PublishOption.class);
    for (PublishOption option : PublishOption.values()) {
      boolean value = option.title().startsWith("Drop");
      if ((value || option.title().startsWith("Ignore")) && option.takes(value)) {
        values.put(option, value);
      }
    }
    return new PublishOptions(values, Set.of(), Set.of(), Map.of());
  }

  private static String model() {
    try (InputStream file = EveryPartCountsTest.class.getResourceAsStream("every-part.xml")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
