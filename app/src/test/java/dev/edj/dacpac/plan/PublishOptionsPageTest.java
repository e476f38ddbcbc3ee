package dev.edj.dacpac.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishOptionsPageTest {

  private static final Path PAGE = Path.of("../docs/dacpac-options.md");

  /// With `-Dedj.docs=write` it writes the page instead.
  @Test
  void thePageOfOptionsSaysWhatTheCodeDoes() throws IOException {
    if ("write".equals(System.getProperty("edj.docs"))) {
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE))
        .as("docs/dacpac-options.md is made by this test with -Dedj.docs=write")
        .isEqualTo(page());
  }

  private static String page() {
    return """
    # Publish options

    The options have the names that `SqlPackage` documents, in any case. Those of the first list are obeyed with either value. Those of
    the second are taken with their default and refused with the other value, because nothing here would do what it asks for.

    Three defaults differ from those of `SqlPackage`:

    * `IncludeTransactionalScripts` is True: what can be one transaction is one, so that a failure leaves nothing half done.
    * `ScriptDatabaseOptions` is False: options of a database, such as its recovery model, belong to whoever runs it.
    * `DropStatisticsNotInSource` is False: statistics are not modelled, so the deployment cannot tell which are wanted.

    `ExcludeObjectTypes` and `DoNotDropObjectTypes` take names separated by semicolons: %s.

    ## Obeyed

    | option | default |
    |---|---|
    %s
    ## With their default only

    | option | default |
    |---|---|
    %s\
    """
        .formatted(ObjectTypeNames.known(), rows(true), rows(false));
  }

  private static String rows(boolean obeyed) {
    List<PublishOption> options =
        Arrays.stream(PublishOption.values())
            .filter(option -> (option.takes(true) && option.takes(false)) == obeyed)
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
