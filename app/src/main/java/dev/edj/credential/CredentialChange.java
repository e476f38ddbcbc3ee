package dev.edj.credential;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import dev.edj.security.EncryptedPassword;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to change of a credential; null leaves it as it is. More servers need a password as well,
/// so that nobody sends a password they do not know to a server of their choice.
public record CredentialChange(
    @Nullable String userName,
    @Sensitive @Nullable String password,
    @Nullable EncryptedPassword encryptedPassword,
    @Nullable List<String> servers) {

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
