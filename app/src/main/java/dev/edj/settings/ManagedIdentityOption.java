package dev.edj.settings;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A managed identity of Azure that tokens are asked for, as `NAME@SERVERS` or
/// `NAME@SERVERS=CLIENT-ID` names it.
///
/// @param name by which credentials ask for it
/// @param servers patterns of the servers its tokens may be sent to
/// @param clientId of a user-assigned one; null for the machine's own
public record ManagedIdentityOption(String name, List<String> servers, @Nullable String clientId) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<name>[A-Za-z0-9._-]{1,128})@(?<servers>[^=]+)(=(?<client>[0-9A-Fa-f-]{36}))?");

  public static ManagedIdentityOption parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches() || parts.group("servers").isBlank()) {
      throw new IllegalArgumentException(
          "'%s' is not NAME@SERVERS or NAME@SERVERS=CLIENT-ID, such as entra@*.database.windows.net"
              .formatted(text));
    }
    return new ManagedIdentityOption(
        parts.group("name"),
        List.of(parts.group("servers").strip().split("\\s+")),
        parts.group("client"));
  }
}
