package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.execution.JobExecution;
import dev.edj.job.NewQuery;
import dev.edj.job.Queries;
import dev.edj.scope.Narrowing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(Locations.BASE + "/queries")
@Tag(name = "Queries")
class QueryController {

  private final Queries queries;

  QueryController(Queries queries) {
    this.queries = queries;
  }

  @PostMapping
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.REQUEST)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary =
          "Run a script on a target without a job: in a transaction that only reads and is rolled"
              + " back, unless `readOnly` is false. The execution and its results go an hour after"
              + " its end")
  ResponseEntity<JobExecution> startQuery(@RequestBody NewQuery query, Principal user) {
    JobExecution started = queries.start(query, user.getName());
    return ResponseEntity.accepted()
        .location(Locations.of("executions", started.id().toString()))
        .body(started);
  }
}
