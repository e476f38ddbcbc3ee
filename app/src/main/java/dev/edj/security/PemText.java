package dev.edj.security;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Blocks of a text in PEM (RFC 7468); what stands around them is nothing.
final class PemText {

  private static final String LINE = "-----";
  private static final String BEGIN = LINE + "BEGIN ";
  private static final String END = LINE + "END ";

  private PemText() {}

  /// @param label such as `CERTIFICATE`
  /// @param body as it stands between the lines of the label
  record Block(String label, String body) {

    /// Throws an [IllegalArgumentException] when it is not Base64.
    byte[] bytes() {
      return Base64.getMimeDecoder().decode(body);
    }

    /// Lines of OpenSSL in front of the Base64 say how the block is encrypted.
    boolean hasHeaders() {
      return body.indexOf(':') >= 0;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /// Up to the first one that has no end.
  static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int label = begin + BEGIN.length();
      int body = text.indexOf(LINE, label);
      String name = body < 0 ? "" : text.substring(label, body);
      String closing = END + name + LINE;
      int end = body < 0 ? -1 : text.indexOf(closing, body);
      if (end < 0) {
        return blocks;
      }
      blocks.add(new Block(name, text.substring(body + LINE.length(), end)));
      begin = text.indexOf(BEGIN, end + closing.length());
    }
    return blocks;
  }

  static String of(String label, byte[] bytes) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, lines.encodeToString(bytes), label);
  }
}
