package dev.edj.access;

import org.jdbi.v3.core.Jdbi;

/// The parts of this package, which know each other.
public record Access(Users users, Tokens tokens, SignIns signIns, Callers callers) {

  public static Access of(Jdbi jdbi) {
    PasswordHashing hashing = new PasswordHashing();
    SignInLimits limits = new SignInLimits(jdbi);
    Users users = new Users(jdbi, hashing, limits);
    Tokens tokens = new Tokens(jdbi, users);
    return new Access(users, tokens, new SignIns(jdbi, hashing, limits, tokens), new Callers(jdbi));
  }
}
