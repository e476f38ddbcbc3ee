package dev.edj.settings;

import static dev.edj.testing.GeneratedPage.cell;
import static dev.edj.testing.GeneratedPage.code;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The reference of the settings is what [ServiceOptions] declares, and what the programs ask for.
class ConfigurationPageTest {

  private static final Pattern VARIABLE = Pattern.compile("\\bEDJ_[A-Z0-9_]+\\b");

  /// What a program that prints tokens is told, an example's, and the beginning of names.
  private static final Set<String> NOT_FOR_PEOPLE =
      Set.of("EDJ_ENGINE", "EDJ_PASSWORD_", "EDJ_HOST", "EDJ_PORT", "EDJ_USER", "EDJ_SOME_OPTION");

  @Test
  void thePageOfSettingsSaysWhatTheCodeDoes() {
    new GeneratedPage("reference/configuration.md").says(page());
  }

  private static String page() {
    return """
    # Configuration

    <!-- Made from the code by ConfigurationPageTest. -->

    A process of the service is told what to do by the options of `edj serve` and by variables of its environment; there is no file. An
    option wins over its variable, and an empty variable counts as not set. A value that cannot be is refused at the start, with the
    option or the variable that has it.

    | option | variable | default | |
    |---|---|---|---|
    %s

    Options that are repeated have one variable for all of their values, with commas between them, `EDJ_TOKEN_COMMAND` and
    `EDJ_MANAGED_IDENTITY` with line ends. Durations are `500ms`, `10s`, `5m`, `2h`, `45d` or `PT10S`.

    Not from an option, because everybody on a machine can read the command lines there; or because they are OpenTelemetry's, whose
    variables all programs have in common ([traces](../how-to/tracing.md)):

    | variable | |
    |---|---|
    %s

    ## The data directory

    `--data`, else `EDJ_DATA`, else `~/.edj`: where the service keeps what is only this machine's, and where `edj` looks for it.

    | in it | is |
    |---|---|
    | `control-database/` | the embedded PostgreSQL, without `--control-database` |
    | `encryption-keys.json` | the [private keys](credentials.md#private-keys) |
    | `token` | what a client on this machine shows to be let in; it may do everything |
    | `service.json` | where the running service is |

    ## Variables of the command line

    | variable | |
    |---|---|
    | `EDJ_URL` | the address of the service, like `--url` |
    | `EDJ_DATA` | the data directory, like `--data` |
    | `EDJ_TOKEN` | the [token](access.md#tokens-for-programs) that lets in; it wins over that of a sign-in and over the local one |
    | `EDJ_DEBUG` | `1` adds the stack to an error |
    | `NO_COLOR` | any value: no colours ([no-color.org](https://no-color.org)) |
    | `COLUMNS` | how wide tables may be on a terminal |

    ## Variables of the launcher

    | variable | |
    |---|---|
    | `EDJ_JAVA_HOME` | the JDK to run on, before `JAVA_HOME` and what is on the `PATH` |
    | `EDJ_JAVA_OPTIONS` | options for the JVM of `edj serve` and `edj demo`, such as `-Xmx2g` |
    """
        .formatted(
            Setting.all().stream()
                .filter(setting -> setting.option() != null)
                .map(ConfigurationPageTest::row)
                .collect(joining("\n")),
            Setting.all().stream()
                .filter(setting -> setting.option() == null)
                .map(setting ->
                    "| %s | %s |".formatted(code(setting.variable()), cell(setting.description())))
                .collect(joining("\n")));
  }

  private static String row(Setting setting) {
    String standard = setting.defaultValue();
    return "| %s | %s | %s | %s |"
        .formatted(
            code(setting.option() + " " + setting.value()),
            code(setting.variable()),
            standard == null ? "" : cell(standard),
            cell(setting.description()));
  }

  @Test
  void theDefaultsThatAreToldAreThoseThatHold() {
    ServiceSettings settings = ServiceSettings.in(Path.of("data"));

    assertThat(told("--host")).isEqualTo(settings.host());
    assertThat(told("--port")).isEqualTo(String.valueOf(settings.port()));
    assertThat(told("--worker-capacity")).isEqualTo(String.valueOf(settings.workerCapacity()));
    assertThat(told("--control-database-connections"))
        .isEqualTo(String.valueOf(settings.controlDatabaseConnections()));
    assertThat(told("--lease")).isEqualTo(settings.lease().toSeconds() + "s");
    assertThat(told("--grace")).isEqualTo(settings.grace().toSeconds() + "s");
    assertThat(told("--history-retention")).isEqualTo(settings.historyRetention().toDays() + "d");
    assertThat(told("--results-retention")).isEqualTo(settings.resultsRetention().toDays() + "d");
    assertThat(told("--request-rate")).isEqualTo(String.valueOf(settings.requestRate()));
    assertThat(told("--oidc-roles-claim")).isEqualTo(OidcSettings.DEFAULT_ROLES_CLAIM);
    assertThat(told("--token-lifetime"))
        .isEqualTo(TokenSettings.DEFAULT_LIFETIME.toMinutes() + "m");
  }

  private static String told(String option) {
    return Setting.all().stream()
        .filter(setting -> option.equals(setting.option()))
        .map(setting -> String.valueOf(setting.defaultValue()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyVariableThatTheSettingsAreReadFromIsDeclared() {
    Set<String> asked = new TreeSet<>();
    new ServiceOptions()
        .settings(
            Path.of("data"),
            new HashMap<>() {
              @Override
              public String getOrDefault(Object variable, String otherwise) {
                asked.add(String.valueOf(variable));
                return variable.equals("EDJ_CONTROL_DATABASE")
                    ? "postgresql://localhost/edj"
                    : otherwise;
              }
            });

    assertThat(Setting.all()).extracting(Setting::variable).containsAll(asked);
  }

  @Test
  void everyVariableThatAProgramKnowsIsOnThePage() throws IOException {
    String page = page();
    Map<String, Path> known = new HashMap<>();
    for (Path file : programs()) {
      VARIABLE
          .matcher(Files.readString(file))
          .results()
          .map(MatchResult::group)
          .forEach(variable -> known.put(variable, file));
    }
    known.keySet().removeAll(NOT_FOR_PEOPLE);

    assertThat(known).allSatisfy((variable, _) -> assertThat(page).contains(code(variable)));
  }

  private static Iterable<Path> programs() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      return Stream.concat(
              sources.filter(file -> file.toString().endsWith(".java")),
              Stream.of(Path.of("../edj"), Path.of("../bin/find-jdk.sh")))
          .toList();
    }
  }
}
