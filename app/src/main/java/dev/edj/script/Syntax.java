package dev.edj.script;

import java.util.Optional;

/// What a dialect's scripts look like: everything in which the dialects differ.
///
/// Methods that skip move the cursor by at least one character, and never past the end.
interface Syntax {

  /// The separator or command that takes this line, with the cursor behind it; empty, with the
  /// cursor where it was, if this is a line like any other. Asked at the start of each line that is
  /// not inside a string or a comment.
  Optional<Piece> readLine(Cursor cursor) throws ScriptException;

  boolean atComment(Cursor cursor);

  void skipComment(Cursor cursor) throws ScriptException;

  /// Over a string, a name or a single character, whichever begins here.
  void skipToken(Cursor cursor) throws ScriptException;

  /// The length of the batch delimiter that stands here within a line; 0 if none does.
  default int delimiterLength(Cursor cursor) {
    return 0;
  }

  /// Whether a `$(` that begins no reference is a mistake, or plain text.
  boolean strictReferences();

  /// Whether a batch of nothing but comments is sent.
  boolean sendsCommentsAlone();

  /// Whether white space around a batch is left out.
  boolean trimsBatches();
}
