package dev.edj.outward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutwardTest {

  private static final URI HOOKS = URI.create("https://hooks.example.com/a");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "169.254.169.254",
        "168.63.129.16",
        "0.0.0.0",
        "::1",
        "fe80::1",
        "fd00:ec2::254",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        // NAT64: of 127.0.0.1, of 169.254.169.254, of 168.63.129.16.
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::a83f:8110",
        // The same behind each of the prefixes that a network may choose (RFC 6052, 2.4).
        "64:ff9b:1:a9fe:a9:fe00::",
        "64:ff9b:1:a9:fe:a9fe::",
        "64:ff9b:1:1:a9:fea9:fe00::",
        "64:ff9b:1:1::a9fe:a9fe",
        "64:ff9b:1::7f00:1",
        // 6to4 of 127.0.0.1.
        "2002:7f00:1::1"
      })
  void noNameLeadsWhereOnlyThisMachineGets(String address) throws IOException {
    InetAddress there = InetAddress.getByName(address);
    assertThatThrownBy(() -> outward("hooks.example.com").requireAddress(HOOKS, there))
        .isInstanceOf(OutwardRefusal.class)
        .hasMessageContaining("https://hooks.example.com leads to " + there.getHostAddress());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "203.0.113.7",
        "10.0.0.5",
        "2001:db8::1",
        "64:ff9b::cb00:7107",
        "64:ff9b:1::cb00:7107",
        "64:ff9b:1:cb00:71:700::",
        "2002:cb00:7107::1"
      })
  void elsewhereNamesMayLead(String address) throws IOException {
    InetAddress there = InetAddress.getByName(address);
    assertThatCode(() -> outward("hooks.example.com").requireAddress(HOOKS, there))
        .doesNotThrowAnyException();
  }

  /// A connection to it would be a fault, and not a failure that is told.
  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "99999"})
  void whatIsNoPortIsRefused(String port) {
    assertThatThrownBy(() -> Outward.checked("webhook", "https://hooks.example.com:" + port))
        .isInstanceOf(EdjException.class)
        .hasMessage("webhook: must have a port from 1 to 65535, or none");
    assertThatThrownBy(() -> AllowedHosts.parse(List.of("hooks.example.com:" + port)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'hooks.example.com:%s' is not a host such as".formatted(port));
  }

  @Test
  void withoutEncryptionTheAddressIsDialledThatWasLookedAt() throws IOException {
    Outward outward = outward("http://127.0.0.1:8080", "https://127.0.0.1:8443");
    assertThat(outward.open(URI.create("http://127.0.0.1:8080/a")))
        .isInstanceOf(PlainConnection.class);
    assertThat(outward.open(URI.create("https://127.0.0.1:8443/a")))
        .isInstanceOfSatisfying(
            HttpsURLConnection.class,
            https -> assertThat(https.getSSLSocketFactory()).isInstanceOf(GuardedSockets.class));
  }

  private static Outward outward(String... hosts) {
    return new Outward(
        new Errand("webhook", "--notice-host", "notices may not be sent to", "they are sent there"),
        AllowedHosts.parse(List.of(hosts)),
        HttpsURLConnection.getDefaultSSLSocketFactory(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5));
  }
}
