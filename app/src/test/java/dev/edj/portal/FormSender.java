package dev.edj.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Somebody who is signed in and sends forms with files, byte by byte as no browser would.
final class FormSender {

  static final String BOUNDARY = "edj-boundary";
  static final byte[] END = bytes("--" + BOUNDARY + "--\r\n");

  private static final int PATIENCE_MILLISECONDS = 60_000;
  private static final Pattern TOKEN =
      Pattern.compile("name=\"edj-form-token\" content=\"([^\"]+)\"");

  private final PortalService service;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();

  FormSender(PortalService service) {
    this.service = service;
    assertThat(get(URI.create(service.ticket())).statusCode()).isEqualTo(303);
  }

  String token() {
    Matcher token = TOKEN.matcher(get(service.url("/nodes")).body());
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  private HttpResponse<String> get(URI uri) {
    return send(HttpRequest.newBuilder(uri).build());
  }

  HttpResponse<String> post(String path, BodyPublisher form) {
    return send(
        HttpRequest.newBuilder(service.url(path))
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(form)
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// A form of which as much was sent as there is in `begin`.
  Socket begun(String path, long announced, byte[]... begin) throws IOException {
    Socket socket = new Socket(service.url().getHost(), service.url().getPort());
    socket.setSoTimeout(PATIENCE_MILLISECONDS);
    HttpCookie session = cookies.getCookieStore().getCookies().getFirst();
    OutputStream out = socket.getOutputStream();
    out.write(
        bytes(
            """
            POST %s HTTP/1.1\r
            Host: %s\r
            Cookie: %s=%s\r
            Content-Type: multipart/form-data; boundary=%s\r
            Content-Length: %d\r
            Connection: close\r
            \r
            """
                .formatted(
                    path,
                    service.url().getAuthority(),
                    session.getName(),
                    session.getValue(),
                    BOUNDARY,
                    announced)));
    for (byte[] part : begin) {
      out.write(part);
    }
    out.flush();
    return socket;
  }

  /// What came back: a page, or all there is.
  static String answer(Socket socket) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 * 1024];
    InputStream in = socket.getInputStream();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      answer.write(buffer, 0, read);
      if (answer.toString(StandardCharsets.UTF_8).contains("</html>")) {
        break;
      }
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  static byte[] field(String name, String value) {
    return bytes(
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
            .formatted(BOUNDARY, name, value));
  }

  /// The beginning of a file's field: its bytes follow, and an end of line.
  static byte[] fileBegins(String name) {
    return bytes(
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"a.dacpac\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            .formatted(BOUNDARY, name));
  }

  static byte[] file(String name, byte[] content) {
    return joined(fileBegins(name), content, bytes("\r\n"));
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
