package dev.edj.outward;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What was answered to a request over HTTP/1.1 (RFC 9112).
///
/// @param headers by their names in whatever case; of those that come twice, the first
/// @param body up to its end, and not beyond
record PlainAnswer(int status, Map<String, String> headers, InputStream body) {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9]{2})(?: .*)?");
  private static final int LONGEST_LINE = 8_192;
  private static final int MOST_LINES = 200;
  private static final int MOST_INTERIM = 10;

  /// Reads the head, and no more of the body than comes with it.
  static PlainAnswer read(InputStream in) throws IOException {
    for (int interim = 0; interim < MOST_INTERIM; interim++) {
      int status = status(line(in));
      Map<String, String> headers = headers(in);
      if (status >= 200) {
        return new PlainAnswer(status, headers, body(in, status, headers));
      }
    }
    throw new IOException("its answer does not begin");
  }

  private static int status(String line) throws IOException {
    Matcher status = STATUS.matcher(line);
    if (!status.matches()) {
      throw new IOException("its answer is not HTTP/1.1");
    }
    return Integer.parseInt(status.group(1));
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int lines = 0; lines < MOST_LINES; lines++) {
      String line = line(in);
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    throw new IOException("its answer has more than %d headers".formatted(MOST_LINES));
  }

  private static InputStream body(InputStream in, int status, Map<String, String> headers)
      throws IOException {
    if (status == 204 || status == 304) {
      return InputStream.nullInputStream();
    }
    String coding = headers.get("Transfer-Encoding");
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new IOException("its answer is coded as what nobody asked for");
      }
      return PlainBody.chunked(in);
    }
    String length = headers.get("Content-Length");
    return length == null ? in : PlainBody.of(in, size(length, 10));
  }

  /// The text of a number that is a size.
  static long size(String digits, int radix) throws IOException {
    try {
      long size = Long.parseLong(digits, radix);
      if (size >= 0 && Character.digit(digits.charAt(0), radix) >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      // The sentence below says it.
    }
    throw new IOException("its answer has a length that is none");
  }

  /// Without its end.
  static String line(InputStream in) throws IOException {
    byte[] line = new byte[LONGEST_LINE];
    for (int length = 0; length < LONGEST_LINE; length++) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("its answer broke off");
      }
      if (next == '\n') {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.ISO_8859_1);
      }
      line[length] = (byte) next;
    }
    throw new IOException("its answer has a line without end");
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }
}
