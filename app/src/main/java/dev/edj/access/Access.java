package dev.edj.access;

import org.jdbi.v3.core.Jdbi;

/// The parts of this package, which know each other.
public record Access(Users users, Tokens tokens, SignIns signIns, Callers callers) {

  public static Access of(Jdbi jdbi) {
    PasswordHashing hashing = new PasswordHashing();
    Users users = new Users(jdbi, hashing);
    Tokens tokens = new Tokens(jdbi, users);
    return new Access(users, tokens, new SignIns(jdbi, hashing, tokens), new Callers(jdbi));
  }
}
