package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.notice.Deliveries;
import dev.edj.notice.Delivery;
import dev.edj.notice.MadeNotice;
import dev.edj.notice.NewNotice;
import dev.edj.notice.Notice;
import dev.edj.notice.NoticeChange;
import dev.edj.notice.Notices;
import dev.edj.notice.SentDelivery;
import dev.edj.scope.Narrowing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(Locations.BASE + "/notices")
@Tag(name = "Notices")
class NoticeController {

  private final Notices notices;
  private final Deliveries deliveries;

  NoticeController(Notices notices, Deliveries deliveries) {
    this.notices = notices;
    this.deliveries = deliveries;
  }

  @GetMapping
  @Allowed(Permission.READ)
  @Operation(summary = "All notices, or those that tell of a `job`: its own, and those of all jobs")
  List<Notice> listNotices(@RequestParam(required = false) @Nullable String job) {
    return notices.list(job);
  }

  @PostMapping
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.REQUEST)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary =
          "Have somebody told of what happens to the executions of a job, or of all jobs. The"
              + " `secret` that what is sent is signed with is in this answer and nowhere else")
  ResponseEntity<MadeNotice> createNotice(@RequestBody NewNotice notice) {
    MadeNotice made = notices.create(notice);
    return ResponseEntity.created(Locations.of("notices", made.notice().name())).body(made);
  }

  @GetMapping("/{name}")
  @Allowed(Permission.READ)
  @Operation(summary = "One notice, without its secrets")
  Notice notice(@PathVariable String name) {
    return notices.named(name);
  }

  @PatchMapping("/{name}")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  @Operation(
      summary =
          "Change, enable or disable a notice; what waits to be sent is given up when it is disabled")
  Notice updateNotice(@PathVariable String name, @RequestBody NoticeChange change) {
    return notices.update(name, change);
  }

  @DeleteMapping("/{name}")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a notice with its deliveries; nothing more is sent")
  void deleteNotice(@PathVariable String name) {
    notices.delete(name);
  }

  @PostMapping("/{name}/rotate-key")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  @Operation(
      summary =
          "Make another signing key; its `secret` is in this answer and nowhere else. For the time of"
              + " `overlap` (a day, at most 7), what is sent has the signatures of both")
  MadeNotice rotateNoticeKey(
      @PathVariable String name, @RequestParam(defaultValue = "P1D") Duration overlap) {
    return notices.rotateKey(name, overlap);
  }

  @PostMapping("/{name}/test")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary =
          "Have a test sent, once; a controller does it at once, and what the receiver answered is"
              + " then in the delivery with this id")
  Delivery testNotice(@PathVariable String name) {
    return deliveries.test(name);
  }

  @GetMapping("/{name}/deliveries")
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "What a notice has sent and is to send, newest first; with `after`, the id of the last one"
              + " of the page before")
  List<Delivery> listDeliveries(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable UUID after,
      @RequestParam(defaultValue = Bounds.USUAL_PAGE) int limit) {
    return deliveries.list(name, after, limit);
  }

  @GetMapping("/{name}/deliveries/{id}")
  @Allowed(Permission.READ)
  @Operation(summary = "One delivery, with what was sent and what the receiver answered each time")
  SentDelivery delivery(@PathVariable String name, @PathVariable UUID id) {
    return deliveries.named(name, id);
  }

  @PostMapping("/{name}/deliveries/{id}/resend")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Send a delivery again that has arrived, or was given up, under the same id")
  Delivery resendDelivery(@PathVariable String name, @PathVariable UUID id) {
    return deliveries.resend(name, id);
  }
}
