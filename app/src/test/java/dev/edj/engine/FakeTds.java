package dev.edj.engine;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What a SQL Server says in a login. Source: [MS-TDS] 2.2.6.5 (PRELOGIN), 2.2.7.9 (ENVCHANGE),
/// 2.2.7.14 (LOGINACK).
final class FakeTds {

  private static final int ANSWER = 0x04;
  private static final int LAST_PACKET = 0x01;
  private static final int HEADER = 8;

  private static final byte[] PRELOGIN_WITHOUT_TLS = {
    0,
    0,
    11,
    0,
    6, // version
    1,
    0,
    17,
    0,
    1, // encryption
    (byte) 0xff,
    16,
    0,
    0,
    0,
    0,
    0,
    2 // not supported
  };

  private FakeTds() {}

  /// Takes the login, and sends its client elsewhere with it.
  static FakeServer.Conversation redirecting(String host, int port) {
    return (in, out) -> {
      readMessage(in);
      send(out, PRELOGIN_WITHOUT_TLS);
      readMessage(in);
      send(out, routing(host, port), loginAcknowledged(), done());
      readMessage(in);
    };
  }

  /// Reads one message of the client.
  static void readMessage(DataInputStream in) throws IOException {
    boolean last = false;
    while (!last) {
      in.readUnsignedByte();
      last = (in.readUnsignedByte() & LAST_PACKET) != 0;
      in.readNBytes(in.readUnsignedShort() - 4);
    }
  }

  static void send(DataOutputStream out, byte[]... tokens) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] token : tokens) {
      body.write(token);
    }
    out.writeByte(ANSWER);
    out.writeByte(LAST_PACKET);
    out.writeShort(HEADER + body.size());
    out.writeInt(0x0000_0100);
    body.writeTo(out);
    out.flush();
  }

  private static byte[] routing(String host, int port) {
    byte[] name = host.getBytes(StandardCharsets.UTF_16LE);
    int value = 1 + 2 + 2 + name.length;
    return ByteBuffer.allocate(3 + 1 + 2 + value + 2)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xe3)
        .putShort((short) (1 + 2 + value + 2))
        .put((byte) 20)
        .putShort((short) value)
        .put((byte) 0)
        .putShort((short) port)
        .putShort((short) host.length())
        .put(name)
        .putShort((short) 0)
        .array();
  }

  private static byte[] loginAcknowledged() {
    byte[] program = "Microsoft SQL Server".getBytes(StandardCharsets.UTF_16LE);
    int length = 1 + 4 + 1 + program.length + 4;
    return ByteBuffer.allocate(3 + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xad)
        .putShort((short) length)
        .put((byte) 1)
        .put(new byte[] {0x74, 0, 0, 4})
        .put((byte) (program.length / 2))
        .put(program)
        .put(new byte[] {16, 0, 0, 0})
        .array();
  }

  private static byte[] done() {
    byte[] done = new byte[13];
    done[0] = (byte) 0xfd;
    return done;
  }
}
