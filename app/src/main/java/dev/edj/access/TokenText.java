package dev.edj.access;

import dev.edj.security.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// How a token looks: `edj_`, 256 random bits, and a checksum. Whoever searches files for secrets
/// can tell it from anything else, and a slip of the pen is refused without asking the control
/// database.
final class TokenText {

  private static final String PREFIX = "edj_";
  private static final int CHECKSUM_DIGITS = 8;
  private static final Pattern FORM = Pattern.compile("edj_[A-Za-z0-9_-]{43}[0-9a-f]{8}");

  private TokenText() {}

  static Secret random() {
    String text = PREFIX + Secret.random().text();
    return new Secret(text + checksum(text));
  }

  static Optional<Secret> parse(String presented) {
    if (!FORM.matcher(presented).matches()) {
      return Optional.empty();
    }
    int end = presented.length() - CHECKSUM_DIGITS;
    return presented.substring(end).equals(checksum(presented.substring(0, end)))
        ? Optional.of(new Secret(presented))
        : Optional.empty();
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return "%08x".formatted(crc.getValue());
  }
}
