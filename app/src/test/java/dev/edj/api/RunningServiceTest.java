package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.node.NodeLifecycle;
import dev.edj.node.NodeRole;
import dev.edj.node.Nodes;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.security.LocalToken;
import dev.edj.settings.ServiceFile;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service is found by its file, stops cleanly, and says why it cannot start.
class RunningServiceTest {

  @TempDir private Path directory;
  private final TestControlDatabase database = TestControlDatabase.create();

  @AfterEach
  void closeTheDatabase() {
    database.close();
  }

  @Test
  void aClientFindsTheServiceByItsFilesAndNoLongerWhenItHasStopped() throws IOException {
    new ServiceFile(URI.create("http://127.0.0.1:1"), 1, Instant.EPOCH).write(directory);

    try (RunningService service = RunningService.start(settings(0))) {
      ServiceFile file = ServiceFile.find(directory).orElseThrow();
      assertThat(file.url()).isEqualTo(service.url());
      assertThat(file.pid()).isEqualTo(ProcessHandle.current().pid());
      Client client = new Client(file.url(), LocalToken.open(directory).text());
      assertThat(client.get("service").status()).isEqualTo(200);
    }

    assertThat(ServiceFile.find(directory)).isEmpty();
  }

  @Test
  void itMakesLinksThatSignInToThePortal() {
    try (RunningService service = RunningService.start(settings(0))) {
      URI link = service.signInLink().orElseThrow();
      assertThat(link.toString()).startsWith(service.url() + "/sign-in?ticket=");
      assertThat(Client.send(HttpRequest.newBuilder(link).build()).header("Location"))
          .isEqualTo("/");
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> RunningService.start(settings(port)))
          .isInstanceOfSatisfying(
              EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETUP))
          .hasMessage(
              "port %d is taken by another process; choose one with --port".formatted(port));
    }
  }

  @Test
  void aControlDatabaseThatCannotBeOpenedIsSaid() {
    ServiceSettings nowhere =
        settings(0)
            .withControlDatabase(
                new ControlDatabaseAddress("jdbc:postgresql://127.0.0.1:1/edj", "u", "s3cret"));

    assertThatThrownBy(() -> RunningService.start(nowhere))
        .isInstanceOf(EdjException.class)
        .hasMessageStartingWith(
            "the control database at jdbc:postgresql://127.0.0.1:1/edj cannot be opened")
        .hasMessageNotContainingAny("s3cret");
  }

  @Test
  void aWaitDoesNotHoldUpTheStop() throws Exception {
    RunningService service = RunningService.start(settings(0));
    Client client = new Client(service.url(), LocalToken.open(directory).text());
    String execution = startExecution(client);
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(
            () -> client.get("executions/wait?timeoutSeconds=60&id=" + execution));
    client.get("executions/wait?timeoutSeconds=1&id=" + execution);

    Instant begin = Instant.now();
    service.close();

    assertThat(waiting.get(10, TimeUnit.SECONDS).json()).hasSize(1);
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void withoutTheRoleApiItIsANodeAndOpensNoDoor() throws IOException {
    try (RunningService service =
        RunningService.start(settings(0).withRoles(Set.of(NodeRole.WORKER)))) {
      assertThat(new Nodes(database.jdbi()).list(false))
          .singleElement()
          .satisfies(node -> {
            assertThat(node.lifecycle()).isEqualTo(NodeLifecycle.Active);
            assertThat(node.roles()).containsExactly(NodeRole.WORKER);
          });
      assertThat(ServiceFile.find(directory)).isEmpty();
      assertThatThrownBy(service::url).hasMessage("this process has no API");
    }
    assertThat(new Nodes(database.jdbi()).list(false).getFirst().lifecycle())
        .isEqualTo(NodeLifecycle.Stopped);
  }

  @Test
  void withOnlyTheRoleApiItHoldsNoPrivateKey() {
    try (RunningService service =
        RunningService.start(settings(0).withRoles(Set.of(NodeRole.API)))) {
      assertThat(new Client(service.url(), LocalToken.open(directory).text()).get("nodes").json())
          .hasSize(1);
      assertThat(directory.resolve("encryption-keys.json")).doesNotExist();
    }
  }

  /// On a server that nobody listens at, it is tried for as long as the test lasts.
  private static String startExecution(Client client) {
    client.post("contents", "{\"name\": \"c\", \"text\": \"SELECT 1\"}");
    client.post(
        "credentials",
        """
        {"name": "c", "userName": "u", "password": "p", "servers": ["*"]}
        """);
    client.post(
        "targets",
        """
        {"kind": "Database", "name": "t", "server": "127.0.0.1,1", "database": "d"}
        """);
    client.post(
        "jobs",
        """
        {"name": "j", "steps": [{"content": "c", "credential": "c", "target": "t"}]}
        """);
    return client.post("jobs/j/start").json().get("id").asString();
  }

  private ServiceSettings settings(int port) {
    return ServiceSettings.in(directory).withControlDatabase(database.address()).withPort(port);
  }
}
