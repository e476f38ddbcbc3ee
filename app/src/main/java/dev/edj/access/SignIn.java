package dev.edj.access;

import org.jspecify.annotations.Nullable;

/// What a user shows to be known.
///
/// @param device where the token of it will be kept, so that it can be told from others
public record SignIn(String user, String password, @Nullable String device) {

  @Override
  public String toString() {
    return "SignIn[user=" + user + "]";
  }
}
