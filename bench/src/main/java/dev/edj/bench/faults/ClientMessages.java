package dev.edj.bench.faults;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what a client of PostgreSQL sends, message by message (protocol 3), and knows which
/// message makes the server commit.
final class ClientMessages {

  private static final int PROTOCOL = 3;
  private static final int LENGTH_BYTES = 4;
  private static final int LONGEST = 1 << 28;

  private final DataInputStream in;

  /// Names of prepared statements that are a COMMIT.
  private final Set<String> commits = new HashSet<>();

  private boolean started;
  private boolean commitBound;

  /// Whether a BEGIN was sent as a statement of its own, and no end of it yet.
  private boolean begun;

  /// What the server commits on a message, before it answers.
  enum Commit {
    NONE,
    OF_A_STATEMENT,
    OF_A_TRANSACTION
  }

  ClientMessages(InputStream in) {
    this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
  }

  /// The next message, with its type and length; null when the client has closed the connection.
  byte @Nullable [] next() throws IOException {
    try {
      return started ? typed() : startUp();
    } catch (EOFException e) {
      return null;
    }
  }

  /// Whether a whole message may be there already.
  boolean more() throws IOException {
    return in.available() > LENGTH_BYTES;
  }

  /// What the server commits on this message. To be asked for each, in order.
  Commit commit(byte[] message) {
    return switch (message[0]) {
      case 'Q' -> ofText(text(message, 5));
      case 'P' -> {
        String name = text(message, 5);
        String sql = text(message, 5 + name.length() + 1);
        if (sql.strip().equalsIgnoreCase("COMMIT")) {
          commits.add(name);
        } else {
          commits.remove(name);
        }
        yield Commit.NONE;
      }
      case 'B' -> {
        String portal = text(message, 5);
        commitBound = commits.contains(text(message, 5 + portal.length() + 1));
        yield Commit.NONE;
      }
      case 'S' -> {
        Commit commit = commitBound ? Commit.OF_A_TRANSACTION : Commit.NONE;
        commitBound = false;
        yield commit;
      }
      default -> Commit.NONE;
    };
  }

  /// A batch without BEGIN is one transaction of its own.
  private Commit ofText(String sql) {
    String upper = sql.strip().toUpperCase(Locale.ROOT);
    boolean within = begun;
    if (upper.endsWith("COMMIT") || upper.startsWith("ROLLBACK")) {
      begun = false;
      return upper.endsWith("COMMIT") ? Commit.OF_A_TRANSACTION : Commit.NONE;
    }
    begun = within || upper.startsWith("BEGIN");
    return begun ? Commit.NONE : Commit.OF_A_STATEMENT;
  }

  /// What comes before the login has no type; of it only the start-up message has version 3.
  private byte[] startUp() throws IOException {
    int length = in.readInt();
    byte[] message = message(0, length);
    ByteBuffer.wrap(message).putInt(length);
    in.readFully(message, LENGTH_BYTES, length - LENGTH_BYTES);
    started = ByteBuffer.wrap(message).getShort(LENGTH_BYTES) == PROTOCOL;
    return message;
  }

  private byte[] typed() throws IOException {
    byte type = in.readByte();
    int length = in.readInt();
    byte[] message = message(1, length);
    ByteBuffer.wrap(message).put(type).putInt(length);
    in.readFully(message, 1 + LENGTH_BYTES, length - LENGTH_BYTES);
    return message;
  }

  private static byte[] message(int typeBytes, int length) throws IOException {
    if (length < LENGTH_BYTES || length > LONGEST) {
      throw new IOException("not a message of PostgreSQL's protocol: %d bytes".formatted(length));
    }
    return new byte[typeBytes + length];
  }

  private static String text(byte[] message, int from) {
    int end = from;
    while (end < message.length && message[end] != 0) {
      end++;
    }
    // One character a byte, so that lengths are those of the message.
    return new String(message, from, end - from, StandardCharsets.ISO_8859_1);
  }
}
