package dev.edj.engine.rows;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Sends rows to PostgreSQL in the text format of `COPY`, from bytes to bytes, in statements of
/// some megabytes each: within one, a server waits for the next byte whatever limits it was told,
/// so they are of use only between two.
final class CopyText {

  private static final int BUFFER = 64 * 1024;

  /// Of one statement, but for its last row.
  private static final int PORTION = 8 << 20;

  /// What stands behind the backslash, for characters that have a meaning in the format.
  private static final byte[] ESCAPES = escapes();

  private static final byte NO_TEXT = 1;
  private static final byte[] HEX = Moments.ascii("0123456789abcdef");

  private final PGConnection connection;
  private final String command;
  private final byte[] buffer = new byte[BUFFER];
  private int used;
  private @Nullable CopyIn copy;
  private int sent;

  /// @param command `COPY … FROM STDIN`
  CopyText(PGConnection connection, String command) {
    this.connection = connection;
    this.command = command;
  }

  private static byte[] escapes() {
    byte[] escapes = new byte[256];
    String special = "\b\f\n\r\t\u000B\\";
    String letters = "bfnrtv\\";
    for (int i = 0; i < special.length(); i++) {
      escapes[special.charAt(i)] = (byte) letters.charAt(i);
    }
    escapes[0] = NO_TEXT;
    return escapes;
  }

  void endOfValue() throws SQLException {
    append('\t');
  }

  /// Ends a row, of which the last value was ended too.
  void endOfRow() throws SQLException {
    buffer[used - 1] = '\n';
    if (sent + used >= PORTION) {
      endPortion();
    }
  }

  void endPortion() throws SQLException {
    flush();
    CopyIn open = copy;
    copy = null;
    if (open != null) {
      open.endCopy();
    }
    sent = 0;
  }

  /// After a failure, so that the connection can be used again.
  void cancel() throws SQLException {
    CopyIn open = copy;
    copy = null;
    if (open != null && open.isActive()) {
      open.cancelCopy();
    }
  }

  void appendNull() throws SQLException {
    append('\\');
    append('N');
  }

  /// Appends text in which nothing has a meaning.
  void append(byte[] text, int start, int end) throws SQLException {
    int length = end - start;
    if (length > BUFFER - used) {
      flush();
    }
    if (length > BUFFER) {
      send(text, start, length);
    } else {
      System.arraycopy(text, start, buffer, used, length);
      used += length;
    }
  }

  /// Appends any text; false when it has a NUL character, which PostgreSQL cannot store.
  boolean appendEscaped(byte[] text, int start, int end) throws SQLException {
    int from = start;
    for (int i = start; i < end; i++) {
      byte escape = ESCAPES[text[i] & 0xFF];
      if (escape != 0) {
        if (escape == NO_TEXT) {
          return false;
        }
        append(text, from, i);
        append('\\');
        append((char) escape);
        from = i + 1;
      }
    }
    append(text, from, end);
    return true;
  }

  void appendHex(byte[] bytes, int start, int end) throws SQLException {
    append('\\');
    append('\\');
    append('x');
    for (int i = start; i < end; i++) {
      append((char) HEX[(bytes[i] >> 4) & 0xF]);
      append((char) HEX[bytes[i] & 0xF]);
    }
  }

  /// @param character of ASCII
  void append(char character) throws SQLException {
    if (used == BUFFER) {
      flush();
    }
    buffer[used++] = (byte) character;
  }

  private void flush() throws SQLException {
    if (used > 0) {
      send(buffer, 0, used);
      used = 0;
    }
  }

  private void send(byte[] bytes, int start, int length) throws SQLException {
    CopyIn open = copy;
    if (open == null) {
      open = connection.getCopyAPI().copyIn(command);
      copy = open;
    }
    open.writeToCopy(bytes, start, length);
    sent += length;
  }
}
