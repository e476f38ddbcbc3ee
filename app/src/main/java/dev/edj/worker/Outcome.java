package dev.edj.worker;

import org.jspecify.annotations.Nullable;

/// How an attempt ended, in words.
record Outcome(Verdict verdict, @Nullable String message, @Nullable String stack) {

  static final Outcome SUCCESS = new Outcome(Verdict.SUCCESS, null, null);

  static Outcome success(String message) {
    return new Outcome(Verdict.SUCCESS, message, null);
  }

  static Outcome hopeless(Exception e) {
    return hopeless(String.valueOf(e.getMessage()));
  }

  static Outcome hopeless(String message) {
    return new Outcome(Verdict.HOPELESS, message, null);
  }
}
