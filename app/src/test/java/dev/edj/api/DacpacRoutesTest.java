package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.Packages;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Data-tier packages over the API.
class DacpacRoutesTest {

  private final Client client = TestService.shared().client();

  @Test
  void aPackageIsUploadedToldOfAndUpdated() {
    String name = "package " + UUID.randomUUID();
    String path = "contents/" + Client.segment(name);
    Answer created = upload(path + "/dacpac?comment=first", Packages.with("").bytes());
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().get("kind").asString()).isEqualTo("Dacpac");
    Answer added = upload(path + "/versions/dacpac", Packages.with("").bytes());
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.json().at("/version").asInt()).isEqualTo(2);
    assertThat(added.json().at("/dacpac/name").asString()).isEqualTo("made");
    assertThat(added.json().at("/dacpac/version").asString()).isEqualTo("1.2.0.0");
    assertThat(client.get(path + "/versions/1/dacpac").status()).isEqualTo(200);
    assertThat(client.get(path + "/versions/1").json().at("/comment").asString())
        .isEqualTo("first");
    assertThat(client.post(path + "/versions", "{\"text\": \"SELECT 1\"}").status()).isEqualTo(400);
  }

  @Test
  void whatIsNoPackageIsRefused() {
    Answer refused = upload("contents/none/dacpac", new byte[] {1, 2, 3});
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().get("code").asString()).isEqualTo("INVALID_PACKAGE");
    assertThat(client.get("contents/none").status()).isEqualTo(404);
    assertThat(client.post("contents/none/dacpac", "{}").status()).isEqualTo(415);
    assertThat(
            client
                .post("contents", "{\"name\": \"none\", \"dacpacUri\": \"https://x.example/a\"}")
                .json()
                .get("field")
                .asString())
        .isEqualTo("dacpacUri");
  }

  @Test
  void whatIsTooLargeIsRefusedWhetherItSaysSoOrNot() {
    byte[] large = new byte[(24 << 20) + 1];
    assertThat(upload("contents/large/dacpac", large).status()).isEqualTo(413);
    InputStream unannounced = new ByteArrayInputStream(large);
    assertThat(
            upload("contents/large/dacpac", BodyPublishers.ofInputStream(() -> unannounced))
                .status())
        .isEqualTo(413);
  }

  @Test
  void anExecutionWithoutAPlanSaysSo() {
    UUID unknown = UUID.randomUUID();
    assertThat(client.get("executions/" + unknown + "/plan").status()).isEqualTo(404);
    assertThat(client.get("executions/" + unknown + "/report").status()).isEqualTo(404);
  }

  private Answer upload(String path, byte[] file) {
    return upload(path, BodyPublishers.ofByteArray(file));
  }

  private Answer upload(String path, BodyPublisher file) {
    return client.send(
        client.request(path).header("Content-Type", "application/octet-stream").POST(file));
  }
}
