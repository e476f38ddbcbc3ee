package dev.edj.security;

import com.google.crypto.tink.KeysetHandle;
import dev.edj.secrecy.Sensitive;
import java.util.Optional;

/// Private keys in the variable `EDJ_PRIVATE_KEY`, as it was when the process began.
record KeyVariable(@Sensitive String json) implements KeySource {

  @Override
  public Optional<KeysetHandle> find() {
    return Optional.of(parse(json));
  }

  @Override
  public String description() {
    return "the variable EDJ_PRIVATE_KEY";
  }

  @Override
  public String option() {
    return "EDJ_PRIVATE_KEY";
  }

  @Override
  public String toString() {
    return description();
  }
}
