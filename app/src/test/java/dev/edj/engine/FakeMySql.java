package dev.edj.engine;

import dev.edj.engine.FakeServer.Conversation;
import dev.edj.engine.FakeServer.Wire;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// What a MySQL server says in a login. Source: MySQL Internals, "Connection Phase".
final class FakeMySql {

  static final String NATIVE = "mysql_native_password";
  static final String CLEAR_TEXT = "mysql_clear_password";

  private static final int TLS = 0x800;
  private static final int CAPABILITIES = 0x38_a209;
  private static final byte[] SEED = "01234567890123456789".getBytes(StandardCharsets.US_ASCII);

  private FakeMySql() {}

  /// Does not encrypt.
  static Conversation withoutTls() {
    return wire -> {
      greet(wire.out(), CAPABILITIES, NATIVE);
      readPacket(wire.in());
    };
  }

  /// Encrypts, and takes the login.
  static Conversation encrypting(SSLContext context) {
    return wire -> {
      greet(wire.out(), CAPABILITIES | TLS, NATIVE);
      readPacket(wire.in());
      wire.encrypt(context);
      readPacket(wire.in());
    };
  }

  /// Demands one way to log in at once.
  ///
  /// @param context null for no encryption
  static Conversation demanding(@Nullable SSLContext context, String method) {
    return wire -> {
      begin(wire, context, method);
      readPacket(wire.in());
    };
  }

  /// Begins with the usual way, and then wants another one.
  static Conversation switchingTo(@Nullable SSLContext context, String method) {
    return wire -> {
      switchTo(wire, context, method);
      readPacket(wire.in());
    };
  }

  /// Says that it has to be told the whole password, as MySQL does when it has not seen it yet.
  static Conversation wantingAllOfIt(@Nullable SSLContext context) {
    return wire -> {
      switchTo(wire, context, "caching_sha2_password");
      int sequence = readPacket(wire.in());
      send(wire.out(), sequence + 1, new byte[] {1, 4});
      readPacket(wire.in());
    };
  }

  private static void switchTo(Wire wire, @Nullable SSLContext context, String method)
      throws IOException {
    begin(wire, context, NATIVE);
    int sequence = readPacket(wire.in());
    ByteArrayOutputStream demand = new ByteArrayOutputStream();
    demand.write(0xfe);
    demand.writeBytes((method + "\0").getBytes(StandardCharsets.US_ASCII));
    demand.writeBytes(SEED);
    demand.write(0);
    send(wire.out(), sequence + 1, demand.toByteArray());
  }

  private static void begin(Wire wire, @Nullable SSLContext context, String method)
      throws IOException {
    greet(wire.out(), context == null ? CAPABILITIES : CAPABILITIES | TLS, method);
    if (context != null) {
      readPacket(wire.in());
      wire.encrypt(context);
    }
  }

  private static void greet(DataOutputStream out, int capabilities, String method)
      throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(10);
    packet.writeBytes("8.4.0\0".getBytes(StandardCharsets.US_ASCII));
    packet.writeBytes(new byte[] {1, 0, 0, 0});
    packet.write(SEED, 0, 8);
    packet.write(0);
    packet.write(capabilities & 0xff);
    packet.write(capabilities >> 8 & 0xff);
    packet.write(45);
    packet.writeBytes(new byte[] {2, 0});
    packet.write(capabilities >> 16 & 0xff);
    packet.write(capabilities >> 24 & 0xff);
    packet.write(SEED.length + 1);
    packet.writeBytes(new byte[10]);
    packet.write(SEED, 8, 12);
    packet.write(0);
    packet.writeBytes((method + "\0").getBytes(StandardCharsets.US_ASCII));
    send(out, 0, packet.toByteArray());
  }

  private static void send(DataOutputStream out, int sequence, byte[] packet) throws IOException {
    out.write(packet.length & 0xff);
    out.write(packet.length >> 8);
    out.write(0);
    out.write(sequence);
    out.write(packet);
    out.flush();
  }

  /// The number of the packet.
  private static int readPacket(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
    int sequence = in.readUnsignedByte();
    in.readNBytes(length);
    return sequence;
  }
}
