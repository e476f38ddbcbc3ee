package dev.edj.outward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.testing.NoticeReceiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainConnectionTest {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  /// What the name means by now is of no interest: this one means nothing.
  @Test
  void theAddressIsDialledThatWasLookedAtAndTheNameOnlySaid() throws IOException {
    try (NoticeReceiver receiver = NoticeReceiver.start()) {
      int port = URI.create(receiver.place()).getPort();
      PlainConnection connection =
          new PlainConnection(URI.create("http://name.invalid:%d/a/ü?b=c".formatted(port)), HERE);
      byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      connection.setRequestProperty("webhook-id", "msg_1");
      connection.getOutputStream().write(body);

      assertThat(connection.getResponseCode()).isEqualTo(204);
      assertThat(connection.getInputStream().readAllBytes()).isEmpty();
      connection.disconnect();
      NoticeReceiver.Received received = receiver.received("/a/ü").getFirst();
      assertThat(received.body()).isEqualTo("hello");
      assertThat(received.header("Host")).isEqualTo("name.invalid:" + port);
      assertThat(received.header("webhook-id")).isEqualTo("msg_1");
      assertThat(received.header("Connection")).isEqualTo("close");
    }
  }

  @Test
  void aRequestIsWrittenAsTheStandardSays() throws Exception {
    Exchanged exchanged = exchange("HTTP/1.1 200 OK\r\n\r\n");

    assertThat(exchanged.request())
        .startsWith("GET / HTTP/1.1")
        .anyMatch(line -> line.startsWith("Host: name.invalid:"));
    assertThat(exchanged.request()).noneMatch(line -> line.startsWith("Content-Length"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more",
        "HTTP/1.1 200\r\ncontent-length:5\r\n\r\nhello",
        "HTTP/1.0 200 OK\n\nhello",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
      })
  void anAnswerIsReadToItsEnd(String answer) throws Exception {
    assertThat(exchange(answer).body()).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2\r\nhe\r\n3;name=value\r\nllo\r\n0\r\n\r\n",
        "0005 \r\nhello\r\n0\r\nTrailer: a\r\n\r\n"
      })
  void anAnswerInChunksIsReadToItsEnd(String chunks) throws Exception {
    String head = "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\nContent-Length: 1\r\n\r\n";
    assertThat(exchange(head + chunks).body()).isEqualTo("hello");
  }

  @Test
  void aRefusalHasItsHeadersAndItsBody() throws Exception {
    try (ServerSocket server = answering("HTTP/1.1 503 no\r\nRetry-After: 7\r\n\r\nbusy")) {
      PlainConnection connection = connection(server);

      assertThat(connection.getResponseCode()).isEqualTo(503);
      assertThat(connection.getHeaderField("retry-after")).isEqualTo("7");
      assertThat(connection.getHeaderField("Location")).isNull();
      assertThatThrownBy(connection::getInputStream).hasMessageContaining("503");
      try (InputStream said = connection.getErrorStream()) {
        assertThat(said).hasContent("busy");
      }
      connection.disconnect();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nHalf: a head",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"
      })
  void whatIsNoAnswerIsAFailure(String answer) {
    assertThatThrownBy(() -> exchange(answer))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("its answer");
  }

  @Test
  void anAnswerThatDoesNotComeToItsBodyIsNotReadForEver() {
    String endless = "HTTP/1.1 100 Continue\r\n\r\n".repeat(20);
    assertThatThrownBy(() -> exchange(endless)).hasMessageContaining("does not begin");
    String headers = "HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(1_000);
    assertThatThrownBy(() -> exchange(headers)).hasMessageContaining("more than 200 headers");
    String line = "HTTP/1.1 200 " + "x".repeat(20_000);
    assertThatThrownBy(() -> exchange(line)).hasMessageContaining("a line without end");
  }

  @Test
  void aHeaderCannotBeginAnother() throws IOException {
    PlainConnection connection = new PlainConnection(URI.create("http://name.invalid:1/"), HERE);
    connection.setRequestProperty("a", "b\r\nc: d");
    assertThatThrownBy(connection::connect).isInstanceOf(IllegalArgumentException.class);
  }

  private record Exchanged(List<String> request, String body) {}

  private static Exchanged exchange(String answer) throws Exception {
    try (ServerSocket server = listening()) {
      CompletableFuture<List<String>> request = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> answer(server, answer, request));
      PlainConnection connection = connection(server);
      try {
        connection.getResponseCode();
        String body =
            new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Exchanged(request.get(), body);
      } finally {
        connection.disconnect();
      }
    }
  }

  private static ServerSocket answering(String answer) throws IOException {
    ServerSocket server = listening();
    Thread.ofVirtual().start(() -> answer(server, answer, new CompletableFuture<>()));
    return server;
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, HERE);
  }

  private static PlainConnection connection(ServerSocket server) throws IOException {
    PlainConnection connection =
        new PlainConnection(URI.create("http://name.invalid:" + server.getLocalPort()), HERE);
    connection.setConnectTimeout(10_000);
    connection.setReadTimeout(10_000);
    return connection;
  }

  /// Once, to whatever is asked.
  private static void answer(
      ServerSocket server, String answer, CompletableFuture<List<String>> request) {
    try (Socket socket = server.accept()) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      List<String> lines = new ArrayList<>();
      String line = in.readLine();
      while (line != null && !line.isEmpty()) {
        lines.add(line);
        line = in.readLine();
      }
      request.complete(lines);
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      request.completeExceptionally(e);
    }
  }
}
