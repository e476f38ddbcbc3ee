package dev.edj.notice;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to change of a notice; null leaves it as it is. A webhook stays one, and so does e-mail.
///
/// @param job an empty text means all jobs
/// @param enabled false also gives up what waits to be sent
public record NoticeChange(
    @Nullable List<NoticeEvent> on,
    @Nullable String job,
    @Sensitive @Nullable String webhook,
    @Nullable WebhookFormat format,
    @Nullable List<String> emails,
    @Nullable Boolean enabled) {

  /// Enables or disables it, and nothing else.
  public static NoticeChange enabling(boolean enabled) {
    return new NoticeChange(null, null, null, null, null, enabled);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
