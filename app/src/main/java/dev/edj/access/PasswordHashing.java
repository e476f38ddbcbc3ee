package dev.edj.access;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.security.Secret;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Argon2id (RFC 9106), at OWASP's cost: 19 MiB and two passes for each guess.
///
/// Only a few are computed at once, so that sign-ins take neither the memory nor the processors
/// that the service works with.
final class PasswordHashing {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;

  private static final int MOST_AT_ONCE = 4;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Argon2PasswordEncoder argon2 =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /// Of a password that nobody knows: what is compared where there is no user takes as long.
  private volatile @Nullable String nobodys;

  String hash(String password) {
    return inTurn(() -> encoded(password));
  }

  /// @param hash null for a user who does not exist, or has no password; no password is theirs
  boolean matches(String password, @Nullable String hash) {
    return inTurn(() -> {
      boolean same = argon2.matches(password, hash == null ? nobodys() : hash);
      return same && hash != null;
    });
  }

  /// Whether a hash was made at another cost than today's.
  boolean isOutdated(String hash) {
    return argon2.upgradeEncoding(hash);
  }

  private String nobodys() {
    String known = nobodys;
    if (known == null) {
      known = encoded(Secret.random().text());
      nobodys = known;
    }
    return known;
  }

  private String encoded(String password) {
    String hash = argon2.encode(password);
    if (hash == null) {
      throw new IllegalStateException("only no password has no hash");
    }
    return hash;
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (!places.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new EdjException(
            ErrorCode.TOO_MANY_SIGN_INS,
            null,
            "too many people sign in at this moment; try again in a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EdjException(ErrorCode.STOPPING, null, "the service is stopping", e);
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
