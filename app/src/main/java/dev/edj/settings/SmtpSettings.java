package dev.edj.settings;

import org.jspecify.annotations.Nullable;

/// The mail server that notices are sent by.
///
/// @param user null means that it asks for no login
/// @param from the address that they are sent from
public record SmtpSettings(
    String host,
    int port,
    Encryption encryption,
    @Nullable String user,
    SmtpPassword password,
    String from) {

  /// How a connection is encrypted; certificates are always checked.
  public enum Encryption {
    /// From the first byte.
    TLS(465),
    /// Before anything is said; without it nothing is.
    STARTTLS(587),
    /// Not at all.
    NONE(25);

    private final int usualPort;

    Encryption(int usualPort) {
      this.usualPort = usualPort;
    }

    public int usualPort() {
      return usualPort;
    }
  }
}
