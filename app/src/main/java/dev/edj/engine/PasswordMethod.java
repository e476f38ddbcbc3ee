package dev.edj.engine;

/// Ways to log in with a password that give it, or what it can be guessed from, to whoever asks. A
/// server may ask for one only when its settings say so.
public enum PasswordMethod {
  /// PostgreSQL's older challenge: passwords can be tried on the answer, many millions a second.
  MD5,
  /// The password as it is, through TLS: what PostgreSQL and MySQL call so, and what tokens need.
  CLEAR_TEXT;

  /// Whether servers of that kind can ask for it.
  public boolean isOf(Engine engine) {
    return switch (engine) {
      case SqlServer _ -> false;
      case PostgreSql _ -> true;
      case MySql _, MariaDb _ -> this == CLEAR_TEXT;
    };
  }
}
