package dev.edj.settings;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A command of this node that prints tokens, as `NAME@SERVERS=COMMAND` names it.
///
/// @param name by which credentials ask for it
/// @param servers patterns of the servers it may be asked for
/// @param command the program and its arguments
public record TokenCommandOption(String name, List<String> servers, String command) {

  private static final Pattern FORM =
      Pattern.compile("(?<name>[A-Za-z0-9._-]{1,128})@(?<servers>[^=]+)=(?<command>.+)");

  public static TokenCommandOption parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches() || parts.group("servers").isBlank()) {
      throw new IllegalArgumentException(
          "'%s' is not NAME@SERVERS=COMMAND, such as rds@postgresql://*.rds.amazonaws.com=/usr/local/bin/rds-token; several servers have blanks between them, and * is any"
              .formatted(text.replaceFirst("=.*", "=…")));
    }
    return new TokenCommandOption(
        parts.group("name"),
        List.of(parts.group("servers").strip().split("\\s+")),
        parts.group("command").strip());
  }
}
