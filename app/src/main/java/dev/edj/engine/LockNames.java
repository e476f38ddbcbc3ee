package dev.edj.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Turns the key of an application lock into what an engine takes as its name.
public final class LockNames {

  private static final String PREFIX = "edj:";

  private LockNames() {}

  /// The key itself where it fits, otherwise as much of its hash as fits.
  public static String name(String key, int longest) {
    String name = PREFIX + key;
    return name.length() <= longest ? name : hashed(key, longest);
  }

  public static String hashed(String key, int longest) {
    String name = PREFIX + HexFormat.of().formatHex(hash(key));
    return name.substring(0, Math.min(name.length(), longest));
  }

  /// The first 64 bits of the key's hash, for engines whose locks have numbers.
  public static long number(String key) {
    return ByteBuffer.wrap(hash(key)).getLong();
  }

  static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
