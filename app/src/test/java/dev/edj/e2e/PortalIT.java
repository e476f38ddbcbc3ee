package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a terminal into the portal, out of the executable jar.
class PortalIT {

  @TempDir private Path directory;

  @Test
  void theLinkThatIsPrintedLeadsInOnce() throws Exception {
    try (RunningEdj service = RunningEdj.start(directory.resolve("data"))) {
      URI link = URI.create(service.done("portal").strip());
      assertThat(service.ask("portal").path("path").asString()).startsWith("/sign-in?ticket=");
      // A link that signs in is for a terminal, not for a log.
      assertThat(service.process().complained()).doesNotContain("ticket=");

      HttpResponse<String> first = open(link, "");
      assertThat(first.statusCode()).isEqualTo(303);
      String cookie =
          first.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
      HttpResponse<String> overview = open(link.resolve("/"), cookie);
      assertThat(overview.statusCode()).isEqualTo(200);
      assertThat(overview.body()).contains("<h1>Overview</h1>").contains("Nothing runs.");

      assertThat(open(link, "").statusCode()).isEqualTo(401);
    }
  }

  private static HttpResponse<String> open(URI address, String cookie)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(address);
      return http.send(
          cookie.isEmpty() ? request.build() : request.header("Cookie", cookie).build(),
          BodyHandlers.ofString());
    }
  }
}
