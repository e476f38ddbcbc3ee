package dev.edj.portal.job;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which text was put into a form's editor; it goes with the form as `content@2@2`, or as
/// `content@@5` where the newest was asked for and that was version 5.
record Loaded(String content, String wantedVersion, int version) {

  private static final Pattern TEXT = Pattern.compile("(.*)@([0-9]{0,9})@([0-9]{1,9})");

  static Optional<Loaded> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Loaded(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  boolean isOf(ScriptForm script) {
    return content.equals(script.content()) && wantedVersion.equals(script.version());
  }

  @Override
  public String toString() {
    return content + "@" + wantedVersion + "@" + version;
  }
}
