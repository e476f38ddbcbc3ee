package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewScheduleRule;
import dev.edj.schedule.Schedule;
import dev.edj.schedule.Schedules;
import dev.edj.scope.Narrowing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
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
@RequestMapping(Locations.BASE + "/schedules")
@Tag(name = "Schedules")
class ScheduleController {

  private final Schedules schedules;

  ScheduleController(Schedules schedules) {
    this.schedules = schedules;
  }

  @GetMapping
  @Allowed(Permission.READ)
  @Operation(summary = "All schedules")
  List<Schedule> listSchedules() {
    return schedules.list();
  }

  @PostMapping
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Create a schedule")
  ResponseEntity<Schedule> createSchedule(@RequestBody NewSchedule schedule) {
    Schedule created = schedules.create(schedule);
    return ResponseEntity.created(Locations.of("schedules", created.name())).body(created);
  }

  @GetMapping("/{name}")
  @Allowed(Permission.READ)
  @Operation(summary = "One schedule")
  Schedule schedule(@PathVariable String name) {
    return schedules.named(name);
  }

  @GetMapping("/{name}/next")
  @Allowed(Permission.READ)
  @Operation(summary = "The next planned times of a schedule, after a time or after now")
  List<Instant> nextTimes(
      @PathVariable String name,
      @RequestParam(defaultValue = "10") int count,
      @RequestParam(required = false) @Nullable Instant after) {
    return schedules.next(name, count, after);
  }

  @PatchMapping("/{name}")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SCHEDULE)
  @Operation(
      summary =
          "Change a schedule, and what its triggers wait for; an empty text takes a limit away")
  Schedule updateSchedule(@PathVariable String name, @RequestBody NewScheduleRule change) {
    return schedules.update(name, change);
  }

  @DeleteMapping("/{name}")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SCHEDULE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a schedule that no trigger is bound to")
  void deleteSchedule(@PathVariable String name) {
    schedules.delete(name);
  }
}
