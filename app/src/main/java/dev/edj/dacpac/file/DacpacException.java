package dev.edj.dacpac.file;

import org.jspecify.annotations.Nullable;

/// A package that is not deployed, and why; found before any database is touched. The message is
/// for the person who brought it.
public final class DacpacException extends Exception {

  /// What kind of trouble it is.
  public enum Code {
    /// Not a zip file, or a damaged one.
    NOT_A_PACKAGE,
    /// A part that every package has is not there.
    MISSING_PART,
    /// More, larger or deeper than this reader takes.
    TOO_LARGE,
    /// The model is not the one that the package was made with.
    WRONG_CHECKSUM,
    /// A part is not well-formed XML, or not of the form it must have.
    MALFORMED,
    /// Of a version that this reader was not written for.
    UNKNOWN_VERSION,
    /// It holds what this library does not handle; the message lists all of it.
    NOT_SUPPORTED,
    /// Made for servers that this one is not.
    WRONG_PLATFORM,
    /// An option, or the value of a variable, is not one that can be used.
    BAD_OPTION
  }

  private final Code code;

  public DacpacException(Code code, String message) {
    this(code, message, null);
  }

  public DacpacException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
