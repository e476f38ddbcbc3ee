package dev.edj.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Linked events as lines of JSON, in the order of the chain. The event stands last in its line,
/// byte for byte as it was hashed, so that a few lines of any language can check it.
final class AuditExport {

  private static final byte[] GONE = ascii("null");
  private static final byte[] END = ascii("}\n");

  private final Jdbi jdbi;

  AuditExport(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  void write(long after, OutputStream out) throws IOException {
    ChainWalk walk = new ChainWalk(jdbi.onDemand(AuditStore.class));
    Lines lines = new Lines(out, walk.link(after).orElse(Link.NONE));
    walk.from(after, lines::write);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static final class Lines {

    private final OutputStream out;
    private Link last;

    Lines(OutputStream out, Link last) {
      this.out = out;
      this.last = last;
    }

    void write(Link link, @Nullable AuditRow event) throws IOException {
      out.write(
          ascii(
              "{\"number\":%d,\"previousHash\":\"%s\",\"hash\":\"%s\",\"event\":"
                  .formatted(link.number(), last.hexadecimal(), link.hexadecimal())));
      out.write(event == null ? GONE : AuditJson.canonical(event));
      out.write(END);
      last = link;
    }
  }
}
