package dev.edj.security;

import com.google.crypto.tink.KeysetHandle;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Private keys that a command prints, so that any secret manager can have them.
record KeyCommand(String command) implements KeySource {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Override
  public Optional<KeysetHandle> find() {
    return Optional.of(parse(SecretCommand.ask(option(), command, Map.of(), LIMIT)));
  }

  @Override
  public String description() {
    return "what the private key command prints";
  }

  @Override
  public String option() {
    return "private-key-command";
  }
}
