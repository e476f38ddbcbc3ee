package dev.edj.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// Encrypts the connection to a server that [ServerTrust] accepts, and shows it the login's
/// certificate. The PostgreSQL driver creates it by name; its own factory would look for files in
/// the home directory.
public final class TlsSocketFactory extends SSLSocketFactory {

  private final SSLSocketFactory factory;

  public TlsSocketFactory() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    Dialling dialling = Dialling.CURRENT.get();
    context.init(dialling.proof(), new TrustManager[] {new ServerTrust(dialling)}, null);
    factory = context.getSocketFactory();
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
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return factory.createSocket(socket, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw onlyLayered();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw onlyLayered();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw onlyLayered();
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw onlyLayered();
  }

  private static UnsupportedOperationException onlyLayered() {
    return new UnsupportedOperationException("this factory encrypts connections that are there");
  }
}
