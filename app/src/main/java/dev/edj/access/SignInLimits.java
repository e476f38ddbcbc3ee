package dev.edj.access;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Has whoever guesses passwords wait, longer each time, on whichever node they try: for one name
/// from whatever address, and from one address for whatever names.
///
/// An attempt counts as failed from its beginning until it is known to be right, so that many at
/// once are no more than one after the other. Names are counted whether there is such a user or
/// not; of names and addresses only digests are kept, because people type passwords into the wrong
/// field.
final class SignInLimits {

  private static final int FAILURES_OF_A_NAME = 5;

  /// An office may be one address.
  private static final int FAILURES_FROM_AN_ADDRESS = 20;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  /// Whoever has a network of IPv6 has all addresses of it.
  private static final int BYTES_OF_AN_IPV6_NETWORK = 8;

  private final SignInLimitStore store;

  SignInLimits(Jdbi jdbi) {
    this.store = jdbi.onDemand(SignInLimitStore.class);
  }

  /// An attempt that was let through.
  final class Attempt {

    private final byte[] name;
    private final byte[] address;

    private Attempt(byte[] name, byte[] address) {
      this.name = name;
      this.address = address;
    }

    /// It was right: the name begins anew, and the address has one failure less. Who knows one
    /// password would else guess others without end.
    void succeeded() {
      store.forget(name);
      store.takeBack(address);
    }
  }

  /// Refuses an attempt that comes too early; the wait does not grow by it.
  Attempt begin(String name, String address) {
    store.deleteOld();
    Attempt attempt = new Attempt(subject(name), digest("address", network(address)));
    count(attempt.address, FAILURES_FROM_AN_ADDRESS);
    count(attempt.name, FAILURES_OF_A_NAME);
    return attempt;
  }

  private void count(byte[] subject, int free) {
    if (store.count(subject, free, FIRST_WAIT.toSeconds(), LONGEST_WAIT.toSeconds()) == 0) {
      long seconds = Math.max(1, store.secondsToWait(subject));
      throw new EdjException(
          ErrorCode.TOO_MANY_SIGN_INS,
          null,
          "too many sign-ins failed; try again in %d seconds".formatted(seconds));
    }
  }

  /// Those of a name; empty for none that count.
  Optional<SignInFailures> failures(String name) {
    return store.find(subject(name));
  }

  private static byte[] subject(String name) {
    return digest("name", name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }

  /// A proxy may have said anything.
  private static byte[] network(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address.replaceFirst("%.*", "")).getAddress();
      return Arrays.copyOf(bytes, Math.min(bytes.length, BYTES_OF_AN_IPV6_NETWORK));
    } catch (IllegalArgumentException e) {
      return address.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static byte[] digest(String kind, byte[] subject) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((kind + ":").getBytes(StandardCharsets.UTF_8));
      return digest.digest(subject);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
