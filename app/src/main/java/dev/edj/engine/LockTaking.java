package dev.edj.engine;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How an attempt gets the application lock of its work, the same for all engines.
///
/// Whoever holds it is a session that an earlier attempt of the same work left behind: its node is
/// gone, and its server has not noticed. It is given time to end by itself and is then ended. Ended
/// is only a session that holds this very lock, shows up under the name of the session that wants
/// it, and is older: a node that wakes up late must not end the attempt that took its place.
final class LockTaking {

  /// Between two looks at who holds the lock. MySQL counts in whole seconds.
  private static final Duration ROUND = Duration.ofSeconds(1);

  private final JdbcSession session;
  private final Dialogue dialogue;
  private final String key;
  private final Consumer<String> log;

  private @Nullable LockHolder holder;
  private long dealtWith;
  private String obstacle = "";

  LockTaking(JdbcSession session, Dialogue dialogue, String key, Consumer<String> log) {
    this.session = session;
    this.dialogue = dialogue;
    this.key = key;
    this.log = log;
  }

  void take(Duration patience, Duration limit) throws TargetException {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean locked = tryLock(shorter(patience, limit));
    Duration left = leftUntil(deadline);
    while (!locked && left.isPositive()) {
      endLeftover();
      locked = tryLock(shorter(ROUND, left));
      left = leftUntil(deadline);
    }
    if (!locked) {
      look();
      throw new TargetException(TargetError.of(kind(), complaint(limit), true, null));
    }
  }

  private boolean tryLock(Duration wait) throws TargetException {
    return session.perform(() -> dialogue.tryLock(key, wait));
  }

  private void endLeftover() throws TargetException {
    look();
    LockHolder found = holder;
    if (found == null || found.session() == dealtWith) {
      return;
    }
    dealtWith = found.session();
    if (!found.isOf(dialogue.applicationName())) {
      obstacle =
          "It does not call itself '" + dialogue.applicationName() + "', so it is not ended.";
      return;
    }
    if (!found.earlier()) {
      obstacle = "It was opened later than this one, so it is not ended.";
      return;
    }
    try {
      if (session.perform(() -> dialogue.endHolder(key, found))) {
        log.accept(
            "ended the "
                + found
                + ", left over from an earlier attempt, because it held the lock '"
                + key
                + "'");
        obstacle = "It was told to end, and has not yet.";
      }
    } catch (TargetException e) {
      obstacle = "It could not be ended" + reason(e, dialogue.permissionToEnd());
    }
  }

  private void look() throws TargetException {
    try {
      holder = session.perform(() -> dialogue.findHolder(key)).orElse(null);
    } catch (TargetException e) {
      obstacle = "Which session holds it cannot be seen" + reason(e, dialogue.permissionToLook());
    }
  }

  /// Only what the server refuses is a reason; a session that was canceled or lost goes no further.
  private static String reason(TargetException refusal, String permission) throws TargetException {
    if (refusal.error().kind() != TargetError.Kind.STATEMENT) {
      throw refusal;
    }
    return " (%s); that takes %s.".formatted(refusal.error().message().strip(), permission);
  }

  /// Anybody who may log in to the database can take the lock, and call themselves what they like;
  /// only the user is the server's own word.
  private TargetError.Kind kind() {
    LockHolder found = holder;
    if (found == null) {
      return TargetError.Kind.UNSEEN_LOCK;
    }
    return found.sameUser() && found.isOf(dialogue.applicationName())
        ? TargetError.Kind.LOCK
        : TargetError.Kind.FOREIGN_LOCK;
  }

  private String complaint(Duration limit) {
    String who = holder == null ? "" : " It is held by " + holder + ".";
    return "%s: the application lock '%s' was not free within %d ms.%s%s"
        .formatted(
            kind() == TargetError.Kind.FOREIGN_LOCK
                ? "A session that is not known as an attempt of this work keeps it out of this database"
                : "Another attempt still runs in this database",
            key,
            limit.toMillis(),
            who,
            obstacle.isEmpty() ? "" : " " + obstacle);
  }

  private static Duration leftUntil(long deadline) {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
