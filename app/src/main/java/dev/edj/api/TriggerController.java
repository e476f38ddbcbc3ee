package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.schedule.Firing;
import dev.edj.schedule.NewTrigger;
import dev.edj.schedule.Trigger;
import dev.edj.schedule.TriggerChange;
import dev.edj.schedule.Triggers;
import dev.edj.scope.Narrowing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
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
@RequestMapping(Locations.BASE + "/triggers")
@Tag(name = "Triggers")
class TriggerController {

  private final Triggers triggers;

  TriggerController(Triggers triggers) {
    this.triggers = triggers;
  }

  @GetMapping
  @Allowed(Permission.READ)
  @Operation(summary = "Triggers, all or of a job, of a schedule, or after a job")
  List<Trigger> listTriggers(
      @RequestParam(required = false) @Nullable String job,
      @RequestParam(required = false) @Nullable String schedule,
      @RequestParam(required = false) @Nullable String after) {
    return triggers.list(job, schedule, after);
  }

  @PostMapping
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.REQUEST)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Have a job started by a schedule, or after another job")
  ResponseEntity<Trigger> createTrigger(@RequestBody NewTrigger trigger) {
    Trigger created = triggers.create(trigger);
    return ResponseEntity.created(Locations.of("triggers", String.valueOf(created.id())))
        .body(created);
  }

  @GetMapping("/{id}")
  @Allowed(Permission.READ)
  @Operation(summary = "One trigger, with its newest firing")
  Trigger trigger(@PathVariable long id) {
    return triggers.named(id);
  }

  @GetMapping("/{id}/firings")
  @Allowed(Permission.READ)
  @Operation(summary = "What became of a trigger's planned times, newest first")
  List<Firing> listFirings(@PathVariable long id, @RequestParam(defaultValue = "100") int limit) {
    return triggers.firings(id, limit);
  }

  @PatchMapping("/{id}")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.TRIGGER)
  @Operation(
      summary =
          "Enable, disable or change a trigger; what passed while disabled is not made up for")
  Trigger updateTrigger(@PathVariable long id, @RequestBody TriggerChange change) {
    return triggers.update(id, change);
  }

  @DeleteMapping("/{id}")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.TRIGGER)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Remove a trigger; what it has started goes on")
  void deleteTrigger(@PathVariable long id) {
    triggers.delete(id);
  }
}
