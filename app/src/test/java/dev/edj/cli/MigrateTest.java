package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `edj migrate`, on a real server.
class MigrateTest {

  private final PostgresServer server = PostgresServer.shared();
  private final String name = server.createDatabase();
  private final Map<String, String> owner =
      environment(PostgresServer.USER, PostgresServer.PASSWORD);

  @Test
  void theTablesAreMadeOnceAndServiceRolesStaySo() {
    server.execute("CREATE ROLE works_in_" + name + " LOGIN");

    CommandLineRun first = CommandLineRun.of(owner, "", "migrate");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .matches("The control database is at version \\d+; \\d+ versions were made\\.\n");
    assertThat(first.err()).contains("could change the audit log", "--service-role");

    CommandLineRun granted =
        CommandLineRun.of(owner, "", "migrate", "--service-role", "works_in_" + name);
    assertThat(granted.out())
        .contains("there was nothing to do", "The service may log in as: works_in_" + name);

    CommandLineRun again = CommandLineRun.of(owner, "", "migrate", "--output", "json");
    assertThat(again.out()).contains("\"made\" : 0", "\"serviceRoles\" : [ \"works_in_" + name);
    assertThat(again.err()).isEmpty();
  }

  @Test
  void whatCannotBeSaysWhyAndWhatToDo() {
    assertThat(CommandLineRun.of("migrate"))
        .isEqualTo(
            new CommandLineRun(
                2,
                "",
                "edj: --control-database: name the control database; the embedded one is brought up"
                    + " to date by 'edj serve'\n"));

    CommandLineRun noRole = CommandLineRun.of(owner, "", "migrate", "--service-role", "nobody");
    assertThat(noRole.exitCode()).isEqualTo(2);
    assertThat(noRole.err())
        .contains("there is no role 'nobody'", "CREATE ROLE nobody LOGIN PASSWORD");

    CommandLineRun wrong =
        CommandLineRun.of(environment(PostgresServer.USER, "not it"), "", "migrate");
    assertThat(wrong.exitCode()).isEqualTo(3);
    assertThat(wrong.err()).contains("password authentication failed").doesNotContain("not it");
  }

  @Test
  void whoeverIsNotTheOwnerIsToldSo() {
    String role = "stranger_in_" + name;
    server.execute("CREATE ROLE %s LOGIN PASSWORD 'pw'".formatted(role));

    CommandLineRun tooEarly = CommandLineRun.of(environment(role, "pw"), "", "migrate");
    assertThat(tooEarly.exitCode()).isEqualTo(3);
    assertThat(tooEarly.err())
        .contains(
            "permission denied for schema public",
            "have the owner run 'edj migrate --service-role %s' first".formatted(role));

    assertThat(CommandLineRun.of(owner, "", "migrate").exitCode()).isZero();
    CommandLineRun late = CommandLineRun.of(environment(role, "pw"), "", "migrate");
    assertThat(late.exitCode()).isEqualTo(3);
    assertThat(late.err()).contains("are not those of '%s': log in as their owner".formatted(role));
  }

  private Map<String, String> environment(String user, String password) {
    return Map.of(
        "EDJ_CONTROL_DATABASE",
        "postgresql://127.0.0.1:%d/%s".formatted(server.port(), name),
        "EDJ_CONTROL_DATABASE_USER",
        user,
        "EDJ_CONTROL_DATABASE_PASSWORD",
        password);
  }
}
