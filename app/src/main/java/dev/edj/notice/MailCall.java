package dev.edj.notice;

import dev.edj.notice.Answer.Verdict;
import dev.edj.problem.EdjException;
import dev.edj.security.SecretCommand;
import dev.edj.settings.SmtpSettings;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/// Sends e-mail by the server that whoever set up the node has named.
final class MailCall {

  private static final String UTF_8 = "UTF-8";
  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final Duration WHOLE = Duration.ofSeconds(30);
  private static final Duration ASKING = Duration.ofSeconds(10);

  private final @Nullable SmtpSettings settings;
  private final @Nullable SSLSocketFactory tls;

  /// @param settings null when this node has no mail server
  MailCall(@Nullable SmtpSettings settings) {
    this(settings, null);
  }

  /// @param tls null trusts whom the Java runtime trusts
  MailCall(@Nullable SmtpSettings settings, @Nullable SSLSocketFactory tls) {
    this.settings = settings;
    this.tls = tls;
  }

  /// @param id the same in each attempt, and so is the message's own id
  Answer send(List<String> recipients, String id, Instant occurred, Letter letter) {
    SmtpSettings server = settings;
    return server == null
        ? Answer.later(
            "this node has no mail server; whoever sets up the service names one with --smtp-server"
                + " (or EDJ_SMTP_SERVER)")
        : CallTime.within(WHOLE, known -> answer(server, recipients, id, occurred, letter, known));
  }

  private Answer answer(
      SmtpSettings server,
      List<String> recipients,
      String id,
      Instant occurred,
      Letter letter,
      Consumer<Answer> known) {
    try {
      Session session = Session.getInstance(properties(server));
      MimeMessage message = message(session, server, recipients, id, occurred, letter);
      try (SMTPTransport transport = (SMTPTransport) session.getTransport()) {
        transport.connect(server.host(), server.port(), server.user(), password(server));
        Answer sent = sent(transport, message);
        known.accept(sent);
        return sent;
      }
    } catch (AuthenticationFailedException e) {
      return Answer.later("the mail server does not accept the login: " + SentMail.said(e));
    } catch (SendFailedException e) {
      return SentMail.of(e, recipients).answer();
    } catch (MessagingException e) {
      return Answer.later(SentMail.said(e));
    } catch (EdjException e) {
      return Answer.later(e.text());
    }
  }

  /// Asked for each time, so that it may be renewed where it comes from.
  private static @Nullable String password(SmtpSettings server) {
    if (server.user() == null) {
      return null;
    }
    String command = server.password().command();
    return command == null
        ? server.password().text()
        : SecretCommand.ask("--smtp-password-command", command, Map.of(), ASKING);
  }

  private Properties properties(SmtpSettings server) {
    String protocol = server.encryption() == SmtpSettings.Encryption.TLS ? "smtps" : "smtp";
    String prefix = "mail." + protocol + ".";
    Properties properties = new Properties();
    properties.put("mail.transport.protocol", protocol);
    properties.put(prefix + "auth", String.valueOf(server.user() != null));
    properties.put(prefix + "connectiontimeout", String.valueOf(CONNECTING.toMillis()));
    properties.put(prefix + "timeout", String.valueOf(WHOLE.toMillis()));
    properties.put(prefix + "writetimeout", String.valueOf(WHOLE.toMillis()));
    properties.put(prefix + "ssl.checkserveridentity", "true");
    properties.put(prefix + "sendpartial", "true");
    if (server.encryption() == SmtpSettings.Encryption.STARTTLS) {
      properties.put(prefix + "starttls.enable", "true");
      properties.put(prefix + "starttls.required", "true");
    }
    if (tls != null) {
      properties.put(prefix + "ssl.socketFactory", tls);
    }
    return properties;
  }

  private static MimeMessage message(
      Session session,
      SmtpSettings server,
      List<String> recipients,
      String id,
      Instant occurred,
      Letter letter)
      throws MessagingException {
    InternetAddress from = address(server.from());
    String domain = server.from().substring(server.from().lastIndexOf('@') + 1);
    MimeMessage message = new Identified(session, "<%s@%s>".formatted(id, domain));
    message.setFrom(from);
    for (String recipient : recipients) {
      message.addRecipient(RecipientType.TO, address(recipient));
    }
    message.setSubject(oneLine(letter.subject()), UTF_8);
    message.setSentDate(Date.from(occurred));
    // So that nobody's absence is told to a service (RFC 3834).
    message.setHeader("Auto-Submitted", "auto-generated");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(letter.text(), UTF_8);
    MimeBodyPart html = new MimeBodyPart();
    html.setText(letter.html(), UTF_8, "html");
    message.setContent(new MimeMultipart("alternative", text, html));
    message.saveChanges();
    return message;
  }

  /// An address as it stands in a header and on the wire: nothing else, and nothing behind it.
  static InternetAddress address(String text) throws AddressException {
    InternetAddress address = new InternetAddress(text, true);
    if (!address.getAddress().equals(text) || !text.matches("[!-~]+@[!-~]+")) {
      throw new AddressException("not an address");
    }
    return address;
  }

  /// What would end a header and begin another.
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ");
  }

  private static Answer sent(SMTPTransport transport, MimeMessage message)
      throws MessagingException {
    transport.sendMessage(message, message.getAllRecipients());
    return new Answer(
        Verdict.TAKEN, transport.getLastReturnCode(), transport.getLastServerResponse(), null);
  }

  /// A message whose id is ours, and not made anew each time.
  private static final class Identified extends MimeMessage {

    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
