package dev.edj.engine;

/// A failure at a target. The driver's own exception stays behind: its texts are in the error,
/// cleared of the password.
public final class TargetException extends Exception {

  private final transient TargetError error;

  public TargetException(TargetError error) {
    super(error.message());
    this.error = error;
  }

  public TargetError error() {
    return error;
  }
}
