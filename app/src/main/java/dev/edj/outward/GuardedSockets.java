package dev.edj.outward;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/// Makes TLS of a connection that stands, when it leads where it may: what a name meant when it was
/// looked up may be something else by the time it is dialled.
final class GuardedSockets extends SSLSocketFactory {

  private final SSLSocketFactory factory;
  private final AddressRule rule;

  interface AddressRule {
    void require(InetAddress address) throws IOException;
  }

  GuardedSockets(SSLSocketFactory factory, AddressRule rule) {
    this.factory = factory;
    this.rule = rule;
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    rule.require(connected.getInetAddress());
    return factory.createSocket(connected, host, port, autoClose);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw onlyConnected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw onlyConnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw onlyConnected();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
      throws IOException {
    throw onlyConnected();
  }

  private static IOException onlyConnected() {
    return new IOException("only a connection that stands can be made TLS");
  }
}
