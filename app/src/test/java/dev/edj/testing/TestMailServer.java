package dev.edj.testing;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/// A mail server on this machine, which keeps what it gets. It takes the login `edj` with the
/// password `s3cret`, and refuses recipients whose names begin with `nobody` for good and with
/// `later` until it is relieved.
public final class TestMailServer implements AutoCloseable {

  public static final String USER = "edj";
  public static final String PASSWORD = "s3cret";

  private static final TestAuthority AUTHORITY = TestAuthority.create("authority of mail");

  /// By host: making a certificate takes longer than a test.
  private static final Map<String, SSLContext> CONTEXTS = new ConcurrentHashMap<>();

  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private final List<String> logins = new CopyOnWriteArrayList<>();
  private final SMTPServer server;
  private final String accepted;
  private volatile boolean busy = true;

  private TestMailServer(Way way, String host, String accepted) {
    this.accepted = accepted;
    SSLContext context = CONTEXTS.computeIfAbsent(host, name -> AUTHORITY.forHost(name).context());
    SMTPServer.Builder builder =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName("localhost")
            .messageHandlerFactory(Keeping::new);
    switch (way) {
      case STARTTLS ->
          builder
              .enableTLS()
              .requireTLS()
              .startTlsSocketFactory(context)
              .requireAuth()
              .authenticationHandlerFactory(
                  new EasyAuthenticationHandlerFactory(
                      (user, password, _) -> login(user, password)));
      case TLS -> builder.serverSocketFactory(context);
      case PLAIN -> builder.hideTLS();
    }
    this.server = builder.build();
    server.start();
  }

  /// How one speaks to it.
  public enum Way {
    STARTTLS,
    TLS,
    PLAIN
  }

  /// One mail, as it came.
  public record Mail(String from, List<String> recipients, String text) {

    public MimeMessage message() {
      try {
        return new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      } catch (MessagingException e) {
        throw new AssertionError(e);
      }
    }
  }

  public static TestMailServer start(Way way) {
    return new TestMailServer(way, "localhost", PASSWORD);
  }

  /// One that takes the login with another password.
  public static TestMailServer startWith(String password, Way way) {
    return new TestMailServer(way, "localhost", password);
  }

  /// One that shows the certificate of another host.
  public static TestMailServer startAs(String host, Way way) {
    return new TestMailServer(way, host, PASSWORD);
  }

  public int port() {
    return server.getPortAllocated();
  }

  public List<Mail> mails() {
    return List.copyOf(mails);
  }

  /// From now on nobody has to come back later.
  public void relieve() {
    busy = false;
  }

  /// Users and passwords that were shown.
  public List<String> logins() {
    return List.copyOf(logins);
  }

  /// The options of a Java process that trusts its authority.
  public String trustOptions(Path directory) throws IOException {
    Path file = directory.resolve("authority-of-mail.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      AUTHORITY.trusted().store(out, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    return "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
        .formatted(file, PASSWORD);
  }

  /// Of a client that trusts its authority.
  public SSLSocketFactory trusting() {
    return AUTHORITY.trusting();
  }

  private void login(String user, String password) throws LoginFailedException {
    logins.add(user + " " + password);
    if (!user.equals(USER) || !password.equals(accepted)) {
      throw new LoginFailedException();
    }
  }

  @Override
  public void close() {
    server.stop();
  }

  /// One mail on its way in.
  private final class Keeping implements MessageHandler {

    private final List<String> recipients = new CopyOnWriteArrayList<>();
    private String from = "";

    Keeping(MessageContext context) {}

    @Override
    public void from(String sender) {
      from = sender;
    }

    @Override
    public void recipient(String recipient) throws RejectException {
      if (recipient.startsWith("nobody")) {
        throw new RejectException(550, "no such mailbox");
      }
      if (recipient.startsWith("later") && busy) {
        throw new RejectException(451, "come back later");
      }
      recipients.add(recipient);
    }

    @Override
    public String data(InputStream data) {
      try {
        String text = new String(data.readAllBytes(), StandardCharsets.UTF_8);
        mails.add(new Mail(from, List.copyOf(recipients), text));
        return "queued";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void done() {
      // What came is kept already.
    }
  }
}
