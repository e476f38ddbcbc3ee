package dev.edj.settings;

import dev.edj.outward.AllowedHosts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of `edj serve` about notices.
final class NoticeOptions {

  @Option(
      names = "--notice-host",
      paramLabel = "<host>",
      description = {
        "A host that notices may be sent to, hooks.example.com or *.example.com:8443, over HTTPS;"
            + " http://10.0.0.5:8080 without; repeatable (none).",
        "EDJ_NOTICE_HOST takes them with commas between them."
      })
  private @Nullable List<String> hosts;

  @Option(
      names = "--portal-address",
      paramLabel = "<url>",
      description = "Where people reach the portal, for links in notices (no links).")
  private @Nullable String portal;

  @Mixin private final SmtpOptions smtp = new SmtpOptions();

  NoticeSettings settings(Given given) {
    return new NoticeSettings(
        given.findAll("notice-host", hosts, ",", NoticeOptions::hosts).orElse(Set.of()),
        given.find("portal-address", portal, NoticeOptions::address).orElse(null),
        smtp.settings(given).orElse(null));
  }

  private static Set<String> hosts(String text) {
    Set<String> hosts =
        Stream.of(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    AllowedHosts.parse(hosts);
    return hosts;
  }

  private static URI address(String text) {
    try {
      URI address = new URI(text.strip());
      String scheme = String.valueOf(address.getScheme());
      if (address.getHost() != null
          && scheme.matches("https?")
          && address.getRawUserInfo() == null
          && address.getRawQuery() == null
          && address.getRawFragment() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // The sentence below says it.
    }
    throw new IllegalArgumentException(
        "'%s' is not an address such as https://edj.example.com".formatted(text));
  }
}
