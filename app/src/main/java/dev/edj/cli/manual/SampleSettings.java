package dev.edj.cli.manual;

import dev.edj.settings.Setting;
import java.util.stream.Collectors;

/// A file of variables for whatever starts the service, with every setting, its meaning and its
/// default, none of them set.
public final class SampleSettings {

  private static final int WIDTH = 100;

  private SampleSettings() {}

  public static String text() {
    return """
    # Settings of EDJ: copy this to /etc/edj/environment, give it to root with the mode 600, and take
    # the # from what is to be different. edj.service reads it; so does 'podman run --env-file'.

    """
        + Setting.all().stream().map(SampleSettings::paragraph).collect(Collectors.joining("\n"));
  }

  private static String paragraph(Setting setting) {
    StringBuilder text = new StringBuilder();
    String standard =
        setting.defaultValue() == null ? "" : " Default: %s.".formatted(setting.defaultValue());
    wrap(setting.description() + standard, text);
    return text + "#%s=<%s>\n".formatted(setting.variable(), setting.value());
  }

  private static void wrap(String sentences, StringBuilder text) {
    StringBuilder line = new StringBuilder("#");
    for (String word : sentences.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }
}
