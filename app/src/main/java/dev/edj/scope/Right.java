package dev.edj.scope;

/// What a role gives that somebody may have in some collections only. Seeing is not among it:
/// whoever may see anything sees everything.
public enum Right {
  /// Having work done that others wrote, and stopping it.
  RUN("Operator"),
  /// Saying what is to be done, and when.
  WRITE("Author");

  private final String role;

  Right(String role) {
    this.role = role;
  }

  /// The first role that has it.
  public String role() {
    return role;
  }
}
