package dev.edj.settings;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How and where a process may send notices.
///
/// @param hosts that webhooks may be sent to; default none
/// @param portal where people reach the portal, for links in what is sent; null, the default, means
///   no links
/// @param smtp the mail server; null, the default, means that nothing is sent by e-mail
public record NoticeSettings(Set<String> hosts, @Nullable URI portal, @Nullable SmtpSettings smtp) {

  public static final NoticeSettings NONE = new NoticeSettings(Set.of(), null, null);

  /// By webhook only.
  public NoticeSettings(Set<String> hosts, @Nullable URI portal) {
    this(hosts, portal, null);
  }
}
