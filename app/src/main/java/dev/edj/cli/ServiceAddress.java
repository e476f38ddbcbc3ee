package dev.edj.cli;

import dev.edj.secrecy.Sensitive;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where the service is and what to show at its door.
///
/// @param url without a slash at its end
/// @param token null when there is none for this service
record ServiceAddress(URI url, @Sensitive @Nullable String token) {

  @Override
  public String toString() {
    return url.toString();
  }
}
