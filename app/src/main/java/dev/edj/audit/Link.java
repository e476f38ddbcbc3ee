package dev.edj.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What binds an event to all that were linked before it: SHA-256 over the hash of the link before,
/// in hexadecimal, this one's number, and the event, with a line feed between.
@SuppressWarnings("ArrayRecordComponent") // A row is never compared.
record Link(long number, long eventId, byte[] hash) {

  /// What the first link goes on from.
  static final Link NONE = new Link(0, 0, new byte[32]);

  Link next(AuditRow event) {
    return new Link(number + 1, event.id(), hashOfNext(AuditJson.canonical(event)));
  }

  static Link of(ChainHead head) {
    return new Link(head.number(), 0, HexFormat.of().parseHex(head.hash()));
  }

  byte[] hashOfNext(byte[] event) {
    MessageDigest digest = sha256();
    digest.update(
        "%s\n%d\n".formatted(hexadecimal(), number + 1).getBytes(StandardCharsets.US_ASCII));
    return digest.digest(event);
  }

  String hexadecimal() {
    return HexFormat.of().formatHex(hash);
  }

  ChainHead head() {
    return new ChainHead(number, hexadecimal());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
