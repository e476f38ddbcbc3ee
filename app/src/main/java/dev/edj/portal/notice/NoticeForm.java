package dev.edj.portal.notice;

import static java.util.Objects.requireNonNullElse;

import dev.edj.notice.NewNotice;
import dev.edj.notice.Notice;
import dev.edj.notice.NoticeChange;
import dev.edj.notice.NoticeEvent;
import dev.edj.notice.WebhookFormat;
import dev.edj.portal.site.Typed;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A notice as it is typed. The address of a webhook is never shown again, not even in this form.
///
/// @param on names of events
/// @param job empty for all jobs
/// @param by `webhook` or `email`; fields of the other are not looked at
/// @param emails one on each line, or with commas between them
/// @param disabled to be created without telling anything yet
record NoticeForm(
    @Nullable String name,
    @Nullable List<String> on,
    @Nullable String job,
    @Nullable String by,
    @Sensitive @Nullable String webhook,
    @Nullable String format,
    @Nullable String emails,
    @Nullable Boolean disabled) {

  private static final String WEBHOOK = "webhook";
  private static final String EMAIL = "email";

  /// An event that can be chosen, in the words that follow `when an execution`.
  record EventChoice(NoticeEvent event, String words) {}

  /// What most people want to be told of.
  ///
  /// @param job of which job; null for all
  static NoticeForm blank(@Nullable String job) {
    return new NoticeForm(
        null,
        names(NoticeEvent.Failed, NoticeEvent.TimedOut),
        job,
        WEBHOOK,
        null,
        null,
        null,
        null);
  }

  static NoticeForm of(Notice notice) {
    return new NoticeForm(
        notice.name(),
        names(notice.on().toArray(NoticeEvent[]::new)),
        notice.job(),
        notice.webhook() == null ? EMAIL : WEBHOOK,
        null,
        notice.format() == null ? null : notice.format().name(),
        String.join("\n", notice.emails()),
        !notice.enabled());
  }

  private static List<String> names(NoticeEvent... events) {
    return Stream.of(events).map(NoticeEvent::name).toList();
  }

  NoticeForm withoutSecrets() {
    return new NoticeForm(name, on, job, by, null, format, emails, disabled);
  }

  public boolean isByEmail() {
    return EMAIL.equals(by);
  }

  public List<EventChoice> choices() {
    return Stream.of(NoticeEvent.values())
        .map(event -> new EventChoice(event, words(event)))
        .toList();
  }

  private static String words(NoticeEvent event) {
    return switch (event) {
      case Failed -> "failed";
      case TimedOut -> "timed out";
      case Succeeded -> "succeeded";
      case StoppedByThreshold -> "was stopped, because too many databases failed";
      case ApprovalWanted -> "waits for an approval of its next wave";
    };
  }

  public boolean tells(NoticeEvent event) {
    return on != null && on.contains(event.name());
  }

  NewNotice newNotice() {
    return new NewNotice(
        requireNonNullElse(name, "").strip(),
        events(),
        Typed.stripped(job),
        isByEmail() ? null : new Typed(WEBHOOK, webhook).required("give its address"),
        isByEmail() ? null : parsedFormat(),
        isByEmail() ? addresses() : null,
        !Boolean.TRUE.equals(disabled));
  }

  /// An address that is left empty stays as it is, and so does whether it is enabled.
  NoticeChange change(Notice before) {
    boolean mail = before.webhook() == null;
    return new NoticeChange(
        events(),
        requireNonNullElse(Typed.stripped(job), ""),
        mail ? null : Typed.stripped(webhook),
        mail ? null : parsedFormat(),
        mail ? addresses() : null,
        null);
  }

  private List<NoticeEvent> events() {
    return on == null ? List.of() : on.stream().map(NoticeEvent::named).toList();
  }

  private @Nullable WebhookFormat parsedFormat() {
    return new Typed("format", format).oneOf(WebhookFormat.class);
  }

  private List<String> addresses() {
    return new Typed("emails", emails).list();
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
