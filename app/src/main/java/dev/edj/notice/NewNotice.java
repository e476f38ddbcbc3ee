package dev.edj.notice;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A notice to be created.
///
/// @param on of what to tell
/// @param job of which job; null means all jobs
/// @param webhook the URL that it is sent to, which is kept encrypted
/// @param format null means `Json`
/// @param enabled null means true
public record NewNotice(
    String name,
    List<NoticeEvent> on,
    @Nullable String job,
    @Sensitive String webhook,
    @Nullable WebhookFormat format,
    @Nullable Boolean enabled) {

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
