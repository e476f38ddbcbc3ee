package dev.edj.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.notice.Answer.Verdict;
import dev.edj.problem.EdjException;
import dev.edj.settings.SmtpPassword;
import dev.edj.settings.SmtpSettings;
import dev.edj.settings.SmtpSettings.Encryption;
import dev.edj.testing.TestMailServer;
import dev.edj.testing.TestMailServer.Mail;
import dev.edj.testing.TestMailServer.Way;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailCallTest {

  private static final Instant OCCURRED = Instant.parse("2026-03-01T22:14:05Z");
  private static final Letter LETTER =
      new Letter(
          "Job 'Add column' failed",
          List.of("Databases: 3 of 3 ended: 3 failed", "3 databases: <b>no</b> \"tenant\""),
          "https://edj.example.com/executions/1");

  private @Nullable TestMailServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aLetterComesThroughStartTlsWithALogin() throws Exception {
    TestMailServer mail = start(Way.STARTTLS);

    Answer answer =
        send(call(mail, Encryption.STARTTLS, true), "dba@example.com", "ann@example.com");

    assertThat(answer.verdict()).as(answer.text()).isEqualTo(Verdict.TAKEN);
    assertThat(answer.status()).isEqualTo(250);
    assertThat(answer.text()).contains("queued");
    Mail got = only(mail);
    assertThat(got.from()).isEqualTo("edj@example.com");
    assertThat(got.recipients()).containsExactly("dba@example.com", "ann@example.com");
    MimeMessage message = got.message();
    assertThat(message.getSubject()).isEqualTo("Job 'Add column' failed");
    assertThat(message.getMessageID()).isEqualTo("<msg_1@example.com>");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.getSentDate().toInstant()).isEqualTo(OCCURRED);
    Multipart parts = (Multipart) message.getContent();
    assertThat(parts.getBodyPart(0).getContent().toString())
        .contains("3 databases: <b>no</b> \"tenant\"")
        .contains("\r\nhttps://edj.example.com/executions/1\r\n");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(parts.getBodyPart(1).getContent().toString())
        .contains("&lt;b&gt;no&lt;/b&gt; &quot;tenant&quot;")
        .contains("<a href=\"https://edj.example.com/executions/1\">");
  }

  @Test
  void aLetterComesThroughTlsFromTheFirstByte() {
    TestMailServer mail = start(Way.TLS);

    assertThat(send(call(mail, Encryption.TLS, false), "dba@example.com").verdict())
        .isEqualTo(Verdict.TAKEN);
    assertThat(mail.mails()).hasSize(1);
  }

  @Test
  void aLetterComesUnencryptedWhereThatIsWanted() {
    TestMailServer mail = start(Way.PLAIN);

    assertThat(send(call(mail, Encryption.NONE, false), "dba@example.com").verdict())
        .isEqualTo(Verdict.TAKEN);
  }

  /// Whoever stands in between could have taken the offer away.
  @Test
  void nothingIsSaidToAServerThatDoesNotOfferStartTls() {
    TestMailServer mail = start(Way.PLAIN);

    Answer answer = send(call(mail, Encryption.STARTTLS, true), "dba@example.com");

    assertThat(answer.verdict()).isEqualTo(Verdict.LATER);
    assertThat(answer.text()).contains("STARTTLS");
    assertThat(mail.mails()).isEmpty();
    assertThat(mail.logins()).isEmpty();
  }

  @Test
  void nothingIsSaidToAServerThatIsNotTrusted() {
    TestMailServer mail = start(Way.STARTTLS);

    Answer answer =
        send(new MailCall(settings(mail, Encryption.STARTTLS, true), null), "dba@example.com");

    assertThat(answer.verdict()).isEqualTo(Verdict.LATER);
    assertThat(mail.logins()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"STARTTLS", "TLS"})
  void nothingIsSaidToAServerWithTheCertificateOfAnother(String way) {
    TestMailServer mail = TestMailServer.startAs("mail.example.com", Way.valueOf(way));
    server = mail;

    Answer answer = send(call(mail, Encryption.valueOf(way), false), "dba@example.com");

    assertThat(answer.verdict()).isEqualTo(Verdict.LATER);
    assertThat(mail.mails()).isEmpty();
  }

  @Test
  void aLoginThatIsNotAcceptedIsSaid() {
    TestMailServer mail = start(Way.STARTTLS);
    MailCall call = withPassword(mail, new SmtpPassword("wr0ng", null));

    Answer answer = send(call, "dba@example.com");

    assertThat(answer.verdict()).isEqualTo(Verdict.LATER);
    assertThat(answer.text()).contains("does not accept the login").doesNotContain("wr0ng");
  }

  @Test
  void aPasswordIsAskedOfItsCommand() {
    TestMailServer mail = start(Way.STARTTLS);
    MailCall call = withPassword(mail, new SmtpPassword(null, "echo " + TestMailServer.PASSWORD));

    assertThat(send(call, "dba@example.com").verdict()).isEqualTo(Verdict.TAKEN);
  }

  /// What no table can hold would keep the attempt from ever being noted.
  @Test
  void whatACommandComplainsOfIsToldInOneLine() {
    TestMailServer mail = start(Way.STARTTLS);
    MailCall call =
        withPassword(mail, new SmtpPassword(null, "printf 'no\\000such\\nsecret' >&2; exit 3"));

    assertThat(send(call, "dba@example.com").text())
        .isEqualTo("the command of --smtp-password-command ended with code 3: no such secret");
  }

  @Test
  void whoIsNotThereKeepsItFromNobodyElse() {
    TestMailServer mail = start(Way.PLAIN);
    MailCall call = call(mail, Encryption.NONE, false);

    Answer some = send(call, "nobody@example.com", "dba@example.com");
    assertThat(some.verdict()).isEqualTo(Verdict.TAKEN);
    assertThat(some.text()).contains("not for nobody@example.com");
    assertThat(only(mail).recipients()).containsExactly("dba@example.com");

    Answer none = send(call, "nobody@example.com");
    assertThat(none.verdict()).as("550: for good").isEqualTo(Verdict.NEVER);
    assertThat(none.status()).isEqualTo(550);
    assertThat(none.text()).contains("no such mailbox");

    Answer later = send(call, "later@example.com");
    assertThat(later.verdict()).as("451: for now").isEqualTo(Verdict.LATER);
    assertThat(later.status()).isEqualTo(451);
  }

  /// Whom it may be taken for later is not lost among the others.
  @Test
  void whoIsToComeBackLaterIsToldApartFromWhoIsNotThere() {
    TestMailServer mail = start(Way.PLAIN);
    MailCall call = call(mail, Encryption.NONE, false);

    Answer mixed =
        send(call, "nobody@example.com", "dba@example.com", "later@example.com", "b@example.com");
    assertThat(mixed.verdict()).isEqualTo(Verdict.LATER);
    assertThat(mixed.status()).isEqualTo(451);
    assertThat(mixed.takenBy()).containsExactly("dba@example.com", "b@example.com");
    assertThat(mixed.refusedBy()).containsExactly("nobody@example.com");
    assertThat(mixed.text())
        .contains(
            "taken for dba@example.com, b@example.com",
            "not for nobody@example.com",
            "later for later@example.com");

    Answer none = send(call, "nobody@example.com", "later@example.com");
    assertThat(none.verdict()).as("550 and 451").isEqualTo(Verdict.LATER);
    assertThat(none.takenBy()).isEmpty();
    assertThat(none.refusedBy()).containsExactly("nobody@example.com");
    assertThat(mail.mails()).hasSize(1);
  }

  /// Their text is in angle brackets, which are no part of them.
  @ParameterizedTest
  @ValueSource(strings = {"dba@[10.0.0.1]", "\"a,b\"@example.com"})
  void whoseAddressHasCharactersOfItsOwnIsKnownToHaveTheMail(String address) {
    assertThat(MailAddresses.checked(List.of(address))).containsExactly(address);
    TestMailServer mail = start(Way.PLAIN);

    Answer answer = send(call(mail, Encryption.NONE, false), address, "later@example.com");

    assertThat(only(mail).recipients()).containsExactly(address);
    assertThat(answer.verdict()).isEqualTo(Verdict.LATER);
    assertThat(answer.takenBy()).containsExactly(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nBcc: eve@example.com\r\n\r\nb",
        "a\nBcc: eve@example.com",
        "a\rBcc: eve@example.com",
        "a\u2028Bcc: eve@example.com",
        "Spaltenänderung 日本語 👍\r\nBcc: eve@example.com"
      })
  void noNameOfAJobMakesAnotherHeader(String name) throws Exception {
    TestMailServer mail = start(Way.PLAIN);
    Letter letter = new Letter("Job '%s' failed".formatted(name), List.of(name), null);

    Answer answer =
        call(mail, Encryption.NONE, false)
            .send(List.of("dba@example.com"), "msg_1", OCCURRED, letter);

    assertThat(answer.verdict()).isEqualTo(Verdict.TAKEN);
    Mail got = only(mail);
    assertThat(got.recipients()).containsExactly("dba@example.com");
    assertThat(got.message().getHeader("Bcc")).isNull();
    assertThat(got.message().getSubject())
        .isEqualTo("Job '%s' failed".formatted(name.replaceAll("[\r\n\u2028]+", " ")));
  }

  @Test
  void aServerThatIsNotThereIsTriedAgain() {
    TestMailServer mail = start(Way.PLAIN);
    MailCall call = call(mail, Encryption.NONE, false);
    mail.close();

    assertThat(send(call, "dba@example.com").verdict()).isEqualTo(Verdict.LATER);
    assertThat(send(new MailCall(null), "dba@example.com").text()).contains("--smtp-server");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dba",
        "dba@",
        "@example.com",
        "dba@example.com, eve@example.com",
        "dba@example.com\r\nBcc: eve@example.com",
        "DBA <dba@example.com>",
        "dba@exam ple.com",
        "dbä@example.com",
        "undisclosed:;"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> MailAddresses.checked(List.of(text)))
        .isInstanceOf(EdjException.class)
        .hasMessageStartingWith("emails: ");
  }

  @Test
  void addressesAreToldOnceAndNotTooMany() {
    assertThat(MailAddresses.checked(List.of(" dba@example.com", "dba@example.com", "a+b@c.d")))
        .containsExactly("dba@example.com", "a+b@c.d");
    assertThatThrownBy(() -> MailAddresses.checked(Collections.nCopies(21, "a@example.com")))
        .hasMessageContaining("more than 20");
    assertThatThrownBy(() -> MailAddresses.checked(List.of())).hasMessageContaining("at least one");
  }

  private TestMailServer start(Way way) {
    TestMailServer started = TestMailServer.start(way);
    server = started;
    return started;
  }

  private static MailCall call(TestMailServer mail, Encryption encryption, boolean login) {
    return new MailCall(settings(mail, encryption, login), mail.trusting());
  }

  private static MailCall withPassword(TestMailServer mail, SmtpPassword password) {
    return new MailCall(
        settings(mail, Encryption.STARTTLS, TestMailServer.USER, password), mail.trusting());
  }

  private static SmtpSettings settings(TestMailServer mail, Encryption encryption, boolean login) {
    return login
        ? settings(
            mail, encryption, TestMailServer.USER, new SmtpPassword(TestMailServer.PASSWORD, null))
        : settings(mail, encryption, null, SmtpPassword.NONE);
  }

  private static SmtpSettings settings(
      TestMailServer mail, Encryption encryption, @Nullable String user, SmtpPassword password) {
    return new SmtpSettings(
        "localhost", mail.port(), encryption, user, password, "edj@example.com");
  }

  private static Answer send(MailCall call, String... recipients) {
    return call.send(List.of(recipients), "msg_1", OCCURRED, LETTER);
  }

  private static Mail only(TestMailServer mail) {
    assertThat(mail.mails()).hasSize(1);
    return mail.mails().getFirst();
  }
}
