package dev.edj.portal;

import static dev.edj.portal.FormSender.END;
import static dev.edj.portal.FormSender.answer;
import static dev.edj.portal.FormSender.bytes;
import static dev.edj.portal.FormSender.field;
import static dev.edj.portal.FormSender.file;
import static dev.edj.portal.FormSender.fileBegins;
import static dev.edj.portal.FormSender.joined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.content.Content;
import dev.edj.content.Packages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Forms with files are taken as far as they may be, and leave nothing behind.
@ResourceLock("uploads of the shared portal")
class FileFormsTest {

  private static final String NEW = "/new/content";
  private static final byte[] PACKAGE = dev.edj.dacpac.Packages.ofNothing().bytes();

  /// More than the server takes from the network before anybody reads it.
  private static final long MUCH = 20L << 20;

  private static final int ENOUGH_TRIES = 500;

  private final PortalService service = PortalService.shared();
  private final FormSender sender = new FormSender(service);

  @Test
  void aFormWithAnotherTokenIsRefusedBeforeItsFileCame() throws IOException {
    byte[] begin = joined(field("_csrf", "of somebody else"), fileBegins("dacpac"));
    try (Socket socket = sender.begun(NEW, MUCH, begin)) {
      assertThat(answer(socket))
          .startsWith("HTTP/1.1 403")
          .contains("This was not sent from a page of yours");
    }
  }

  @Test
  void theTokenStandsFirstOrThereIsNone() {
    byte[] form = joined(field("name", "late token"), field("_csrf", sender.token()), END);
    assertThat(post(form).statusCode()).isEqualTo(403);
    assertThat(names()).doesNotContain("late token");
  }

  @Test
  void aTokenInTheAddressDoesNotLoseTheFirstField() {
    byte[] form = joined(field("name", "token in the address"), field("text", "SELECT 1"), END);
    HttpResponse<String> answer =
        sender.post(NEW + "?_csrf=" + sender.token(), BodyPublishers.ofByteArray(form));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("its first field has to be its token");
  }

  @Test
  void aFormThatSaysItIsTooLargeIsRefusedAtOnce() throws IOException {
    try (Socket socket = sender.begun(NEW, 73L << 20)) {
      assertThat(answer(socket))
          .startsWith("HTTP/1.1 413")
          .contains("The form is larger than 72 MiB; a package may have 24 MiB.", "</html>");
    }
  }

  @Test
  void aFormThatDoesNotSayHowLargeItIsIsReadUpToTheLimit() {
    byte[] begin = joined(field("_csrf", sender.token()), fileBegins("dacpac"));
    byte[] endless = new byte[73 << 20];
    System.arraycopy(begin, 0, endless, 0, begin.length);
    HttpResponse<String> answer =
        sender.post(NEW, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(endless)));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("The form is larger than 72 MiB");
  }

  @Test
  void aFileThatIsTooLargeIsSaidBesideItsField() {
    HttpResponse<String> answer = post(create("too large", new byte[Packages.LARGEST_BYTES + 1]));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
    assertThat(answer.body())
        .contains("id=\"dacpac-wrong\"", "the package is larger than 24 MiB", "too large");
    assertThat(names()).doesNotContain("too large");
  }

  @Test
  void aFormThatDoesNotComeWholeIsRefused() {
    HttpResponse<String> answer =
        post(joined(field("_csrf", sender.token()), field("name", "half"), fileBegins("dacpac")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("it did not come whole, or is malformed");
    assertThat(names()).doesNotContain("half");
  }

  @Test
  void onlyAFewAreTakenAtOnceAndNoPlaceIsLost() throws Exception {
    byte[] rest = joined(PACKAGE, bytes("\r\n"), END);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        slow.add(begun("slow " + i, rest.length));
      }
      HttpResponse<String> fifth =
          await(
              503,
              () -> {
                beginRefusedAgain(slow, rest.length);
                return post(create("fifth", new byte[0]));
              });
      assertThat(fifth.body()).contains("4 files are being sent at the moment");
      assertThat(fifth.headers().firstValue("Retry-After")).hasValue("10");

      slow.removeFirst().close();
      for (Socket socket : slow) {
        socket.getOutputStream().write(rest);
        assertThat(answer(socket)).startsWith("HTTP/1.1 303");
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    await(303, () -> post(create("fifth", PACKAGE)));
    assertThat(names()).contains("slow 1", "slow 2", "slow 3", "fifth").doesNotContain("slow 0");
    for (String directory : List.of("uploads", "packages")) {
      assertThat(filesIn(service.directory().resolve(directory))).isEmpty();
    }
  }

  private Socket begun(String name, int rest) throws IOException {
    byte[] begin = joined(head(name), fileBegins("dacpac"));
    return sender.begun(NEW, begin.length + rest, begin);
  }

  /// One of them is refused when a try of the fifth had its place at that moment.
  private void beginRefusedAgain(List<Socket> slow, int rest) throws IOException {
    for (int i = 0; i < slow.size(); i++) {
      if (slow.get(i).getInputStream().available() > 0) {
        slow.get(i).close();
        slow.set(i, begun("slow " + i, rest));
      }
    }
  }

  private HttpResponse<String> post(byte[] form) {
    return sender.post(NEW, BodyPublishers.ofByteArray(form));
  }

  private byte[] create(String name, byte[] content) {
    return joined(head(name), file("dacpac", content), END);
  }

  private byte[] head(String name) {
    return joined(field("_csrf", sender.token()), field("name", name), field("source", "File"));
  }

  private List<String> names() {
    return service.wiring().contents().list().stream().map(Content::name).toList();
  }

  /// Nobody signals that the others have begun, or have ended.
  private static HttpResponse<String> await(int status, Callable<HttpResponse<String>> request)
      throws Exception {
    HttpResponse<String> answer = request.call();
    for (int tries = 0; answer.statusCode() != status && tries < ENOUGH_TRIES; tries++) {
      answer = request.call();
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
