package dev.edj.outward;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The body of an answer, in parts whose sizes are said: of one part, or in chunks.
final class PlainBody extends InputStream {

  private final InputStream in;
  private final boolean chunked;

  /// What of the present part is still to come.
  private long left;

  private boolean begun;
  private boolean ended;

  private PlainBody(InputStream in, boolean chunked, long left) {
    this.in = in;
    this.chunked = chunked;
    this.left = left;
  }

  static InputStream of(InputStream in, long size) {
    return new PlainBody(in, false, size);
  }

  static InputStream chunked(InputStream in) {
    return new PlainBody(in, true, 0);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      nextPart();
    }
    if (ended) {
      return -1;
    }
    int read = in.read(buffer, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw new EOFException("its answer broke off");
    }
    left -= read;
    return read;
  }

  /// What is behind the last chunk is not read: the connection ends.
  private void nextPart() throws IOException {
    if (chunked && !ended) {
      if (begun && !PlainAnswer.line(in).isEmpty()) {
        throw new IOException("its answer has a chunk that is longer than it says");
      }
      begun = true;
      left = PlainAnswer.size(PlainAnswer.line(in).replaceFirst("\\s*;.*", "").strip(), 16);
    }
    ended = left == 0;
  }
}
