package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Needs no database: what every engine does about servers that are not there, or say nothing.
class UnreachableServerTest {

  private static final String PASSWORD = "s3cret-Passw0rd";
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  static List<Engine> engines() {
    return Engine.ALL;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aClosedPortIsATransientConnectError(Engine engine) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    TargetError error = refused(engine, "127.0.0.1", port);
    assertThat(error.kind()).isEqualTo(TargetError.Kind.CONNECT);
    assertThat(error.transientFailure()).isTrue();
    assertThat(error.message()).startsWith("Could not connect to ").containsIgnoringCase("refused");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aHostThatDoesNotResolveIsATransientConnectError(Engine engine) {
    TargetError error = refused(engine, "no-such-host.invalid", engine.defaultPort());
    assertThat(error.kind()).isEqualTo(TargetError.Kind.CONNECT);
    assertThat(error.transientFailure()).isTrue();
    assertThat(error.message()).contains("no-such-host.invalid");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aServerThatNeverAnswersIsLeftInTime(Engine engine) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      long start = System.nanoTime();
      TargetError error = refused(engine, "127.0.0.1", silent.getLocalPort());
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(TIMEOUT, TIMEOUT.multipliedBy(6));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.CONNECT);
      assertThat(error.transientFailure()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aServerThatIsLeftSeesTheConnectionClosed(Engine engine) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      FutureTask<Integer> readToTheEnd =
          EngineContract.started(() -> {
            try (Socket client = silent.accept()) {
              return client.getInputStream().readAllBytes().length;
            } catch (IOException reset) {
              return 0;
            }
          });
      refused(engine, "127.0.0.1", silent.getLocalPort());
      assertThat(readToTheEnd.get(10, TimeUnit.SECONDS)).isNotNegative();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void anInterruptEndsTheAttemptAtOnce(Engine engine) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      ConnectionSettings patient =
          settings(engine, "127.0.0.1", silent.getLocalPort())
              .withTimeouts(Duration.ofMinutes(1), Duration.ofMinutes(1));
      CompletableFuture<TargetError> error = new CompletableFuture<>();
      Thread opening =
          Thread.ofVirtual()
              .start(
                  () -> error.complete(EngineContract.errorOf(() -> engine.open(patient).close())));
      silent.accept().getInputStream();
      opening.interrupt();
      assertThat(error.get(1, TimeUnit.SECONDS).kind()).isEqualTo(TargetError.Kind.CANCELED);
    }
  }

  private static TargetError refused(Engine engine, String host, int port) {
    ConnectionSettings settings = settings(engine, host, port);
    TargetError error = EngineContract.errorOf(() -> engine.open(settings).close());
    assertThat(error.message()).doesNotContain(PASSWORD);
    assertThat(error.stack()).doesNotContain(PASSWORD);
    return error;
  }

  private static ConnectionSettings settings(Engine engine, String host, int port) {
    return ConnectionSettings.of(
            new ServerName(engine, host, port, null), "tenants", "someone", new Password(PASSWORD))
        .withTimeouts(TIMEOUT, TIMEOUT);
  }
}
