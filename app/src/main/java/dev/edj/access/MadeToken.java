package dev.edj.access;

/// A token that was made now.
///
/// @param secret what is to be shown as the token; nobody can find it out again
public record MadeToken(Token token, String secret) {

  @Override
  public String toString() {
    return "MadeToken[token=" + token + "]";
  }
}
