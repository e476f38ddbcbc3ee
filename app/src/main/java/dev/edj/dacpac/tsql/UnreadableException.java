package dev.edj.dacpac.tsql;

/// An expression is of a form that is not known here, or goes too deep.
final class UnreadableException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableException(String message) {
    super(message, null, false, false);
  }
}
