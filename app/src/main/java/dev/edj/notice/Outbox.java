package dev.edj.notice;

import dev.edj.execution.Executions;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.RunDatabases;
import dev.edj.log.LogFields;
import dev.edj.notice.Answer.Verdict;
import dev.edj.outward.AllowedHosts;
import dev.edj.problem.EdjException;
import dev.edj.security.PrivateKeys;
import dev.edj.security.SigningKey;
import dev.edj.settings.NoticeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what is to be sent, sends it, and notes what became of it.
public final class Outbox {

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  private static final int MOST_OF_NOTICE = 2;
  private static final int MOST_OF_RECEIVER = 10;

  /// More than an attempt can take: after it, another node takes it that the first one is lost.
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final Jdbi jdbi;
  private final PrivateKeys keys;
  private final Messages messages;
  private final WebhookCall webhooks;
  private final MailCall mails;
  private final AttemptWaits waits;

  /// @param keys what this node decrypts with
  public Outbox(Jdbi jdbi, PrivateKeys keys, Executions executions, NoticeSettings settings) {
    this(
        jdbi,
        keys,
        new Messages(executions, new RunDatabases(jdbi), settings.portal()),
        new WebhookCall(AllowedHosts.parse(settings.hosts())),
        new MailCall(settings.smtp()));
  }

  Outbox(Jdbi jdbi, PrivateKeys keys, Messages messages, WebhookCall webhooks, MailCall mails) {
    this.jdbi = jdbi;
    this.keys = keys;
    this.messages = messages;
    this.webhooks = webhooks;
    this.mails = mails;
    this.waits = new AttemptWaits(new Random());
  }

  /// What is due, as much as this node can do now; each is to be run, and sends one delivery. None
  /// while another node is about to take some.
  public List<Runnable> take(int most) {
    return jdbi.inTransaction(handle -> {
      DeliveryStore store = handle.attach(DeliveryStore.class);
      return store.takeTurn()
          ? store.take(MOST_OF_NOTICE, MOST_OF_RECEIVER, most, LEASE.toMillis()).stream()
              .<Runnable>map(delivery -> () -> send(delivery))
              .toList()
          : List.of();
    });
  }

  private void send(TakenDelivery delivery) {
    UUID execution = delivery.executionId();
    if (execution == null) {
      attempt(delivery);
      return;
    }
    try (LogFields _ = LogFields.execution(execution)) {
      attempt(delivery);
    }
  }

  private void attempt(TakenDelivery delivery) {
    answer(delivery).ifPresent(answer -> end(delivery, answer));
  }

  /// A fault of ours is an attempt like any other: without an end the delivery would be tried again
  /// every minute, and never given up. Empty when the delivery is gone.
  private Optional<Answer> answer(TakenDelivery delivery) {
    try {
      return body(delivery)
          .map(body -> delivery.isByMail() ? byMail(delivery, body) : byWebhook(delivery, body));
    } catch (EdjException e) {
      return Optional.of(Answer.later(e.text()));
    } catch (RuntimeException e) {
      log.warn("delivery {} could not be sent", delivery.messageId(), e);
      return Optional.of(
          Answer.later(
              "a fault of EDJ itself (%s); the log of the node that sends says more"
                  .formatted(e.getClass().getSimpleName())));
    }
  }

  /// Empty when the delivery is gone, with its notice or its execution.
  private Optional<String> body(TakenDelivery delivery) {
    if (delivery.body() != null) {
      return Optional.of(delivery.body());
    }
    NoticeMessage message = messages.of(delivery);
    WebhookFormat format = delivery.format();
    String body = format == null ? Letter.of(message).json() : Bodies.of(message, format);
    return jdbi.withExtension(
        DeliveryStore.class, store -> store.keepBody(delivery.deliveryId(), body));
  }

  /// Once nobody is left who may get it, it is enough that somebody has it.
  private Answer byMail(TakenDelivery delivery, String body) {
    Answer answer =
        delivery.emails().isEmpty()
            ? new Answer(Verdict.NEVER, null, "nobody is left who is to get it", null)
            : mails.send(
                delivery.emails(), delivery.messageId(), delivery.occurredAt(), Letter.parse(body));
    return answer.verdict() == Verdict.NEVER && delivery.partlyTaken()
        ? new Answer(Verdict.TAKEN, answer.status(), answer.text(), null)
        : answer;
  }

  private Answer byWebhook(TakenDelivery delivery, String body) {
    List<NoticeSecret> secrets =
        jdbi.withExtension(NoticeStore.class, store -> store.secrets(delivery.noticeId()));
    List<SigningKey> signing =
        secrets.stream()
            .filter(secret -> secret.kind() == SecretKind.SigningKey)
            .map(secret -> new SigningKey(text(secret)))
            .toList();
    for (NoticeSecret secret : secrets) {
      if (secret.kind() == SecretKind.Address) {
        return webhooks.send(text(secret), delivery.messageId(), delivery.takenAt(), body, signing);
      }
    }
    return Answer.later("the notice has no address any more");
  }

  private String text(NoticeSecret secret) {
    return keys.decrypt(secret.encrypted(), secret.kind().of(secret.name())).text();
  }

  private void end(TakenDelivery delivery, Answer answer) {
    jdbi.useTransaction(handle -> {
      Optional<Duration> wait = wait(handle, delivery, answer);
      Lifecycle lifecycle = lifecycle(answer.verdict(), wait.isPresent());
      int noted =
          handle
              .attach(DeliveryStore.class)
              .end(
                  delivery.deliveryId(),
                  delivery.attempt(),
                  delivery.takenAt(),
                  lifecycle,
                  wait.map(Duration::toMillis).orElse(null),
                  answer.status(),
                  answer.text(),
                  answer.takenBy(),
                  answer.refusedBy());
      if (noted > 0 && lifecycle == Lifecycle.Failed && !delivery.isTest()) {
        log.warn(
            "notice '{}' could not be delivered in {} attempts and is given up ({}): {}",
            delivery.notice(),
            delivery.counted(),
            delivery.messageId(),
            answer.text());
      }
    });
  }

  /// Until the next attempt, if there is one. Whoever disabled the notice meanwhile gave up what
  /// was waiting then, which this delivery was not.
  private Optional<Duration> wait(Handle handle, TakenDelivery delivery, Answer answer) {
    if (answer.verdict() != Verdict.LATER || delivery.isTest()) {
      return Optional.empty();
    }
    return waits
        .after(delivery.counted(), answer.retryAfter())
        .filter(_ -> handle.attach(NoticeStore.class).isEnabled(delivery.noticeId()).orElse(false));
  }

  private static Lifecycle lifecycle(Verdict verdict, boolean again) {
    if (verdict == Verdict.TAKEN) {
      return Lifecycle.Succeeded;
    }
    return again ? Lifecycle.WaitingForRetry : Lifecycle.Failed;
  }
}
