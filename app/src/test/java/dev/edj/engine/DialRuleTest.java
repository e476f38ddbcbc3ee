package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which addresses the drivers' sockets connect to, and which not.
class DialRuleTest {

  private static final FakeServer.Conversation SILENT = wire -> wire.in().readAllBytes();

  static List<Engine> engines() {
    return Engine.ALL;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void noConnectionIsMadeToAnAddressThatIsNotAllowed(Engine engine) throws IOException {
    try (FakeServer server = FakeServer.that(SILENT)) {
      TargetError error =
          refused(
              settings(engine, "localhost", server.port())
                  .withRule((name, address) ->
                      Optional.of("'app' may not go to " + address.getHostAddress())));

      assertThat(error.kind()).isEqualTo(TargetError.Kind.CONNECT);
      assertThat(error.transientFailure()).isFalse();
      assertThat(error.message())
          .startsWith("Could not connect to ")
          .containsPattern("'app' may not go to (127.0.0.1|0:0:0:0:0:0:0:1)$");
      assertThat(server.clients()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theRuleIsAskedForTheServerAsItIsNamed(Engine engine) throws IOException {
    try (FakeServer server = FakeServer.that(wire -> {})) {
      Set<String> asked = ConcurrentHashMap.newKeySet();
      ConnectionSettings settings = settings(engine, "localhost", server.port());
      refused(
          settings.withRule((name, address) -> {
            asked.add(name.canonical());
            return Optional.empty();
          }));

      assertThat(asked).containsExactly(settings.server().canonical());
      assertThat(server.clients()).isPositive();
    }
  }

  @Test
  void anotherAddressOfTheSameNameIsTakenWhenTheFirstIsNotAllowed() throws IOException {
    ServerName name = ServerName.parse("localhost,1499");
    Dialling dialling =
        dialling(
            name,
            (server, address) ->
                address.equals(InetAddress.ofLiteral("127.0.0.7"))
                    ? Optional.of("not there")
                    : Optional.empty());
    InetAddress notAllowed = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 7});

    assertThat(dialling.allowed(new InetSocketAddress(notAllowed, 1499)).getAddress())
        .isIn((Object[]) InetAddress.getAllByName("localhost"));
    assertThatIOException()
        .isThrownBy(
            () -> dialling.allowed(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.7"), 1499)))
        .withMessageEndingWith("not there");
  }

  @Test
  void aNamedInstanceMayBeOnAnyPortOfItsHost() throws IOException {
    Dialling dialling = dialling(ServerName.parse("localhost\\sales"), onlyTo("localhost\\sales"));
    InetSocketAddress told =
        new InetSocketAddress(InetAddress.getAllByName("localhost")[0], 50_123);

    assertThat(dialling.allowed(told)).isEqualTo(told);
    assertThatIOException()
        .isThrownBy(() ->
            dialling.allowed(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 50_123)));
  }

  @Test
  void aLoginIsNotSentOnToAServerThatIsNotAllowed() throws IOException {
    try (FakeServer other = FakeServer.that(SILENT);
        FakeServer first = FakeServer.that(FakeTds.redirecting("127.0.0.1", other.port()))) {
      TargetError error =
          refused(
              settings(new SqlServer(), "localhost", first.port())
                  .withTls(TlsMode.DISABLE, null)
                  .withRule(onlyTo("localhost," + first.port())));

      assertThat(error.kind()).isEqualTo(TargetError.Kind.CONNECT);
      assertThat(error.transientFailure()).isFalse();
      assertThat(error.message())
          .endsWith(
              "localhost,%d sends the login on: not to 127.0.0.1,%d"
                  .formatted(first.port(), other.port()));
      assertThat(first.clients()).isEqualTo(1);
      assertThat(other.clients()).isZero();
    }
  }

  @Test
  void aLoginIsSentOnToAServerThatIsAllowed() throws IOException {
    try (FakeServer other = FakeServer.that(wire -> FakeTds.readMessage(wire.in()));
        FakeServer first = FakeServer.that(FakeTds.redirecting("127.0.0.1", other.port()))) {
      refused(
          settings(new SqlServer(), "localhost", first.port())
              .withTls(TlsMode.DISABLE, null)
              .withRule(onlyTo("localhost," + first.port(), "127.0.0.1," + other.port())));

      assertThat(other.received()).isNotEmpty();
    }
  }

  @Test
  void aSocketOutsideOfALoginIsNotMade() {
    assertThatIOException()
        .isThrownBy(() -> {
          try (Socket _ = new GuardedSocketFactory().createSocket()) {
            throw new AssertionError("a socket was made");
          }
        });
  }

  private static Dialling dialling(ServerName server, DialRule rule) {
    return new Dialling(
        ConnectionSettings.of(server, "tenants", "app", new Password("s3cret")).withRule(rule));
  }

  private static DialRule onlyTo(String... servers) {
    Set<ServerName> allowed =
        Set.of(servers).stream().map(ServerName::parse).collect(Collectors.toSet());
    return (server, address) ->
        allowed.contains(server) ? Optional.empty() : Optional.of("not to " + server.canonical());
  }

  private static TargetError refused(ConnectionSettings settings) {
    return EngineContract.errorOf(() -> settings.server().engine().open(settings).close());
  }

  private static ConnectionSettings settings(Engine engine, String host, int port) {
    return ConnectionSettings.of(
            new ServerName(engine, host, port, null), "tenants", "app", new Password("s3cret"))
        .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
  }
}
