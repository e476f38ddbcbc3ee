package dev.edj.credential;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// A range of addresses in CIDR form; an address alone is the range of one.
///
/// @param first its lowest address
/// @param length how many leading bits its addresses share
record Network(InetAddress first, int length) {

  private static final Pattern LITERAL =
      Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-f:.]*:[0-9a-f:.]*");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

  /// The message of the [IllegalArgumentException] says what is wrong, and does not repeat the
  /// text.
  static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address =
        findLiteral(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(
                () -> new IllegalArgumentException("is no network such as 10.0.0.0/8 or fd00::/8"));
    int bits = address.getAddress().length * Byte.SIZE;
    int length = slash < 0 ? bits : length(text.substring(slash + 1), bits);
    InetAddress first = new Network(address, length).lowest();
    if (!first.equals(address)) {
      throw new IllegalArgumentException(
          "is an address inside of a network; that begins at " + first.getHostAddress());
    }
    return new Network(first, length);
  }

  /// The address that a host is written as; empty when it is a name.
  static Optional<InetAddress> findLiteral(String host) {
    try {
      return LITERAL.matcher(host).matches()
          ? Optional.of(InetAddress.ofLiteral(host))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    return address.getAddress().length == first.getAddress().length
        && new Network(address, length).lowest().equals(first);
  }

  boolean contains(Network other) {
    return other.length >= length && contains(other.first);
  }

  @Override
  public String toString() {
    return first.getHostAddress() + "/" + length;
  }

  private static int length(String text, int bits) {
    int length = LENGTH.matcher(text).matches() ? Integer.parseInt(text) : bits + 1;
    if (length > bits) {
      throw new IllegalArgumentException(
          "needs a number from 0 to " + bits + " behind the slash, and nothing else");
    }
    return length;
  }

  private InetAddress lowest() {
    byte[] bytes = first.getAddress();
    int whole = length / Byte.SIZE;
    if (whole < bytes.length) {
      bytes[whole] &= (byte) (0xff00 >> (length % Byte.SIZE));
      Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }
}
