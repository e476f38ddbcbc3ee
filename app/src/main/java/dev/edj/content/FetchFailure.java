package dev.edj.content;

import org.jspecify.annotations.Nullable;

/// A package could not be fetched, for a reason that may pass by itself.
public final class FetchFailure extends Exception {

  FetchFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
