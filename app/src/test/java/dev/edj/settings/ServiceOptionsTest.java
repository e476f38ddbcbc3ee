package dev.edj.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.node.NodeRole;
import dev.edj.problem.EdjException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// An option wins over its variable, a variable over the default.
class ServiceOptionsTest {

  private static final Path DATA = Path.of("/data");

  @Test
  void withoutAnythingTheDefaultsHold() {
    assertThat(settings(Map.of())).isEqualTo(ServiceSettings.in(DATA));
  }

  @Test
  void variablesCount() {
    ServiceSettings settings =
        settings(
            Map.ofEntries(
                Map.entry("EDJ_PORT", "9000"),
                Map.entry("EDJ_HOST", "0.0.0.0"),
                Map.entry("EDJ_LEASE", "30s"),
                Map.entry("EDJ_GRACE", "2m"),
                Map.entry("EDJ_ROLES", "worker, controller"),
                Map.entry("EDJ_LABEL", "zone=eu,net=inner"),
                Map.entry("EDJ_HISTORY_RETENTION", "7d"),
                Map.entry("EDJ_RESULTS_RETENTION", "12h"),
                Map.entry("EDJ_LOG_LEVEL", "Debug"),
                Map.entry("EDJ_REQUEST_RATE", "20"),
                Map.entry("EDJ_TRUSTED_PROXY", "10.0.0.5, 10.1.0.0/16")));

    assertThat(settings.port()).isEqualTo(9000);
    assertThat(settings.host()).isEqualTo("0.0.0.0");
    assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.grace()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.roles()).containsExactlyInAnyOrder(NodeRole.WORKER, NodeRole.CONTROLLER);
    assertThat(settings.labels()).containsExactly("net=inner", "zone=eu");
    assertThat(settings.historyRetention()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.resultsRetention()).isEqualTo(Duration.ofHours(12));
    assertThat(settings.logLevel()).isEqualTo(LogLevel.DEBUG);
    assertThat(settings.requestRate()).isEqualTo(20);
    assertThat(settings.trustedProxies()).containsExactlyInAnyOrder("10.0.0.5", "10.1.0.0/16");
  }

  @Test
  void anOptionWinsOverItsVariable() {
    assertThat(settings(Map.of("EDJ_PORT", "9000"), "--port", "9001").port()).isEqualTo(9001);
  }

  @Test
  void aNodeHasTheNameThatItIsGiven() {
    assertThat(settings(Map.of()).nodeName()).isNull();
    assertThat(settings(Map.of("EDJ_NODE_NAME", "west-1")).nodeName()).isEqualTo("west-1");
  }

  @Test
  void aLabelIsRepeatable() {
    assertThat(settings(Map.of(), "--label", "zone=eu", "--label", "zone=us").labels())
        .containsExactly("zone=eu", "zone=us");
  }

  @Test
  void anOpenIdProviderIsNamedWithWhatItsWordIsWorth() {
    OidcSettings oidc =
        settings(
                Map.of(
                    "EDJ_OIDC_ISSUER", "https://login.example.com/realms/main/",
                    "EDJ_OIDC_CLIENT_ID", "edj",
                    "EDJ_OIDC_ROLE", "dba=author, ops=operator"))
            .oidc();

    assertThat(oidc)
        .isEqualTo(
            new OidcSettings(
                URI.create("https://login.example.com/realms/main/"),
                "edj",
                null,
                "login.example.com",
                "edj",
                "roles",
                null,
                List.of("dba=author", "ops=operator")));
  }

  @Test
  void aValueOfTheProviderMayHaveCommasInIt() {
    OidcSettings oidc =
        settings(
                Map.of(),
                "--oidc-issuer=http://localhost:8080",
                "--oidc-client-id=edj",
                "--oidc-audience=api://edj",
                "--oidc-roles-claim=realm_access.roles",
                "--oidc-name-claim=upn",
                "--oidc-role=CN=dba,OU=it=author",
                "--oidc-role=x=reader")
            .oidc();

    assertThat(oidc)
        .isEqualTo(
            new OidcSettings(
                URI.create("http://localhost:8080"),
                "edj",
                null,
                "localhost",
                "api://edj",
                "realm_access.roles",
                "upn",
                List.of("CN=dba,OU=it=author", "x=reader")));
  }

  @ParameterizedTest
  @CsvSource({
    "--oidc-issuer, http://login.example.com, --oidc-issuer",
    "--oidc-issuer, login.example.com, --oidc-issuer",
    "--oidc-issuer, https://login.example.com?a=b, --oidc-issuer",
    "--oidc-issuer, https://u:p@login.example.com, --oidc-issuer",
    "--oidc-issuer, https://login.example.com, --oidc-client-id",
    "--oidc-client-id, edj, --oidc-issuer",
    "--oidc-role, dba=author, --oidc-issuer"
  })
  void aProviderIsNamedWholeOrNotAtAll(String option, String value, String field) {
    assertThatThrownBy(() -> settings(Map.of(), option, value))
        .isInstanceOf(EdjException.class)
        .hasMessageStartingWith(field + ":");
  }

  @Test
  void withoutRolesNobodyCouldDoAnything() {
    assertThatThrownBy(() ->
            settings(Map.of(), "--oidc-issuer=https://login.example.com", "--oidc-client-id=edj"))
        .hasMessageStartingWith("--oidc-role:");
  }

  @Test
  void anEmptyVariableIsNotSet() {
    assertThat(settings(Map.of("EDJ_PORT", "")).port()).isEqualTo(8740);
  }

  @ParameterizedTest
  @CsvSource({
    "--port, abc",
    "--port, 65536",
    "--port, -1",
    "--worker-capacity, 0",
    "--lease, 10",
    "--lease, 1s",
    "--grace, 8d",
    "--roles, boss",
    "--label, zone",
    "--log-level, loud",
    "--control-database, jdbc:sqlserver://host",
    "--control-database, postgresql://host",
    "--control-database, postgresql://host:/edj",
    "--control-database, postgresql://host:0/edj",
    "--control-database, postgresql://host:65536/edj",
    "--control-database, postgresql://host:99999999999/edj",
    "--control-database, 'postgresql://one,,two/edj'",
    "--control-database, postgresql://::1/edj"
  })
  void aBadOptionIsNamed(String option, String value) {
    assertThatThrownBy(() -> settings(Map.of(), option + "=" + value))
        .isInstanceOf(EdjException.class)
        .hasMessageStartingWith(option + ": ");
  }

  @Test
  void aBadVariableIsNamed() {
    assertThatThrownBy(() -> settings(Map.of("EDJ_WORKER_CAPACITY", "many")))
        .hasMessage("EDJ_WORKER_CAPACITY: 'many' is not a whole number from 1 to 10000");
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://host/edj, jdbc:postgresql://host/edj,,",
    "jdbc:postgresql://host:5433/edj, jdbc:postgresql://host:5433/edj,,",
    "postgres://me:p%40ss+w@host/edj, jdbc:postgresql://host/edj, me, p@ss+w",
    "'postgresql://[::1]:5433,b/edj', 'jdbc:postgresql://[::1]:5433,b/edj',,",
    "postgresql://:5433/edj, jdbc:postgresql://:5433/edj,,",
    "jdbc:postgresql://a:1/edj?user=me&ssl=true&password=x%26y, jdbc:postgresql://a:1/edj?ssl=true, me, x&y"
  })
  void theLoginIsTakenOutOfTheControlDatabasesUrl(
      String url, String expected, String user, String password) {
    assertThat(settings(Map.of(), "--control-database", url).controlDatabase())
        .isEqualTo(new ControlDatabaseAddress(expected, user, password));
  }

  @Test
  void theLoginInVariablesWins() {
    assertThat(
            settings(
                    Map.of(
                        "EDJ_CONTROL_DATABASE_USER", "me", "EDJ_CONTROL_DATABASE_PASSWORD", "pw"),
                    "--control-database",
                    "postgresql://other:other@host/edj")
                .controlDatabase())
        .isEqualTo(new ControlDatabaseAddress("jdbc:postgresql://host/edj", "me", "pw"));
  }

  @Test
  void aRefusedUrlIsNotRepeated() {
    assertThatThrownBy(() -> settings(Map.of(), "--control-database", "mysql://me:s3cret@host/edj"))
        .hasMessage("--control-database: must begin with postgresql://");
  }

  @Test
  void tokensComeFromCommandsAndManagedIdentitiesEachForItsServers() {
    TokenSettings tokens =
        settings(
                Map.of(
                    "EDJ_TOKEN_COMMAND", "a@*=/bin/a b\nc@postgresql://x mysql://y=/bin/c=d",
                    "IDENTITY_ENDPOINT", "http://127.0.0.1:4141/token",
                    "IDENTITY_HEADER", "s3cret"),
                "--managed-identity",
                "entra@*.database.windows.net",
                "--token-lifetime",
                "1m")
            .tokens();

    assertThat(tokens)
        .isEqualTo(
            new TokenSettings(
                List.of(
                    new TokenCommandOption("a", List.of("*"), "/bin/a b"),
                    new TokenCommandOption(
                        "c", List.of("postgresql://x", "mysql://y"), "/bin/c=d")),
                List.of(
                    new ManagedIdentityOption("entra", List.of("*.database.windows.net"), null)),
                new IdentityEndpoint(URI.create("http://127.0.0.1:4141/token"), "s3cret"),
                Duration.ofMinutes(1)));
    assertThat(tokens.toString()).doesNotContain("s3cret");
    assertThat(settings(Map.of()).tokens()).isEqualTo(TokenSettings.NONE);
  }

  private static ServiceSettings settings(Map<String, String> environment, String... arguments) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(arguments);
    return holder.options.settings(DATA, environment);
  }

  @Command
  private static final class Holder {
    @Mixin private final ServiceOptions options = new ServiceOptions();
  }
}
