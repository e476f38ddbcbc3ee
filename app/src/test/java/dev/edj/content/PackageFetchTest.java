package dev.edj.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.edj.dacpac.SqlServerDeployer;
import dev.edj.outward.AllowedHosts;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.HttpsURLConnection;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fetching from a server on this machine.
@Timeout(60)
class PackageFetchTest {

  private static final FetchLimits SHORT =
      new FetchLimits(Duration.ofSeconds(5), Duration.ofMillis(400), Duration.ofMillis(1_500));

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  @TempDir private Path directory;
  private TestControlDatabase database;
  private HttpServer server;
  private String place;

  @BeforeEach
  void open() throws IOException {
    database = TestControlDatabase.create();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    place = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void close() {
    over.countDown();
    server.stop(0);
    database.close();
  }

  @Test
  void aPackageIsFetchedAndNothingIsLeftOfIt() throws Exception {
    byte[] file = dev.edj.dacpac.Packages.with("").bytes();
    answers("/a.dacpac", exchange -> send(exchange, file));
    Path fetched;
    try (ReceivedPackage received = fetch(place).fetch(place + "/a.dacpac?sig=x")) {
      fetched = received.file();
      assertThat(received.opened().name()).isEqualTo("made");
      assertThat(received.size()).isEqualTo(file.length);
      assertThat(fetched).hasBinaryContent(file);
    }
    assertThat(fetched).doesNotExist();
    assertThat(asked).containsExactly("/a.dacpac?sig=x");
  }

  @Test
  void aRedirectIsFollowedToAHostThatIsAllowedAndToNoOther() throws Exception {
    byte[] file = dev.edj.dacpac.Packages.with("").bytes();
    answers("/a.dacpac", exchange -> send(exchange, file));
    answers("/here", exchange -> redirect(exchange, "a.dacpac"));
    answers("/away", exchange -> redirect(exchange, "https://elsewhere.example/?sig=secret"));
    answers("/inside", exchange -> redirect(exchange, "http://169.254.169.254/latest"));
    answers("/file", exchange -> redirect(exchange, "file:///etc/passwd"));
    answers("/round", exchange -> redirect(exchange, "/round"));
    PackageFetch fetch = fetch(place);
    fetch.fetch(place + "/here").close();
    assertThat(asked).containsExactly("/here", "/a.dacpac");
    assertRefused(() -> fetch.fetch(place + "/away"), "may not be fetched from https://elsewhere");
    assertRefused(() -> fetch.fetch(place + "/inside"), "http://169.254.169.254");
    assertRefused(() -> fetch.fetch(place + "/file"), "must begin with https");
    assertRefused(() -> fetch.fetch(place + "/round"), "redirects more than 5 times");
  }

  @Test
  void aHostThatIsNotAllowedIsNotAsked() {
    answers("/a.dacpac", exchange -> send(exchange, new byte[1]));
    assertRefused(
        () -> fetch("http://127.0.0.1:1").fetch(place + "/a.dacpac"), "may not be fetched from");
    assertRefused(
        () -> fetch("packages.example.com").fetch(place + "/a.dacpac"), "may not be fetched from");
    assertThat(asked).isEmpty();
  }

  /// The pattern stands for names that somebody else may rule over.
  @Test
  void whatLeadsIntoThisMachineIsFollowedOnlyWhereItIsNamedItself() {
    answers("/a.dacpac", exchange -> send(exchange, new byte[1]));
    String pattern = "http://*.0.0.1:" + server.getAddress().getPort();
    assertRefused(
        () -> fetch(pattern).fetch(place + "/a.dacpac"), "reachable from this machine only");
    assertThat(asked).isEmpty();
    assertThatThrownBy(() -> fetch(pattern, place).fetch(place + "/a.dacpac"))
        .hasMessageContaining("no zip file");
  }

  @Test
  void whatIsNoPackageOrTooLargeIsRefusedForGood() {
    answers("/text", exchange -> send(exchange, new byte[100]));
    answers(
        "/large",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            byte[] part = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
              out.write(part);
            }
          }
        });
    answers("/gone", exchange -> exchange.sendResponseHeaders(404, -1));
    PackageFetch patient = fetch(FetchLimits.USUAL, place);
    assertThatThrownBy(() -> patient.fetch(place + "/text"))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PACKAGE));
    assertThatThrownBy(() -> patient.fetch(place + "/large"))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
    assertRefused(() -> patient.fetch(place + "/gone?sig=secret"), "status 404");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatMayPassIsToldFromWhatMayNot() {
    answers("/busy", exchange -> exchange.sendResponseHeaders(503, -1));
    assertThatThrownBy(() -> fetch(place).fetch(place + "/busy?sig=secret"))
        .isInstanceOf(FetchFailure.class)
        .hasMessageContaining("status 503")
        .hasMessageNotContaining("secret");
    server.stop(0);
    assertThatThrownBy(() -> fetch(place).fetch(place + "/busy"))
        .isInstanceOf(FetchFailure.class)
        .hasMessageContaining("could not fetch the package from " + place + "/busy");
  }

  @Test
  void aServerThatIsSilentOrDripsIsGivenUp() throws IOException {
    answers("/silent", exchange -> await());
    answers(
        "/drips",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            while (over.getCount() > 0) {
              out.write(0);
              out.flush();
              Thread.sleep(50);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertThatThrownBy(() -> fetch(SHORT, place).fetch(place + "/silent"))
        .isInstanceOf(FetchFailure.class)
        .hasMessageContaining("no answer in time");
    assertThatThrownBy(() -> fetch(SHORT, place).fetch(place + "/drips"))
        .isInstanceOf(FetchFailure.class)
        .hasMessageContaining("it is too slow");
    assertThat(directory).isEmptyDirectory();
  }

  /// Each byte comes long before the silence is too long.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nX-Slow: ",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1; slow="
      })
  void aServerThatDripsWhereNobodyReadsYetIsGivenUpToo(String beginning) throws Exception {
    try (ServerSocket dripping = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> drip(dripping, beginning));
      String slow = "http://127.0.0.1:" + dripping.getLocalPort();
      long begun = System.nanoTime();
      assertThatThrownBy(() -> fetch(SHORT, slow).fetch(slow + "/a.dacpac"))
          .isInstanceOf(FetchFailure.class)
          .hasMessageContaining("it is too slow");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }
    assertThat(directory).isEmptyDirectory();
  }

  private void drip(ServerSocket server, String beginning) {
    try (Socket client = server.accept()) {
      client.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
      while (over.getCount() > 0) {
        client.getOutputStream().write('x');
        client.getOutputStream().flush();
        Thread.sleep(100);
      }
    } catch (IOException e) {
      // Whoever asked has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void hostsAreReadAsPeopleWriteThem() {
    PackageFetch fetch =
        fetch("Packages.Example.com", "*.blob.example.net:8443", "http://[::1]:81", "[::2]");
    for (String allowed :
        List.of(
            "https://packages.example.com/a",
            "HTTPS://PACKAGES.example.COM:443/a",
            "https://one.blob.example.net:8443/a",
            "https://a.b.blob.example.net:8443/a",
            "http://[::1]:81/a",
            "https://[::2]/a")) {
      fetch.required(allowed);
    }
    for (String refused :
        List.of(
            "http://packages.example.com/a",
            "https://one.blob.example.net/a",
            "https://blob.example.net:8443/a",
            "https://oneblob.example.net:8443/a",
            "https://[::1]:81/a")) {
      assertRefused(() -> fetch.required(refused), "may not be fetched");
    }
    for (String wrong : List.of("", "https://", "a/b", "user@host", "ftp://host", "*", "a..b")) {
      assertThatThrownBy(() -> AllowedHosts.parse(List.of(wrong)))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private PackageFetch fetch(String... hosts) {
    return fetch(FetchLimits.USUAL, hosts);
  }

  private PackageFetch fetch(FetchLimits limits, String... hosts) {
    return new PackageFetch(
        AllowedHosts.parse(List.of(hosts)),
        new Packages(database.jdbi(), new SqlServerDeployer(), directory),
        HttpsURLConnection.getDefaultSSLSocketFactory(),
        limits);
  }

  private void answers(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    exchange.sendResponseHeaders(302, -1);
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertRefused(ThrowingCallable what, String text) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            EdjException.class,
            e -> {
              assertThat(e.field()).isEqualTo("dacpacUri");
              assertThat(e.text()).contains(text).doesNotContain("secret");
            });
  }
}
