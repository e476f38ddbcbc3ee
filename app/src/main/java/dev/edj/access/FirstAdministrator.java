package dev.edj.access;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;

/// The user that is there before there are others, with a password that is shown this once.
public record FirstAdministrator(String name, @Sensitive String password) {

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
