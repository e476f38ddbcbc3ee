package dev.edj.settings;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How and where a process may send notices.
///
/// @param hosts that webhooks may be sent to; default none
/// @param portal where people reach the portal, for links in what is sent; null, the default, means
///   no links
public record NoticeSettings(Set<String> hosts, @Nullable URI portal) {

  public static final NoticeSettings NONE = new NoticeSettings(Set.of(), null);
}
