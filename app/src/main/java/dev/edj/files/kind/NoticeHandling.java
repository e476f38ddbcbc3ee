package dev.edj.files.kind;

import dev.edj.files.declaration.Kind;
import dev.edj.files.declaration.NoticeDeclaration;
import dev.edj.files.declaration.SecretDestination;
import dev.edj.files.declaration.SecretSource;
import dev.edj.files.source.Declared;
import dev.edj.notice.MadeNotice;
import dev.edj.notice.Notice;
import dev.edj.notice.NoticeEvent;
import dev.edj.notice.Notices;
import dev.edj.notice.WebhookFormat;
import dev.edj.problem.EdjException;
import dev.edj.problem.Names;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Notices. The address of a webhook is a secret, of which the service shows the host only: one
/// that is there is taken for the right one. The signing key is the service's own, and is known
/// when a notice is made, and never again.
final class NoticeHandling implements Handling<NoticeDeclaration> {

  private static final String ON = "on";
  private static final String JOB = "job";
  private static final String WEBHOOK = "webhook";
  private static final String FORMAT = "format";
  private static final String EMAILS = "emails";
  private static final String ENABLED = "enabled";

  private final Service service;

  NoticeHandling(Service service) {
    this.service = service;
  }

  @Override
  public Kind kind() {
    return Kind.NOTICE;
  }

  @Override
  public String key(NoticeDeclaration declared) {
    return Names.checked(Nodes.NAME, declared.name());
  }

  @Override
  public String key(ObjectNode present) {
    return Nodes.name(present);
  }

  @Override
  public List<Mention> mentions(NoticeDeclaration declared) {
    return declared.job() == null ? List.of() : List.of(new Mention(JOB, Kind.JOB, declared.job()));
  }

  @Override
  public List<ObjectNode> present(Predicate<String> closely) {
    return service.list(Notice.class, Kind.NOTICE.plural()).stream()
        .map(NoticeHandling::present)
        .toList();
  }

  private static ObjectNode present(Notice notice) {
    ObjectNode node = node(notice.name(), notice.enabled(), notice.on(), notice.job());
    return notice.webhook() == null
        ? putEmails(node, notice.emails())
        : putWebhook(node, Objects.requireNonNull(notice.format()));
  }

  @Override
  public ObjectNode wanted(Declared<NoticeDeclaration> declared, @Nullable ObjectNode present) {
    NoticeDeclaration notice = declared.value();
    List<String> emails = notice.emails();
    if (present != null && present.has(EMAILS) != (emails != null)) {
      throw EdjException.invalid(
          emails == null ? WEBHOOK : EMAILS,
          "notice '%s' of the service is %s; give this one another name"
              .formatted(notice.name(), emails == null ? "sent by e-mail" : "a webhook"));
    }
    boolean enabled =
        notice.enabled() == null
            ? present == null || present.get(ENABLED).asBoolean()
            : notice.enabled();
    ObjectNode node =
        node(notice.name(), enabled, Notices.checkedEvents(notice.on()), notice.job());
    return emails == null
        ? putWebhook(node, Objects.requireNonNullElse(notice.format(), WebhookFormat.Json))
        : putEmails(node, Notices.checkedEmails(emails));
  }

  private static ObjectNode node(
      String name, boolean enabled, List<NoticeEvent> on, @Nullable String job) {
    ObjectNode node = Nodes.empty().put(Nodes.NAME, name).put(ENABLED, enabled);
    node.set(ON, Nodes.tree(on));
    if (job != null) {
      node.put(JOB, job);
    }
    return node;
  }

  private static ObjectNode putWebhook(ObjectNode node, WebhookFormat format) {
    return node.put(WEBHOOK, Nodes.SECRET).put(FORMAT, format.name());
  }

  private static ObjectNode putEmails(ObjectNode node, List<String> emails) {
    node.set(EMAILS, Nodes.tree(emails));
    return node;
  }

  @Override
  public List<SecretUse> secrets(NoticeDeclaration declared) {
    return declared.webhook() == null
        ? List.of()
        : List.of(new SecretUse(WEBHOOK, WEBHOOK, declared.webhook()));
  }

  @Override
  public Optional<SecretDestination> saved(NoticeDeclaration declared) {
    return Optional.ofNullable(declared.save());
  }

  @Override
  public ObjectNode exported(ObjectNode present) {
    ObjectNode node = present.deepCopy();
    Nodes.removeDefaults(
        node, Nodes.empty().put(ENABLED, true).put(FORMAT, WebhookFormat.Json.name()));
    if (node.has(WEBHOOK)) {
      node.set(WEBHOOK, Nodes.variable(WEBHOOK, Nodes.name(node)));
    }
    return node;
  }

  @Override
  public void create(Order<NoticeDeclaration> order, Secrets secrets) {
    ObjectNode body = order.wanted().deepCopy();
    putAddress(body, order, secrets);
    SecretDestination save = order.declared().value().save();
    if (save != null) {
      order.reserve(save, secrets);
    }
    MadeNotice made = service.make(MadeNotice.class, body, Kind.NOTICE.plural());
    if (save != null) {
      order.save(
          Objects.requireNonNull(made.secret()), save, secrets, () -> delete(order.wanted()));
    }
  }

  /// That it is about all jobs is told as an empty text.
  @Override
  public void update(Order<NoticeDeclaration> order, ObjectNode present, Secrets secrets) {
    ObjectNode body = Nodes.empty();
    List.of(ENABLED, ON, FORMAT, EMAILS).stream()
        .filter(order::changes)
        .forEach(field -> body.set(field, order.wanted().get(field)));
    if (order.changes(JOB)) {
      body.put(JOB, order.wanted().path(JOB).asString(""));
    }
    if (order.changes(WEBHOOK)) {
      putAddress(body, order, secrets);
    }
    if (!body.isEmpty()) {
      service.send("PATCH", body, Kind.NOTICE.plural(), Nodes.name(present));
    }
    if (order.changes(Nodes.SAVE)) {
      rotateKey(order, secrets);
    }
  }

  /// When the key cannot be saved, room is kept for another one as before.
  private void rotateKey(Order<NoticeDeclaration> order, Secrets secrets) {
    NoticeDeclaration notice = order.declared().value();
    MadeNotice made =
        service.make(
            MadeNotice.class, Nodes.empty(), Kind.NOTICE.plural(), notice.name(), "rotate-key");
    order.save(
        Objects.requireNonNull(made.secret()),
        Objects.requireNonNull(notice.save()),
        secrets,
        () -> {});
  }

  private static void putAddress(ObjectNode body, Order<NoticeDeclaration> order, Secrets secrets) {
    SecretSource webhook = order.declared().value().webhook();
    if (webhook != null) {
      body.put(WEBHOOK, secrets.read(webhook, order.declared().place(WEBHOOK)));
    }
  }

  @Override
  public void delete(ObjectNode present) {
    service.delete(Kind.NOTICE.plural(), Nodes.name(present));
  }
}
