package dev.edj.notice;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A notice to be created; it has either a webhook, or addresses for e-mail.
///
/// @param on of what to tell
/// @param job of which job; null means all jobs
/// @param webhook the URL that it is sent to, which is kept encrypted
/// @param format of a webhook; null means `Json`
/// @param emails the addresses that it is sent to, at most 20
/// @param enabled null means true
public record NewNotice(
    String name,
    List<NoticeEvent> on,
    @Nullable String job,
    @Sensitive @Nullable String webhook,
    @Nullable WebhookFormat format,
    @Nullable List<String> emails,
    @Nullable Boolean enabled) {

  /// By webhook.
  public NewNotice(
      String name,
      List<NoticeEvent> on,
      @Nullable String job,
      @Sensitive String webhook,
      @Nullable WebhookFormat format,
      @Nullable Boolean enabled) {
    this(name, on, job, webhook, format, null, enabled);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
