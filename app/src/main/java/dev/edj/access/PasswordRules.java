package dev.edj.access;

import dev.edj.problem.EdjException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;

/// Which passwords users may have: long ones. What they are made of says nothing about how hard
/// they are to guess (NIST SP 800-63B).
final class PasswordRules {

  private static final int SHORTEST_CHARACTERS = 12;

  /// Hashing takes longer for longer ones.
  private static final int LONGEST_BYTES = 1024;

  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int RANDOM_CHARACTERS = 25;
  private static final int GROUP = 5;

  private PasswordRules() {}

  /// The password as it is hashed; else an [EdjException] that names the field.
  static String checked(String field, String password) {
    String normal = normal(password);
    int characters = normal.codePointCount(0, normal.length());
    if (characters < SHORTEST_CHARACTERS) {
      throw EdjException.invalid(
          field, "must have at least %d characters".formatted(SHORTEST_CHARACTERS));
    }
    if (!isShortEnough(normal)) {
      throw EdjException.invalid(field, "must have at most %d bytes".formatted(LONGEST_BYTES));
    }
    return normal;
  }

  /// 125 random bits, in letters and digits that are not taken for one another.
  static String random() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < RANDOM_CHARACTERS; i++) {
      password.append(i > 0 && i % GROUP == 0 ? "-" : "");
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }

  static boolean isShortEnough(String password) {
    return password.length() <= LONGEST_BYTES
        && password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES;
  }

  /// Keyboards write the same letter in different ways.
  static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }
}
