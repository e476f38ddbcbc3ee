package dev.edj.bench.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What came back over a connection, as text.
///
/// @param status 0 where nothing came, or something that is no answer
/// @param head status line and headers, in small letters
record HttpAnswer(int status, String head, String body) {

  static final HttpAnswer NONE = new HttpAnswer(0, "", "");

  static HttpAnswer parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (!text.startsWith("HTTP/1.1 ") || end < 0) {
      return NONE;
    }
    String head = text.substring(0, end).toLowerCase(Locale.ROOT);
    int status = Integer.parseInt(text.substring(9, 12));
    if (status == 100) {
      return parse(Arrays.copyOfRange(bytes, end + 4, bytes.length));
    }
    String body = text.substring(end + 4);
    byte[] plain =
        (head.contains("\r\ntransfer-encoding: chunked") ? unchunked(body) : body)
            .getBytes(StandardCharsets.ISO_8859_1);
    return new HttpAnswer(status, head, new String(plain, StandardCharsets.UTF_8));
  }

  boolean hasHeader(String name, String value) {
    return List.of(head.split("\r\n")).stream()
        .anyMatch(line -> line.startsWith(name + ": ") && line.contains(value));
  }

  private static String unchunked(String body) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    int at = 0;
    while (at < body.length()) {
      int line = body.indexOf("\r\n", at);
      int size = line < 0 ? 0 : Integer.parseInt(body.substring(at, line), 16);
      if (size == 0) {
        break;
      }
      int end = Math.min(line + 2 + size, body.length());
      whole.writeBytes(body.substring(line + 2, end).getBytes(StandardCharsets.ISO_8859_1));
      at = end + 2;
    }
    return whole.toString(StandardCharsets.ISO_8859_1);
  }
}
