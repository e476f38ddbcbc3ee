package dev.edj.engine.rows;

import static dev.edj.engine.rows.RowSpoolTest.bytes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Values that no person would think of.
final class RandomRow {

  private static final String ALPHABET = "aZ0 '\"\\\t\n\r,;%_é漢🦆\u00A0`[]{}$";

  private RandomRow() {}

  /// Of `bigint`, `decimal(38,9)`, double, real, text, `varchar(40)`, binary, `timestamp(6)`, uuid.
  static List<byte @Nullable []> of(RandomGenerator random) {
    List<byte @Nullable []> row = new ArrayList<>();
    row.add(bytes(Long.toString(random.nextLong() >> random.nextInt(64))));
    row.add(bytes(decimal(random)));
    row.add(bytes(Double.toString(finite(random))));
    row.add(bytes(Float.toString(finiteFloat(random))));
    row.add(bytes(text(random, 200)));
    row.add(bytes(text(random, 10)));
    row.add(binary(random));
    row.add(bytes(timestamp(random)));
    row.add(bytes(new UUID(random.nextLong(), random.nextLong()).toString()));
    for (int i = 0; i < row.size(); i++) {
      if (random.nextInt(8) == 0) {
        row.set(i, null);
      }
    }
    return row;
  }

  private static String decimal(RandomGenerator random) {
    byte[] digits = new byte[random.nextInt(1, 15)];
    random.nextBytes(digits);
    return new BigDecimal(new BigInteger(digits), 9).toPlainString();
  }

  private static double finite(RandomGenerator random) {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : 0.1;
  }

  private static float finiteFloat(RandomGenerator random) {
    float value = Float.intBitsToFloat(random.nextInt());
    return Float.isFinite(value) ? value : 0.1f;
  }

  private static String text(RandomGenerator random, int longest) {
    StringBuilder text = new StringBuilder();
    int[] characters = ALPHABET.codePoints().toArray();
    for (int i = random.nextInt(longest); i > 0; i--) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }

  private static byte[] binary(RandomGenerator random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String timestamp(RandomGenerator random) {
    long first = LocalDateTime.of(1, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    long last = LocalDateTime.of(9999, 12, 31, 23, 59).toEpochSecond(ZoneOffset.UTC);
    int nanoseconds = random.nextInt(1_000_000) * 1_000;
    return Moments.text(
        LocalDateTime.ofEpochSecond(random.nextLong(first, last), nanoseconds, ZoneOffset.UTC));
  }
}
