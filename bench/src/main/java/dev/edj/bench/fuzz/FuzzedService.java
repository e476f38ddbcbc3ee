package dev.edj.bench.fuzz;

import dev.edj.Wiring;
import dev.edj.api.ApiServer;
import dev.edj.bench.Scratch;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.EmbeddedControlDatabase;
import dev.edj.security.LocalToken;
import dev.edj.settings.ServiceSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/// A whole service with a server to work on, both of them on this machine and gone afterwards.
final class FuzzedService implements AutoCloseable {

  /// Longer than any answer may take; a wait that is asked for takes a second at most.
  private static final int LIMIT_MS = 10_000;

  private final Path directory;
  private final EmbeddedControlDatabase target;
  private final Wiring wiring;
  private final ApiServer server;
  private final String token;

  FuzzedService() throws Exception {
    directory = Scratch.directory("edj-fuzz");
    target = EmbeddedControlDatabase.start(directory.resolve("target"));
    ServiceSettings settings =
        ServiceSettings.in(directory.resolve("edj")).withPort(0).withRequestRate(0);
    wiring = Wiring.open(settings);
    server = ApiServer.start(wiring, settings);
    wiring.node().start();
    token = LocalToken.open(settings.dataDirectory()).text();
  }

  String host() {
    return server.url().getAuthority();
  }

  String token() {
    return token;
  }

  Path directory() {
    return directory;
  }

  /// As EDJ is told of the server that there is.
  String targetName() {
    URI url = URI.create(address().url().substring("jdbc:".length()));
    return "postgresql://%s:%d".formatted(url.getHost(), url.getPort());
  }

  String targetUser() {
    return Objects.requireNonNull(address().user());
  }

  String targetPassword() {
    return Objects.requireNonNull(address().password());
  }

  private ControlDatabaseAddress address() {
    return target.address();
  }

  /// Sends bytes, and returns what came until the service closed the connection.
  ///
  /// @throws SocketTimeoutException when it says nothing for too long
  HttpAnswer send(byte[] request) throws IOException {
    try (Socket socket = new Socket(server.url().getHost(), server.url().getPort())) {
      socket.setSoTimeout(LIMIT_MS);
      try {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
        return HttpAnswer.parse(socket.getInputStream().readAllBytes());
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        // It need not read on after a line that it cannot understand.
        return HttpAnswer.NONE;
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (target;
        wiring;
        server) {
      wiring.node().close();
    }
    Scratch.remove(directory);
  }
}
