package dev.edj.portal.notice;

import dev.edj.notice.Notice;
import dev.edj.notice.NoticeEvent;
import java.util.List;
import java.util.stream.Collectors;

/// A notice in words.
public record NoticeLine(Notice notice) {

  /// `failed, timed-out`
  public String events() {
    return notice.on().stream().map(NoticeEvent::text).collect(Collectors.joining(", "));
  }

  /// Where it is sent, as far as anybody may see.
  public String receiver() {
    String webhook = notice.webhook();
    return webhook == null ? String.join(", ", notice.emails()) : webhook;
  }

  public static List<NoticeLine> of(List<Notice> notices) {
    return notices.stream().map(NoticeLine::new).toList();
  }
}
