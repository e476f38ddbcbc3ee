package dev.edj.demo;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Stands between the story and the person: only the thread that tells the story comes through, and
/// once the curtain has fallen, nobody. So nothing that breaks while all is being stopped is seen.
public final class Curtain {

  private final Thread teller = Thread.currentThread();
  private volatile boolean fallen;

  public PrintStream before(PrintStream stream) {
    return new PrintStream(new Guarded(stream), true, StandardCharsets.UTF_8);
  }

  void fall() {
    fallen = true;
  }

  private boolean isOpen() {
    return !fallen && teller.equals(Thread.currentThread());
  }

  private final class Guarded extends FilterOutputStream {

    Guarded(OutputStream stream) {
      super(stream);
    }

    @Override
    public void write(int b) throws IOException {
      if (isOpen()) {
        out.write(b);
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (isOpen()) {
        out.write(bytes, from, length);
      }
    }
  }
}
