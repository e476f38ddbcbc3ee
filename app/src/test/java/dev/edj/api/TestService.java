package dev.edj.api;

import dev.edj.Wiring;
import dev.edj.security.LocalToken;
import dev.edj.settings.NoticeSettings;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/// The real service on a control database of its own, shared by all test classes of the JVM: each
/// test uses names of its own.
record TestService(ApiServer server, Client client, Jdbi controlDatabase) {

  static TestService shared() {
    return Shared.SERVICE;
  }

  private static final class Shared {
    static final TestService SERVICE = start();
  }

  private static TestService start() {
    try {
      Path directory = Files.createTempDirectory("edj-api");
      TestControlDatabase database = TestControlDatabase.create();
      ServiceSettings settings =
          ServiceSettings.in(directory)
              .withControlDatabase(database.address())
              .withPort(0)
              .withNotices(new NoticeSettings(Set.of("hooks.example.com"), null));
      ApiServer server = ApiServer.start(Wiring.open(settings), settings);
      Client client = new Client(server.url(), LocalToken.open(directory).text());
      return new TestService(server, client, database.jdbi());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
