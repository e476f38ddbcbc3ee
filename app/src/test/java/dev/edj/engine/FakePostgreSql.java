package dev.edj.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.edj.engine.FakeServer.Conversation;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;

/// What a PostgreSQL server says in a login. Source: PostgreSQL documentation, "Message Formats".
final class FakePostgreSql {

  static final int CLEAR_TEXT = 3;
  static final int MD5 = 5;
  static final int KERBEROS = 7;
  static final int WINDOWS = 9;
  static final int SASL = 10;
  static final int NOTHING = 0;

  private static final byte[] SALT = {1, 2, 3, 4};

  private static final byte[] READY = {'Z', 0, 0, 0, 5, 'I'};

  private FakePostgreSql() {}

  /// Does not encrypt.
  static Conversation withoutTls() {
    return wire -> {
      readStartup(wire.in());
      wire.out().write('N');
      readStartup(wire.in());
    };
  }

  /// Encrypts, and takes the login.
  static Conversation encrypting(SSLContext context) {
    return wire -> {
      readStartup(wire.in());
      wire.out().write('S');
      wire.encrypt(context);
      readStartup(wire.in());
    };
  }

  /// Does not encrypt, and demands one way to log in.
  static Conversation demanding(int method) {
    return wire -> {
      readStartup(wire.in());
      demand(wire.out(), method);
      readAnswer(wire.in());
    };
  }

  /// The same through TLS.
  static Conversation demanding(SSLContext context, int method) {
    return wire -> {
      readStartup(wire.in());
      wire.out().write('S');
      wire.encrypt(context);
      readStartup(wire.in());
      demand(wire.out(), method);
      readAnswer(wire.in());
    };
  }

  /// Encrypts, asks for nothing, and does as if all that it is told were done.
  static Conversation lettingInWithoutQuestion(SSLContext context) {
    return wire -> {
      readStartup(wire.in());
      wire.out().write('S');
      wire.encryptWithoutQuestion(context);
      readStartup(wire.in());
      demand(wire.out(), NOTHING);
      for (String parameter :
          List.of("server_version\0" + "17.0\0", "client_encoding\0UTF8\0", "DateStyle\0ISO\0")) {
        wire.out().write('S');
        wire.out().writeInt(4 + parameter.length());
        wire.out().write(parameter.getBytes(US_ASCII));
      }
      wire.out().write(READY);
      for (byte type = wire.in().readByte(); type != 'X'; type = wire.in().readByte()) {
        readStartup(wire.in());
        if (type == 'Q') {
          wire.out().write(new byte[] {'C', 0, 0, 0, 8, 'S', 'E', 'T', 0});
          wire.out().write(READY);
        }
      }
    };
  }

  /// What a client answers to [#MD5].
  static String md5(String user, String password) {
    byte[] inner = md5Hex((password + user).getBytes(StandardCharsets.UTF_8)).getBytes(US_ASCII);
    byte[] salted = Arrays.copyOf(inner, inner.length + SALT.length);
    System.arraycopy(SALT, 0, salted, inner.length, SALT.length);
    return "md5" + md5Hex(salted);
  }

  private static String md5Hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void readStartup(DataInputStream in) throws IOException {
    in.readNBytes(in.readInt() - 4);
  }

  private static void readAnswer(DataInputStream in) throws IOException {
    in.readByte();
    readStartup(in);
  }

  private static void demand(DataOutputStream out, int method) throws IOException {
    byte[] data =
        switch (method) {
          case MD5 -> SALT;
          case SASL -> "PLAIN\0\0".getBytes(US_ASCII);
          default -> new byte[0];
        };
    out.write('R');
    out.writeInt(8 + data.length);
    out.writeInt(method);
    out.write(data);
    out.flush();
  }
}
