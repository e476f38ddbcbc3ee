package dev.edj.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.edj.notice.Answer.Verdict;
import dev.edj.outward.AllowedHosts;
import dev.edj.security.SigningKey;
import dev.edj.testing.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Webhooks over TLS, as they are sent to all receivers but those of the own network.
@Timeout(60)
class WebhookCallTest {

  private static final TestAuthority AUTHORITY = TestAuthority.create("authority of hooks");
  private static final SSLContext LOCALHOST = AUTHORITY.forHost("localhost").context();
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final Duration WHOLE = Duration.ofSeconds(10);

  private final List<String> received = new CopyOnWriteArrayList<>();
  private @Nullable HttpsServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void aBodyComesOverTls() throws IOException {
    Answer answer =
        sent(
            start(LOCALHOST, exchange -> exchange.sendResponseHeaders(204, -1)),
            AUTHORITY.trusting());

    assertThat(answer.verdict()).as(answer.text()).isEqualTo(Verdict.TAKEN);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(received).containsExactly("{\"type\":\"notice.test\"}");
  }

  @Test
  void nothingIsSaidToAReceiverThatIsNotTrusted() throws IOException {
    int port = start(LOCALHOST, exchange -> exchange.sendResponseHeaders(204, -1));

    Answer answer = sent(port, HttpsURLConnection.getDefaultSSLSocketFactory());

    assertThat(answer.verdict()).isEqualTo(Verdict.LATER);
    assertThat(answer.status()).isNull();
    assertThat(received).isEmpty();
  }

  @Test
  void nothingIsSaidToAReceiverWithTheCertificateOfAnother() throws IOException {
    int port =
        start(
            AUTHORITY.forHost("hooks.example.com").context(),
            exchange -> exchange.sendResponseHeaders(204, -1));

    Answer answer = sent(port, AUTHORITY.trusting());

    assertThat(answer.verdict()).isEqualTo(Verdict.LATER);
    assertThat(answer.status()).isNull();
    assertThat(received).isEmpty();
  }

  /// Java's own connection would look for a login, and has nothing more to send.
  @Test
  void aReceiverThatWantsALoginIsToldAsItIs() throws IOException {
    Answer answer =
        sent(
            start(
                LOCALHOST,
                exchange -> {
                  exchange.getResponseHeaders().add("WWW-Authenticate", "Negotiate");
                  exchange.sendResponseHeaders(401, -1);
                }),
            AUTHORITY.trusting());

    assertThat(answer.verdict()).isEqualTo(Verdict.LATER);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(received).hasSize(1);
  }

  /// Such as a mail server on the port that was meant.
  @Test
  void whatIsNoHttpHasNoStatus() throws IOException {
    try (SSLServerSocket mail =
        (SSLServerSocket) LOCALHOST.getServerSocketFactory().createServerSocket(0, 1, HERE)) {
      Thread.ofVirtual().start(() -> greet(mail));

      Answer answer = sent(mail.getLocalPort(), AUTHORITY.trusting());

      assertThat(answer.verdict()).isEqualTo(Verdict.LATER);
      assertThat(answer.status()).isNull();
      assertThat(answer.text()).isEqualTo("its answer is not HTTP/1.1");
    }
  }

  private static void greet(SSLServerSocket server) {
    try (Socket socket = server.accept()) {
      socket
          .getOutputStream()
          .write("220 mail.example.com ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // Whoever asked has heard enough.
    }
  }

  /// @return the port
  private int start(SSLContext context, HttpHandler answering) throws IOException {
    HttpsServer started = HttpsServer.create(new InetSocketAddress(HERE, 0), 0);
    server = started;
    started.setHttpsConfigurator(new HttpsConfigurator(context));
    started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    started.createContext("/", exchange -> take(exchange, answering));
    started.start();
    return started.getAddress().getPort();
  }

  private void take(HttpExchange exchange, HttpHandler answering) throws IOException {
    try (exchange) {
      received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      answering.handle(exchange);
    }
  }

  private static Answer sent(int port, SSLSocketFactory tls) {
    return new WebhookCall(AllowedHosts.parse(List.of("localhost:" + port)), tls, WHOLE, WHOLE)
        .send(
            "https://localhost:%d/hook".formatted(port),
            "msg_1",
            Instant.now(),
            "{\"type\":\"notice.test\"}",
            List.of(SigningKey.random()));
  }
}
