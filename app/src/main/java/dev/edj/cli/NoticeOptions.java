package dev.edj.cli;

import dev.edj.notice.NoticeEvent;
import dev.edj.notice.WebhookFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Of what, where and how a notice tells, as options; null where one is not given.
final class NoticeOptions {

  @ArgGroup private @Nullable Address address;

  @Option(
      names = "--on",
      paramLabel = "EVENT,...",
      split = ",",
      description =
          "Of what to tell: failed, timed-out, succeeded, stopped-by-threshold, approval-wanted.")
  private @Nullable List<String> on;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "What is sent: json for programs; slack (also for Mattermost and Rocket.Chat) or teams for"
              + " people in a chat (default: json).")
  private @Nullable WebhookFormat format;

  private static final class Address {

    @Option(
        names = "--webhook",
        paramLabel = "URL",
        description =
            "Where to send it. Everybody on this machine can read it while the command runs: where"
                + " the address is a secret, as those of chats are, give --webhook-file.")
    private @Nullable String url;

    @Option(
        names = "--webhook-file",
        paramLabel = "FILE",
        description = "A file with the address; - is standard input.")
    private @Nullable String file;

    @Option(
        names = "--email",
        paramLabel = "ADDRESS,...",
        split = ",",
        description = "Send it by e-mail to these addresses; repeatable.")
    private @Nullable List<String> emails;
  }

  @Nullable String webhook(Terminal terminal) {
    if (address == null) {
      return null;
    }
    return address.file == null ? address.url : ValueOptions.read(address.file, terminal);
  }

  @Nullable List<String> emails() {
    return address == null ? null : address.emails;
  }

  @Nullable List<NoticeEvent> on() {
    return on == null ? null : on.stream().map(NoticeEvent::named).toList();
  }

  @Nullable WebhookFormat format() {
    return format;
  }
}
