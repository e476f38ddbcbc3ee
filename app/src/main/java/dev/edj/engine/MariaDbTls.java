package dev.edj.engine;

import java.sql.SQLException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.TlsSocketPlugin;

/// Has the driver of MariaDB check servers as [ServerTrust] does. By itself it would accept an
/// unknown certificate, too, and ask for proof of identity only after the login. It finds this
/// class as a service.
public final class MariaDbTls implements TlsSocketPlugin {

  static final String TYPE = "EDJ";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public TrustManager[] getTrustManager(
      Configuration configuration, ExceptionFactory exceptions, HostAddress host)
      throws SQLException {
    return new TrustManager[] {new ServerTrust(Dialling.of(configuration))};
  }

  @Override
  public KeyManager @Nullable [] getKeyManager(
      Configuration configuration, ExceptionFactory exceptions) {
    return Dialling.of(configuration).proof();
  }
}
