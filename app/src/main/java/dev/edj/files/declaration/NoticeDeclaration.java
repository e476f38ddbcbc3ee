package dev.edj.files.declaration;

import dev.edj.notice.NoticeEvent;
import dev.edj.notice.WebhookFormat;
import dev.edj.problem.EdjException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A notice in a file: [dev.edj.notice.NewNotice], with its address by where that is. Exactly one
/// of `webhook` and `emails`.
///
/// @param webhook where the address is: its path may be what opens the door there
/// @param save where the key goes that a webhook is signed with, when the notice is made; null when
///   nobody checks signatures
/// @param enabled null leaves a notice as it is, and makes a new one that is
public record NoticeDeclaration(
    String name,
    List<NoticeEvent> on,
    @Nullable String job,
    @Nullable SecretSource webhook,
    @Nullable WebhookFormat format,
    @Nullable List<String> emails,
    @Nullable SecretDestination save,
    @Nullable Boolean enabled) {

  public NoticeDeclaration {
    if ((webhook == null) == (emails == null)) {
      throw EdjException.invalid(
          "webhook", "say in one way where it is sent to: webhook or emails");
    }
    if (webhook == null && (format != null || save != null)) {
      throw EdjException.invalid(format == null ? "save" : "format", "is only for a webhook");
    }
  }
}
