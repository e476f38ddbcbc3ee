package dev.edj.dacpac.plan;

import dev.edj.dacpac.plan.PublishOption.Values;
import dev.edj.testing.GeneratedPage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishOptionsPageTest {

  @Test
  void thePageOfOptionsSaysWhatTheCodeDoes() {
    new GeneratedPage("reference/dacpac-options.md").says(page());
  }

  private static String page() {
    return """
    # Publish options

    The options have the names that `SqlPackage` documents, in any case. Those of the first list are obeyed with either value. Those of
    the second are taken with either value too: they are about what a deployment here never touches. Those of the third are taken with
    their default and refused with the other value, because nothing here would do what it asks for.

    Four defaults differ from those of `SqlPackage`:

    * `IncludeTransactionalScripts` is True: what can be one transaction is one, so that a failure leaves nothing half done.
    * `ScriptDatabaseOptions` is False: options of a database, such as its recovery model, belong to whoever runs it.
    * `DisableAndReenableDdlTriggers` is False: a trigger that watches a database's changes is there to see them.
    * `DropStatisticsNotInSource` is False: statistics are not modelled, so the deployment cannot tell which are wanted.

    `ExcludeObjectTypes` and `DoNotDropObjectTypes` take names separated by semicolons: %s.
    Each also makes an option as publish profiles write it: `ExcludeUsers=True`, `DoNotDropRoleMembership=True`.

    Those that are neither on nor off are refused: how long an attempt may take (`CommandTimeout`, `LongRunningCommandTimeout`,
    `DatabaseLockTimeout`) is said by the [execution policy](executions.md), databases are not made (`DatabaseEdition`,
    `DatabaseServiceObjective`, `DatabaseMaximumSize`), and a package is always read into memory (`Storage`).

    ## Obeyed

    | option | default |
    |---|---|
    %s
    ## Without effect

    Drift is found only of a database that is registered as a data-tier application, which none is here. There is no phase in which
    data is imported. Differences in all else that these name are never looked for: in a database it is left as it is, and a package
    that has it is refused.

    | option | default |
    |---|---|
    %s
    ## With their default only

    | option | default |
    |---|---|
    %s\
    """
        .formatted(
            ObjectTypeNames.known(),
            rows(Values.BOTH),
            rows(Values.NO_MATTER),
            rows(Values.OUR_DEFAULT));
  }

  private static String rows(Values taken) {
    List<PublishOption> options =
        Arrays.stream(PublishOption.values())
            .filter(option -> option.taken() == taken)
            .sorted(Comparator.comparing(PublishOption::title))
            .toList();
    StringBuilder rows = new StringBuilder();
    for (PublishOption option : options) {
      rows.append("| `%s` | %s |\n".formatted(option.title(), written(option)));
    }
    return rows.toString();
  }

  private static String written(PublishOption option) {
    String value = option.defaultValue() ? "True" : "False";
    return option.defaultValue() == option.dacFxDefault()
        ? value
        : value + " (`SqlPackage`: %s)".formatted(option.dacFxDefault() ? "True" : "False");
  }
}
