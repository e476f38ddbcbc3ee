package dev.edj.e2e;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The secrets of a test by what they are, and the search for them in bytes: as they are, in
/// UTF-16, in hexadecimal digits, and within what was written as Base64. Marks are letters and
/// digits, so that percent-encoding, JSON and HTML leave them as they are.
final class Secrets {

  private static final int BITS = 128;
  private static final int DIGITS = 36;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, byte[]> byName = new ConcurrentHashMap<>();

  /// A new mark; what it is used for names it.
  String mark(String name) {
    return known(name, "Mk" + new BigInteger(BITS, random).toString(DIGITS));
  }

  /// A secret that came from elsewhere.
  String known(String name, String value) {
    known(name, value.getBytes(StandardCharsets.UTF_8));
    return value;
  }

  void known(String name, byte[] value) {
    byName.put(name, value);
  }

  /// The names of those that are in the bytes, of all but `others`.
  Set<String> in(byte[] bytes, String... others) {
    List<String> left = List.of(others);
    return in(
        bytes,
        byName.entrySet().stream()
            .filter(secret -> !left.contains(secret.getKey()))
            .flatMap(secret -> forms(secret.getKey(), secret.getValue()))
            .toList());
  }

  Set<String> in(String text, String... others) {
    return in(text.getBytes(StandardCharsets.UTF_8), others);
  }

  private static Set<String> in(byte[] bytes, List<Form> sought) {
    Map<Integer, List<Form>> byBeginning =
        sought.stream().collect(Collectors.groupingBy(form -> beginning(form.bytes(), 0)));
    Set<String> found = new TreeSet<>();
    BitSet beginnings = new BitSet();
    byBeginning.keySet().forEach(beginnings::set);
    for (int i = 0; i + 1 < bytes.length; i++) {
      int beginning = beginning(bytes, i);
      if (beginnings.get(beginning)) {
        for (Form form : byBeginning.getOrDefault(beginning, List.of())) {
          if (form.isAt(bytes, i)) {
            found.add(form.name());
          }
        }
      }
    }
    return found;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Form(String name, byte[] bytes) {

    boolean isAt(byte[] text, int from) {
      if (from + bytes.length > text.length) {
        return false;
      }
      for (int i = 0; i < bytes.length; i++) {
        if (text[from + i] != bytes[i]) {
          return false;
        }
      }
      return true;
    }
  }

  private static int beginning(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << Byte.SIZE) | (bytes[at + 1] & 0xff);
  }

  private static Stream<Form> forms(String name, byte[] plain) {
    Set<String> texts = new LinkedHashSet<>();
    texts.add(new String(plain, StandardCharsets.ISO_8859_1));
    texts.add(HexFormat.of().formatHex(plain));
    texts.add(HexFormat.of().withUpperCase().formatHex(plain));
    for (int before = 0; before < 3; before++) {
      texts.add(withinBase64(plain, before, Base64.getEncoder()));
      texts.add(withinBase64(plain, before, Base64.getUrlEncoder()));
    }
    return Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)
        .flatMap(charset -> texts.stream().map(text -> new Form(name, text.getBytes(charset))));
  }

  /// The part that does not depend on what stands before and after.
  private static String withinBase64(byte[] value, int before, Base64.Encoder encoder) {
    byte[] shifted = new byte[before + value.length];
    System.arraycopy(value, 0, shifted, before, value.length);
    String text = encoder.withoutPadding().encodeToString(shifted);
    int first = (before * Byte.SIZE + 5) / 6;
    int end = shifted.length * Byte.SIZE / 6;
    return text.substring(first, end);
  }
}
