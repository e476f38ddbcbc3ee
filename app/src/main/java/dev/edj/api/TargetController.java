package dev.edj.api;

import static dev.edj.api.Bounds.LARGEST_PAGE;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.target.ChildTarget;
import dev.edj.target.ExplainedResolution;
import dev.edj.target.NewChild;
import dev.edj.target.NewDatabaseValues;
import dev.edj.target.NewTarget;
import dev.edj.target.Resolution;
import dev.edj.target.ServerFacts;
import dev.edj.target.Target;
import dev.edj.target.TargetChange;
import dev.edj.target.TargetDatabase;
import dev.edj.target.TargetFilter;
import dev.edj.target.TargetKind;
import dev.edj.target.TargetServers;
import dev.edj.target.Targets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Wherever a target is named, its id does as well.
@RestController
@RequestMapping(Locations.BASE + "/targets")
@Tag(name = "Targets")
class TargetController {

  private final Targets targets;
  private final TargetServers servers;
  private final Lists lists;

  TargetController(Targets targets, TargetServers servers, Lists lists) {
    this.targets = targets;
    this.servers = servers;
    this.lists = lists;
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "Targets, all or by their natural key, in the order of their names; with `limit` a page of"
              + " them, with a `Link` to the next")
  @ApiResponse(
      responseCode = "200",
      description = "OK",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              array = @ArraySchema(schema = @Schema(implementation = Target.class))))
  void listTargets(
      @RequestParam(required = false) @Nullable TargetKind kind,
      @RequestParam(required = false) @Nullable String server,
      @RequestParam(required = false) @Nullable String database,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Schema(minimum = "1", maximum = "" + LARGEST_PAGE)
          @Nullable Integer limit,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    TargetFilter filter = new TargetFilter(kind, server, database, name);
    lists.send(
        request,
        response,
        after,
        limit,
        Target::name,
        (last, most) -> targets.list(filter, last, most));
  }

  @PostMapping
  @Allowed(Permission.ADMINISTER)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Create a target")
  ResponseEntity<Target> createTarget(@RequestBody NewTarget target) {
    Target created = targets.create(target);
    return ResponseEntity.created(Locations.of("targets", created.name())).body(created);
  }

  @GetMapping("/{target}")
  @Allowed(Permission.READ)
  @Operation(summary = "One target, by its name or id")
  Target target(@PathVariable String target) {
    return targets.named(target);
  }

  @PatchMapping("/{target}")
  @Allowed(Permission.ADMINISTER)
  @Operation(summary = "Change the name or the settings of a target")
  Target updateTarget(@PathVariable String target, @RequestBody TargetChange change) {
    return targets.update(target, change);
  }

  @DeleteMapping("/{target}")
  @Allowed(Permission.ADMINISTER)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a target that nothing uses")
  void deleteTarget(@PathVariable String target) {
    targets.delete(target);
  }

  @GetMapping(path = "/{target}/children", produces = MediaType.APPLICATION_JSON_VALUE)
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "The members of a collection, in the order of their names; with `limit` a page of them,"
              + " with a `Link` to the next")
  @ApiResponse(
      responseCode = "200",
      description = "OK",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              array = @ArraySchema(schema = @Schema(implementation = ChildTarget.class))))
  void listTargetChildren(
      @PathVariable String target,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Schema(minimum = "1", maximum = "" + LARGEST_PAGE)
          @Nullable Integer limit,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    lists.send(
        request,
        response,
        after,
        limit,
        child -> child.target().name(),
        (last, most) -> targets.children(target, last, most));
  }

  @PostMapping("/{target}/children")
  @Allowed(Permission.ADMINISTER)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary =
          "Add a member to a collection, or change whether it is included or excluded and what it"
              + " carries")
  void addTargetChild(@PathVariable String target, @RequestBody NewChild child) {
    targets.addChild(target, child);
  }

  @DeleteMapping("/{target}/children/{child}")
  @Allowed(Permission.ADMINISTER)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Remove a member from a collection")
  void removeTargetChild(@PathVariable String target, @PathVariable String child) {
    targets.removeChild(target, child);
  }

  @GetMapping("/{target}/databases")
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "Which databases the target is now; servers are asked, with the given credential where"
              + " they have none of their own")
  Resolution targetDatabases(
      @PathVariable String target, @RequestParam(required = false) @Nullable String credential) {
    return targets.resolve(target, credential);
  }

  @GetMapping("/{target}/server")
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "What the server of a target shows of itself now: its certificate, and how far its clock"
              + " is ahead of the control database's; it is logged in to, with the given credential"
              + " where the target has none of its own")
  ServerFacts targetServer(
      @PathVariable String target, @RequestParam(required = false) @Nullable String credential) {
    return servers.facts(target, credential);
  }

  @GetMapping("/{target}/values")
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "Values of script variables that single databases carry which a server, a pool or a shard"
              + " map lists")
  List<TargetDatabase> listTargetValues(@PathVariable String target) {
    return targets.databaseValues(target);
  }

  @PutMapping("/{target}/values")
  @Allowed(Permission.ADMINISTER)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary =
          "Set what one of the databases carries that a server, a pool or a shard map lists; with"
              + " no values it carries nothing any more")
  void setTargetValues(@PathVariable String target, @RequestBody NewDatabaseValues values) {
    targets.setDatabaseValues(target, values);
  }

  @GetMapping("/{target}/ways")
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "Every database that is met below the target now, and by which ways it is in or out")
  ExplainedResolution targetWays(
      @PathVariable String target, @RequestParam(required = false) @Nullable String credential) {
    return targets.explain(target, credential);
  }
}
