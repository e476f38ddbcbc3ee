package dev.edj.cli;

import dev.edj.notice.Delivery;
import dev.edj.notice.DeliveryAttempt;
import dev.edj.notice.MadeNotice;
import dev.edj.notice.NewNotice;
import dev.edj.notice.Notice;
import dev.edj.notice.NoticeChange;
import dev.edj.notice.NoticeEvent;
import dev.edj.notice.SentDelivery;
import dev.edj.text.ShellWord;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj notice`: who is told of what happens to executions.
@Command(name = "notice")
final class NoticeCommands {

  private static final String NOUN = "notices";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
  private static final int WIDEST_ANSWER = 60;

  private final Session session;

  NoticeCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "create",
      description = {
        "Has somebody told of what happens to the executions of a job, or of all jobs.",
        "Of a webhook it prints the key that what is sent is signed with: the only time that it can be"
            + " seen.",
        "Events: failed, timed-out, succeeded, stopped-by-threshold, approval-wanted."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj notice create on-call --webhook https://hooks.example.com/edj --on failed,timed-out",
        "  edj notice create dbas --email dba@example.com,ann@example.com --on failed",
        "  edj notice create channel --webhook-file slack-address --format slack \\",
        "      --on approval-wanted --job 'Add column'"
      })
  void create(
      @Parameters(paramLabel = "NAME", description = "What it is called.") String name,
      @Mixin NoticeOptions options,
      @Option(
              names = "--job",
              paramLabel = "JOB",
              description = "Of this job only (default: of all jobs).")
          @Nullable String job,
      @Option(names = "--disabled", description = "Nothing is sent until it is enabled.")
          boolean disabled) {
    String webhook = options.webhook(session.terminal());
    List<NoticeEvent> on = options.on();
    if (webhook == null && options.emails() == null) {
      throw CommandException.badInput("give --webhook, --webhook-file or --email");
    }
    if (on == null) {
      throw CommandException.badInput("give --on: of what to tell");
    }
    NewNotice notice =
        new NewNotice(
            name, on, job, webhook, options.format(), options.emails(), disabled ? false : null);
    showMade(session.api().post(MadeNotice.class, ApiPath.of(NOUN), notice));
  }

  @Command(
      name = "update",
      description = "Changes of what, where and how a notice tells; what is not given stays.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj notice update on-call --on failed,timed-out,stopped-by-threshold",
        "  edj notice update on-call --all-jobs"
      })
  void update(
      @Parameters(paramLabel = "NAME", description = "The notice.") String name,
      @Mixin NoticeOptions options,
      @Option(names = "--job", paramLabel = "JOB", description = "Of this job only.")
          @Nullable String job,
      @Option(names = "--all-jobs", description = "Of all jobs.") boolean allJobs) {
    if (allJobs && job != null) {
      throw CommandException.badInput("give either --job or --all-jobs");
    }
    change(
        name,
        new NoticeChange(
            options.on(),
            allJobs ? "" : job,
            options.webhook(session.terminal()),
            options.format(),
            options.emails(),
            null));
  }

  @Command(
      name = "show",
      description = "Shows a notice.",
      footerHeading = "%nExample:%n",
      footer = "  edj notice show on-call")
  void show(@Parameters(paramLabel = "NAME", description = "The notice.") String name) {
    session
        .output()
        .show(session.api().get(Notice.class, ApiPath.of(NOUN, name)), NoticeCommands::details);
  }

  @Command(
      name = "list",
      description = "Lists notices: all, or those that tell of a job.",
      footerHeading = "%nExamples:%n",
      footer = {"  edj notice list", "  edj notice list --job 'Add column'"})
  void list(
      @Option(
              names = "--job",
              paramLabel = "JOB",
              description = "Only those that tell of this job: its own, and those of all jobs.")
          @Nullable String job) {
    session
        .output()
        .list(
            session.api().list(Notice.class, ApiPath.of(NOUN).with("job", job)),
            NoticeCommands::table,
            "No notices.");
  }

  @Command(
      name = "delete",
      description = "Deletes a notice with its deliveries; nothing more is sent.",
      footerHeading = "%nExample:%n",
      footer = "  edj notice delete on-call")
  void delete(@Parameters(paramLabel = "NAME", description = "The notice.") String name) {
    session.api().order("DELETE", ApiPath.of(NOUN, name), null);
    session.output().done("Deleted.");
  }

  @Command(
      name = "enable",
      description = "Has a notice tell again, of what happens from now on.",
      footerHeading = "%nExample:%n",
      footer = "  edj notice enable on-call")
  void enable(@Parameters(paramLabel = "NAME", description = "The notice.") String name) {
    change(name, NoticeChange.enabling(true));
  }

  @Command(
      name = "disable",
      description = "Keeps a notice from telling; what waits to be sent is given up.",
      footerHeading = "%nExample:%n",
      footer = "  edj notice disable on-call")
  void disable(@Parameters(paramLabel = "NAME", description = "The notice.") String name) {
    change(name, NoticeChange.enabling(false));
  }

  @Command(
      name = "test",
      description = {
        "Sends a test now, and shows what the receiver answered.",
        "Ends with code 1 when the receiver did not take it."
      },
      footerHeading = "%nExample:%n",
      footer = "  edj notice test on-call")
  int test(
      @Parameters(paramLabel = "NAME", description = "The notice.") String name,
      @Option(
              names = "--wait",
              paramLabel = "DURATION",
              defaultValue = "45s",
              description = "How long to wait for the answer (default: 45s).")
          Duration wait) {
    ApiClient api = session.api();
    Delivery begun = api.post(Delivery.class, ApiPath.of(NOUN, name, "test"), null).value();
    ApiPath path = ApiPath.of(NOUN, name, "deliveries", begun.id().toString());
    Patience patience = Patience.of(wait);
    Answer<SentDelivery> answer = api.get(SentDelivery.class, path);
    while (!answer.value().delivery().lifecycle().ended() && !patience.isOver()) {
      Patience.pause(BETWEEN_LOOKS);
      answer = api.get(SentDelivery.class, path);
    }
    session.output().show(answer, NoticeCommands::sent);
    return switch (answer.value().delivery().lifecycle()) {
      case Succeeded -> ExitCode.DONE.number();
      case Failed -> ExitCode.NOT_SUCCEEDED.number();
      case Created -> notYet("Not sent yet: does a node with the role controller run?");
      default ->
          notYet(
              "Not answered yet. What comes of it: edj notice delivery %s %s"
                  .formatted(ShellWord.of(name), begun.id()));
    };
  }

  private int notYet(String note) {
    session.output().note(note);
    return ExitCode.WAIT_TIMED_OUT.number();
  }

  @Command(
      name = "rotate-key",
      description = {
        "Makes another signing key, and prints it: the only time that it can be seen.",
        "Until the overlap is over, what is sent has the signatures of both."
      },
      footerHeading = "%nExample:%n",
      footer = "  edj notice rotate-key on-call --overlap 2d")
  void rotateKey(
      @Parameters(paramLabel = "NAME", description = "The notice.") String name,
      @Option(
              names = "--overlap",
              paramLabel = "DURATION",
              defaultValue = "1d",
              description = "How long the key before it is good, too (default: 1d, at most 7d).")
          Duration overlap) {
    showMade(
        session
            .api()
            .post(
                MadeNotice.class,
                ApiPath.of(NOUN, name, "rotate-key").with("overlap", overlap),
                null));
  }

  @Command(
      name = "deliveries",
      description = "Lists what a notice has sent and is to send, newest first.",
      footerHeading = "%nExample:%n",
      footer = "  edj notice deliveries on-call --limit 20")
  void deliveries(
      @Parameters(paramLabel = "NAME", description = "The notice.") String name,
      @Option(
              names = "--after",
              paramLabel = "ID",
              description = "Only those before this delivery.")
          @Nullable UUID after,
      @Option(
              names = "--limit",
              paramLabel = "NUMBER",
              defaultValue = "100",
              description = "The most rows to list (default: 100).")
          int limit) {
    session
        .output()
        .list(
            session
                .api()
                .list(
                    Delivery.class,
                    ApiPath.of(NOUN, name, "deliveries").with("after", after).with("limit", limit)),
            NoticeCommands::deliveryTable,
            "Nothing was to be sent yet.");
  }

  @Command(
      name = "delivery",
      description = "Shows what was sent, and what the receiver answered each time.",
      footerHeading = "%nExample:%n",
      footer = "  edj notice delivery on-call 0b6c1f6e-7f0e-4b7e-9d2b-0d8a5b1f4c11")
  void delivery(
      @Parameters(paramLabel = "NAME", description = "The notice.") String name,
      @Parameters(paramLabel = "ID", description = "What 'edj notice deliveries' shows.") UUID id) {
    session
        .output()
        .show(
            session
                .api()
                .get(SentDelivery.class, ApiPath.of(NOUN, name, "deliveries", id.toString())),
            NoticeCommands::sent);
  }

  @Command(
      name = "resend",
      description = "Sends a delivery again that has arrived or was given up, under the same id.",
      footerHeading = "%nExample:%n",
      footer = "  edj notice resend on-call 0b6c1f6e-7f0e-4b7e-9d2b-0d8a5b1f4c11")
  void resend(
      @Parameters(paramLabel = "NAME", description = "The notice.") String name,
      @Parameters(paramLabel = "ID", description = "What 'edj notice deliveries' shows.") UUID id) {
    session
        .output()
        .show(
            session
                .api()
                .post(
                    Delivery.class,
                    ApiPath.of(NOUN, name, "deliveries", id.toString(), "resend"),
                    null),
            NoticeCommands::details);
  }

  private void change(String name, NoticeChange change) {
    session
        .output()
        .show(
            session.api().patch(Notice.class, ApiPath.of(NOUN, name), change),
            NoticeCommands::details);
  }

  private void showMade(Answer<MadeNotice> made) {
    if (session.output().isJson()) {
      session.output().json(made.json());
      return;
    }
    String name = made.value().notice().name();
    String secret = made.value().secret();
    if (secret == null) {
      session.output().line(details(made.value().notice()).render(session.output().colours()));
      session
          .output()
          .note("See whether it arrives: edj notice test %s".formatted(ShellWord.of(name)));
      return;
    }
    session.output().line(secret);
    session.output().note("The signing key of notice '%s'. It is not shown again.".formatted(name));
  }

  private static Details details(Notice notice) {
    Delivery last = notice.lastDelivery();
    return new Details()
        .line("Name", notice.name())
        .line("Enabled", notice.enabled())
        .line("On", events(notice))
        .line("Job", Cell.of(notice.job(), "all jobs"))
        .line("Webhook", notice.webhook())
        .line(
            "Format",
            notice.format() == null ? null : notice.format().name().toLowerCase(Locale.ROOT))
        .line("E-mail", notice.emails())
        .line("Key before good until", notice.previousKeyUntil())
        .line("Waiting", notice.waiting() == 0 ? null : notice.waiting())
        .line("Last delivery", last == null ? null : last.lifecycle())
        .line("Last answer", last == null ? null : answer(last.lastAttempt()))
        .line("Created", notice.createdAt())
        .line("Updated", notice.updatedAt());
  }

  private static Details details(Delivery delivery) {
    return new Details()
        .line("Id", delivery.id())
        .line("Notice", delivery.notice())
        .line("Event", event(delivery))
        .line("Job", delivery.job())
        .line("Execution", delivery.executionId())
        .line("Lifecycle", delivery.lifecycle())
        .line("Occurred", delivery.occurredAt())
        .line("Attempts", delivery.attempts())
        .line("Next attempt", delivery.nextAttemptAt());
  }

  private static Details sent(SentDelivery sent) {
    Details details = details(sent.delivery());
    sent.attempts()
        .forEach(attempt -> details.line("Attempt " + attempt.number(), answer(attempt)));
    return details.line("Sent", sent.body());
  }

  private static Table table(List<Notice> notices) {
    Table table = Table.of("NAME", "ENABLED", "ON", "JOB", "TO", "WAITING", "LAST DELIVERY");
    notices.forEach(notice ->
        table.row(
            notice.name(),
            notice.enabled(),
            events(notice),
            Cell.of(notice.job(), "all jobs"),
            notice.webhook() == null ? notice.emails() : notice.webhook(),
            notice.waiting(),
            notice.lastDelivery() == null ? null : notice.lastDelivery().lifecycle()));
    return table;
  }

  private static Table deliveryTable(List<Delivery> deliveries) {
    Table table =
        Table.of("OCCURRED", "EVENT", "JOB", "LIFECYCLE", "ATTEMPTS", "NEXT", "ANSWER", "ID");
    deliveries.forEach(delivery ->
        table.row(
            delivery.occurredAt(),
            event(delivery),
            delivery.job(),
            delivery.lifecycle(),
            delivery.attempts(),
            delivery.nextAttemptAt(),
            Cell.of(answer(delivery.lastAttempt())).cut(WIDEST_ANSWER),
            delivery.id()));
    return table;
  }

  private static List<String> events(Notice notice) {
    return notice.on().stream().map(NoticeEvent::text).toList();
  }

  private static String event(Delivery delivery) {
    String event = delivery.event() == null ? "test" : delivery.event().text();
    return delivery.wave() == null ? event : event + " (wave " + delivery.wave() + ")";
  }

  private static @Nullable String answer(@Nullable DeliveryAttempt attempt) {
    if (attempt == null) {
      return null;
    }
    return attempt.status() == null
        ? attempt.answer()
        : (attempt.status() + " " + attempt.answer()).strip();
  }
}
