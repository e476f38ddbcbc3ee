package dev.edj.outward;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// IPv6 addresses that lead to an IPv4 address which stands in them.
final class TranslatedAddresses {

  /// NAT64 (RFC 6052): `64:ff9b::/96`.
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

  /// NAT64 within a network, which chooses where the IPv4 address stands (RFC 8215):
  /// `64:ff9b:1::/48`.
  private static final byte[] LOCAL_NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 1};

  /// 6to4 (RFC 3056).
  private static final byte[] SIX_TO_FOUR = {0x20, 0x02};

  /// Where it stands behind prefixes of 48, 56, 64 and 96 bits (RFC 6052, 2.2).
  private static final List<int[]> LAYOUTS =
      List.of(
          new int[] {6, 7, 9, 10},
          new int[] {7, 9, 10, 11},
          new int[] {9, 10, 11, 12},
          new int[] {12, 13, 14, 15});

  private TranslatedAddresses() {}

  /// Those that it may lead to; none of most addresses.
  static List<InetAddress> of(InetAddress address) {
    if (!(address instanceof Inet6Address six)) {
      return List.of();
    }
    byte[] bytes = six.getAddress();
    if (begins(bytes, NAT64) || six.isIPv4CompatibleAddress()) {
      return List.of(four(bytes, 12, 13, 14, 15));
    }
    if (begins(bytes, SIX_TO_FOUR)) {
      return List.of(four(bytes, 2, 3, 4, 5));
    }
    return begins(bytes, LOCAL_NAT64) ? ofLayouts(bytes) : List.of();
  }

  private static boolean begins(byte[] address, byte[] prefix) {
    return Arrays.equals(address, 0, prefix.length, prefix, 0, prefix.length);
  }

  /// Where there are only zeros, it does not stand.
  private static List<InetAddress> ofLayouts(byte[] bytes) {
    List<InetAddress> found = new ArrayList<>();
    for (int[] places : LAYOUTS) {
      InetAddress four = four(bytes, places);
      if (!four.isAnyLocalAddress()) {
        found.add(four);
      }
    }
    return found;
  }

  private static InetAddress four(byte[] bytes, int... places) {
    byte[] four = new byte[places.length];
    for (int i = 0; i < places.length; i++) {
      four[i] = bytes[places[i]];
    }
    try {
      return InetAddress.getByAddress(four);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
