package dev.edj.outward;

import java.io.IOException;

/// An address that is not dialled, today or tomorrow.
public final class OutwardRefusal extends IOException {

  private final String sentence;

  OutwardRefusal(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
