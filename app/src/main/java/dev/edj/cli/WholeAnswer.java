package dev.edj.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// An answer while it comes. The service breaks off what it cannot finish: then reading fails, by a
/// [CommandException], so that a failure to write what was read is not taken for it.
final class WholeAnswer extends FilterInputStream {

  WholeAnswer(InputStream in) {
    super(in);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    try {
      return in.read(target, offset, length);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNAVAILABLE,
          "the service broke off its answer; its log says why. Try again, or ask for less",
          e);
    }
  }
}
