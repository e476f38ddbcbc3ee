package dev.edj.engine;

import dev.edj.engine.FakeServer.Conversation;
import dev.edj.engine.FakeServer.Wire;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/// What a SQL Server says in a login. Source: [MS-TDS] 2.2.6.5 (PRELOGIN), 2.2.7.9 (ENVCHANGE),
/// 2.2.7.14 (LOGINACK).
final class FakeTds {

  static final int ENCRYPTION_OFF = 0;
  static final int ENCRYPTION_ON = 1;
  static final int NO_ENCRYPTION = 2;

  private static final int ANSWER = 0x04;
  private static final int PRELOGIN = 0x12;
  private static final int LAST_PACKET = 0x01;
  private static final int HEADER = 8;

  private FakeTds() {}

  /// Takes the login and says nothing to it.
  static Conversation takingLogins(SSLContext context) {
    return wire -> {
      readMessage(wire.in());
      sendPrelogin(wire.out(), ENCRYPTION_ON);
      encrypt(wire, context);
      readMessage(wire.in());
    };
  }

  /// Answers the first question about encryption so, and then waits for the login.
  static Conversation answering(int encryption) {
    return wire -> {
      readMessage(wire.in());
      sendPrelogin(wire.out(), encryption);
      readMessage(wire.in());
    };
  }

  /// Takes the login, and sends its client elsewhere with it.
  static Conversation redirecting(String host, int port) {
    return wire -> {
      readMessage(wire.in());
      sendPrelogin(wire.out(), NO_ENCRYPTION);
      readMessage(wire.in());
      sendRouting(wire.out(), host, port);
      readMessage(wire.in());
    };
  }

  /// The same through TLS.
  static Conversation redirecting(SSLContext context, String host, int port) {
    return wire -> {
      readMessage(wire.in());
      sendPrelogin(wire.out(), ENCRYPTION_ON);
      encrypt(wire, context);
      readMessage(wire.in());
      sendRouting(wire.out(), host, port);
      readMessage(wire.in());
    };
  }

  /// How a password stands in a login: its digits changed places and inverted by halves, which
  /// protects it from nobody.
  static byte[] obfuscated(String password) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_16LE);
    for (int i = 0; i < bytes.length; i++) {
      int b = bytes[i] & 0xff;
      bytes[i] = (byte) (((b << 4) | (b >> 4)) ^ 0xa5);
    }
    return bytes;
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

  private static void sendPrelogin(DataOutputStream out, int encryption) throws IOException {
    byte[] version = {0, 0, 11, 0, 6};
    byte[] encrypting = {1, 0, 17, 0, 1};
    byte[] end = {(byte) 0xff};
    byte[] values = {16, 0, 0, 0, 0, 0, (byte) encryption};
    send(out, ANSWER, version, encrypting, end, values);
  }

  private static void sendRouting(DataOutputStream out, String host, int port) throws IOException {
    send(out, ANSWER, routing(host, port), loginAcknowledged(), done());
  }

  private static void send(OutputStream out, int type, byte[]... parts) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.write(part);
    }
    ByteBuffer packet =
        ByteBuffer.allocate(HEADER + body.size())
            .put((byte) type)
            .put((byte) LAST_PACKET)
            .putShort((short) (HEADER + body.size()))
            .putInt(0x0000_0100)
            .put(body.toByteArray());
    out.write(packet.array());
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

  /// The handshake travels in messages of the protocol; what comes after it does not.
  private static void encrypt(Wire wire, SSLContext context) throws IOException {
    Carrying[] carrying = new Carrying[1];
    wire.encryptOld(context, client -> carrying[0] = new Carrying(client));
    carrying[0].endHandshake();
  }

  /// What a handshake is carried by: all that one side says before it listens is one message.
  private static final class Carrying extends Socket {

    private final Socket client;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private boolean handshaking = true;

    Carrying(Socket client) {
      this.client = client;
    }

    void endHandshake() throws IOException {
      sendMessage();
      handshaking = false;
    }

    private void sendMessage() throws IOException {
      if (message.size() > 0) {
        send(client.getOutputStream(), PRELOGIN, message.toByteArray());
        message.reset();
      }
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      DataInputStream in = new DataInputStream(client.getInputStream());
      return new InputStream() {

        private int left;

        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          if (!handshaking && left == 0) {
            return in.read(bytes, offset, length);
          }
          if (left == 0) {
            sendMessage();
            in.readUnsignedShort();
            left = in.readUnsignedShort() - HEADER;
            in.readInt();
          }
          int read = in.read(bytes, offset, Math.min(left, length));
          left -= read;
          return read;
        }
      };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      OutputStream out = client.getOutputStream();
      return new OutputStream() {

        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          (handshaking ? message : out).write(bytes, offset, length);
        }
      };
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }
}
