package dev.edj.notice;

import dev.edj.problem.EdjException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What somebody can be told of.
public enum NoticeEvent {
  /// An execution ended as `Failed`.
  Failed("failed"),
  /// An execution ended as `TimedOut`.
  TimedOut("timed_out"),
  /// An execution ended as `Succeeded` or `SucceededWithSkipped`.
  Succeeded("succeeded"),
  /// So many databases of an execution failed that nothing more was begun.
  StoppedByThreshold("stopped_by_threshold"),
  /// The next wave of an execution waits until somebody approves it.
  ApprovalWanted("approval_wanted");

  private final String type;

  NoticeEvent(String type) {
    this.type = type;
  }

  /// What receivers tell events apart by: `execution.failed`.
  public String type() {
    return "execution." + type;
  }

  /// As the command line writes it: `timed-out`.
  public String text() {
    return type.replace('_', '-');
  }

  /// One of them, in whatever case, with or without `-` or `_` between words.
  public static NoticeEvent named(String text) {
    return Arrays.stream(values())
        .filter(event -> event.name().equalsIgnoreCase(text.replaceAll("[-_]", "")))
        .findFirst()
        .orElseThrow(() ->
            EdjException.invalid(
                "on",
                "'%s' is none of %s"
                    .formatted(
                        text.toLowerCase(Locale.ROOT),
                        Arrays.stream(values())
                            .map(NoticeEvent::text)
                            .collect(Collectors.joining(", ")))));
  }
}
