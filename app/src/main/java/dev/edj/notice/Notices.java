package dev.edj.notice;

import static java.util.Objects.requireNonNullElse;

import dev.edj.audit.NewAuditEvent;
import dev.edj.controldb.ConstraintViolation;
import dev.edj.notice.NoticeStore.NamedJob;
import dev.edj.outward.AllowedHosts;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.Names;
import dev.edj.scope.Bounds;
import dev.edj.scope.Right;
import dev.edj.security.EncryptedPassword;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.PasswordCipher;
import dev.edj.security.SigningKey;
import dev.edj.settings.NoticeSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Creates, changes, lists and deletes notices. Their secrets are encrypted as soon as they arrive
/// or are made, and are not read here again.
public final class Notices {

  static final String NOUN = "notice";

  private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  private final Jdbi jdbi;
  private final EncryptionKeys keys;
  private final WebhookCall webhooks;

  public Notices(Jdbi jdbi, EncryptionKeys keys, NoticeSettings settings) {
    this.jdbi = jdbi;
    this.keys = keys;
    this.webhooks = new WebhookCall(AllowedHosts.parse(settings.hosts()));
  }

  public MadeNotice create(NewNotice notice) {
    String name = Names.checked("name", notice.name());
    List<String> on = events(notice.on());
    List<String> emails =
        notice.emails() == null ? List.of() : MailAddresses.checked(notice.emails());
    URI webhook = notice.webhook() == null ? null : webhooks.required(notice.webhook());
    if ((webhook == null) == emails.isEmpty()) {
      throw EdjException.invalid("webhook", "name a webhook, or with 'emails' addresses, not both");
    }
    if (webhook == null && notice.format() != null) {
      throw EdjException.invalid("format", "is only for a webhook");
    }
    SigningKey key = webhook == null ? null : SigningKey.random();
    try {
      return jdbi.inTransaction(handle -> {
        NoticeStore store = handle.attach(NoticeStore.class);
        long id =
            store.insert(
                name,
                requireNonNullElse(notice.enabled(), true),
                on,
                notice.job() == null ? null : jobId(store, notice.job()),
                webhook == null ? null : AllowedHosts.place(webhook),
                webhook == null ? null : requireNonNullElse(notice.format(), WebhookFormat.Json),
                emails);
        if (webhook != null && key != null) {
          put(store, id, SecretKind.Address, name, webhook.toString());
          put(store, id, SecretKind.SigningKey, name, key.text());
        }
        Bounds.of(handle, Right.WRITE).requireNotice(name);
        Notice created = named(handle, name);
        NewAuditEvent.of("notice.create").named(name).after(created).record(handle);
        return new MadeNotice(created, key == null ? null : key.text());
      });
    } catch (JdbiException e) {
      if (ConstraintViolation.constraint(e).equals("notice_name_key")) {
        throw EdjException.alreadyExists(NOUN, name);
      }
      throw e;
    }
  }

  /// What has been written to be sent is sent as it is; to where the notice is sent then.
  public Notice update(String name, NoticeChange change) {
    List<String> on = change.on() == null ? null : events(change.on());
    URI webhook = change.webhook() == null ? null : webhooks.required(change.webhook());
    List<String> emails = change.emails() == null ? null : MailAddresses.checked(change.emails());
    return jdbi.inTransaction(handle -> {
      NoticeStore store = handle.attach(NoticeStore.class);
      NoticeRow row = locked(store, name);
      Bounds bounds = Bounds.of(handle, Right.WRITE);
      bounds.requireNotice(name);
      refuseForeign(row, change);
      Notice before = named(handle, name);
      boolean enabled = requireNonNullElse(change.enabled(), row.enabled());
      store.update(
          row.noticeId(),
          enabled,
          on == null ? row.events() : on,
          job(store, row, change.job()),
          webhook == null ? row.webhookPlace() : AllowedHosts.place(webhook),
          change.format() == null ? row.format() : change.format(),
          emails == null ? row.emails() : emails);
      bounds.requireNotice(name);
      if (webhook != null) {
        put(store, row.noticeId(), SecretKind.Address, name, webhook.toString());
      }
      if (!enabled) {
        handle
            .attach(DeliveryStore.class)
            .giveUp(row.noticeId(), "given up: the notice was disabled");
      }
      Notice after = named(handle, name);
      NewAuditEvent.of("notice.update")
          .named(name)
          .before(before)
          .after(new ChangedNotice(after, webhook != null))
          .record(handle);
      return after;
    });
  }

  private static void refuseForeign(NoticeRow row, NoticeChange change) {
    if (row.isByMail() && (change.webhook() != null || change.format() != null)) {
      throw EdjException.invalid(
          change.webhook() == null ? "format" : "webhook",
          "notice '%s' is sent by e-mail; make another one for a webhook".formatted(row.name()));
    }
    if (!row.isByMail() && change.emails() != null) {
      throw EdjException.invalid(
          "emails", "notice '%s' is a webhook; make another one for e-mail".formatted(row.name()));
    }
  }

  /// Makes another signing key. What is sent is signed with both until the overlap is over.
  public MadeNotice rotateKey(String name, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw EdjException.invalid("overlap", "must be from 0 to 7 days");
    }
    SigningKey key = SigningKey.random();
    return jdbi.inTransaction(handle -> {
      NoticeStore store = handle.attach(NoticeStore.class);
      NoticeRow row = locked(store, name);
      Bounds.of(handle, Right.WRITE).requireNotice(name);
      if (row.isByMail()) {
        throw new EdjException(
            ErrorCode.NOTHING_TO_DO,
            null,
            "notice '%s' is sent by e-mail, which has no signing key".formatted(name));
      }
      Notice before = named(handle, name);
      store.outdateKey(row.noticeId(), overlap.toMillis());
      put(store, row.noticeId(), SecretKind.SigningKey, name, key.text());
      Notice after = named(handle, name);
      NewAuditEvent.of("notice.rotate-key").named(name).before(before).after(after).record(handle);
      return new MadeNotice(after, key.text());
    });
  }

  public Notice named(String name) {
    return jdbi.withHandle(handle -> named(handle, name));
  }

  private static Notice named(Handle handle, String name) {
    NoticeRow row =
        handle
            .attach(NoticeStore.class)
            .find(name)
            .orElseThrow(() -> EdjException.notFound(NOUN, name));
    return withDeliveries(handle, List.of(row)).getFirst();
  }

  /// All of them, or those that tell of a job: its own, and those of all jobs.
  public List<Notice> list(@Nullable String job) {
    return jdbi.withHandle(
        handle -> withDeliveries(handle, handle.attach(NoticeStore.class).list(job)));
  }

  private static List<Notice> withDeliveries(Handle handle, List<NoticeRow> rows) {
    Map<Long, DeliveryRow> newest =
        handle
            .attach(DeliveryStore.class)
            .newest(rows.stream().mapToLong(NoticeRow::noticeId).toArray())
            .stream()
            .collect(Collectors.toMap(DeliveryRow::noticeId, Function.identity()));
    return rows.stream()
        .map(row -> {
          DeliveryRow last = newest.get(row.noticeId());
          return row.notice(last == null ? null : last.delivery());
        })
        .toList();
  }

  /// Nothing more is sent, not even what waits.
  public void delete(String name) {
    jdbi.useTransaction(handle -> {
      NoticeStore store = handle.attach(NoticeStore.class);
      NoticeRow row =
          store.findForDelete(name).orElseThrow(() -> EdjException.notFound(NOUN, name));
      Bounds.of(handle, Right.WRITE).requireNotice(name);
      Notice before = named(handle, name);
      store.delete(row.noticeId());
      NewAuditEvent.of("notice.delete").named(name).before(before).record(handle);
    });
  }

  private void put(NoticeStore store, long id, SecretKind kind, String name, String text) {
    EncryptedPassword secret = PasswordCipher.encrypt(keys.current(), kind.of(name), text);
    store.put(id, kind, secret.keyId(), secret.ciphertext());
  }

  private static NoticeRow locked(NoticeStore store, String name) {
    return store.findForUpdate(name).orElseThrow(() -> EdjException.notFound(NOUN, name));
  }

  private static List<String> events(List<NoticeEvent> on) {
    return checkedEvents(on).stream().map(NoticeEvent::name).toList();
  }

  /// Events as a notice has them: in their order, each once.
  public static List<NoticeEvent> checkedEvents(List<NoticeEvent> on) {
    if (on.isEmpty()) {
      throw EdjException.invalid("on", "must name at least one event");
    }
    return on.stream().distinct().sorted().toList();
  }

  /// Addresses as a notice has them: each once, and without blanks around it.
  public static List<String> checkedEmails(List<String> emails) {
    return MailAddresses.checked(emails);
  }

  private static @Nullable String job(
      NoticeStore store, NoticeRow before, @Nullable String change) {
    if (change == null) {
      return before.job();
    }
    if (change.isEmpty()) {
      return null;
    }
    jobId(store, change);
    return change;
  }

  private static long jobId(NoticeStore store, String name) {
    NamedJob job =
        store
            .findJob(name)
            .orElseThrow(() -> EdjException.invalid("job", "'%s' does not exist".formatted(name)));
    if (job.deleting()) {
      throw new EdjException(
          ErrorCode.JOB_BEING_DELETED, "job", "job '%s' is being deleted".formatted(name));
    }
    return job.jobId();
  }
}
