package dev.edj.shardmap;

import org.jspecify.annotations.Nullable;

/// A shard map that cannot be read, for a reason that is the map's, its store's or the login's. The
/// message says which, and what to do.
public final class ShardMapException extends Exception {

  /// What kind of trouble it is.
  public enum Code {
    /// The database does not have the tables.
    NOT_A_SHARD_MAP_MANAGER,
    /// The tables say that they are of a version this reader was not written for.
    UNKNOWN_VERSION,
    NO_SUCH_MAP,
    /// Several maps have this name, in one case or another.
    AMBIGUOUS_NAME,
    NO_PERMISSION,
    /// More rows than the reader was told to take.
    TOO_MANY_ROWS,
    /// May pass by itself: while its store is upgraded nobody can read it.
    TIMED_OUT
  }

  private final Code code;

  ShardMapException(Code code, String message) {
    this(code, message, null);
  }

  ShardMapException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
