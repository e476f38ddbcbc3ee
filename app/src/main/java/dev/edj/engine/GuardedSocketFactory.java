package dev.edj.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/// Makes the sockets of all drivers: they connect only where their [Dialling] says, and notice
/// within a minute and a half that the other side is gone without a word, where the operating
/// system would take two hours.
///
/// The drivers create it by name. That of PostgreSQL keeps it for the connections by which it
/// cancels; that of MariaDB makes another one for these, on another thread, from the same
/// configuration. Keep-alive is switched on by each driver; that of SQL Server has times of its
/// own: the first probe after 30 s, and then one a second.
public final class GuardedSocketFactory extends ConfigurableSocketFactory {

  private static final int IDLE_SECONDS = 30;
  private static final int INTERVAL_SECONDS = 10;
  private static final int PROBES = 6;

  private @Nullable Dialling dialling;

  public GuardedSocketFactory() {
    dialling = Dialling.CURRENT.isBound() ? Dialling.CURRENT.get() : null;
  }

  @Override
  public void setConfiguration(Configuration configuration, String host) {
    dialling = Dialling.of(configuration);
  }

  @Override
  public Socket createSocket() throws IOException {
    if (dialling == null) {
      throw new IOException("nothing says where this socket may connect to");
    }
    Socket socket = new GuardedSocket(dialling);
    set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
    set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
    set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    return socket;
  }

  private static void set(Socket socket, SocketOption<Integer> option, int value)
      throws IOException {
    if (socket.supportedOptions().contains(option)) {
      socket.setOption(option, value);
    }
  }

  private static final class GuardedSocket extends Socket {

    private final Dialling dialling;

    GuardedSocket(Dialling dialling) {
      this.dialling = dialling;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress wanted)) {
        throw new IOException("only network addresses are connected to, not " + endpoint);
      }
      super.connect(dialling.allowed(wanted), timeout);
    }
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw onlyUnconnected();
  }

  private static UnsupportedOperationException onlyUnconnected() {
    return new UnsupportedOperationException("this factory makes unconnected sockets only");
  }
}
