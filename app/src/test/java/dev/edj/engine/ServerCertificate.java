package dev.edj.engine;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The certificate that a SQL Server shows to whoever logs in.
final class ServerCertificate {

  private static final AtomicReference<@Nullable X509Certificate> shown = new AtomicReference<>();

  private ServerCertificate() {}

  static X509Certificate of(ConnectionSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("serverName", settings.server().host());
    properties.setProperty("portNumber", String.valueOf(settings.server().portOrDefault()));
    properties.setProperty("user", "nobody");
    properties.setProperty("password", "nothing");
    properties.setProperty("encrypt", "true");
    properties.setProperty("connectRetryCount", "0");
    properties.setProperty("trustManagerClass", Keeping.class.getName());
    try {
      new SQLServerDriver().connect("jdbc:sqlserver://", properties).close();
    } catch (SQLException refused) {
      // It was shown before.
    }
    return Objects.requireNonNull(shown.get(), "the server showed no certificate");
  }

  static String pem(X509Certificate certificate) throws GeneralSecurityException {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN CERTIFICATE-----\n"
        + lines.encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  /// Whether `host` is one of the certificate's alternative names.
  static boolean isFor(X509Certificate certificate, String host) throws GeneralSecurityException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names != null && names.stream().anyMatch(name -> host.equals(name.get(1)));
  }

  /// Keeps the certificate and refuses it. The driver creates it by name.
  public static final class Keeping implements X509TrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType)
        throws CertificateException {
      shown.set(certificates[0]);
      throw new CertificateException("only looking");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
