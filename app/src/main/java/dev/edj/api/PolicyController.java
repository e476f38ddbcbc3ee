package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.policy.ExecutionPolicy;
import dev.edj.policy.ExecutionPolicyChange;
import dev.edj.policy.NewExecutionPolicy;
import dev.edj.policy.Policies;
import dev.edj.scope.Narrowing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(Locations.BASE + "/policies")
@Tag(name = "Execution policies")
class PolicyController {

  private final Policies policies;

  PolicyController(Policies policies) {
    this.policies = policies;
  }

  @GetMapping
  @Allowed(Permission.READ)
  @Operation(summary = "All execution policies, the built-in ones too")
  List<ExecutionPolicy> listPolicies() {
    return policies.list();
  }

  @PostMapping
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary =
          "Create an execution policy; `destinationFailure` says what to try again when a script has"
              + " run and its rows cannot be written to their destination: the script (`RunAgain`) or the"
              + " write alone (`WriteOnly`)")
  ResponseEntity<ExecutionPolicy> createPolicy(@RequestBody NewExecutionPolicy policy) {
    ExecutionPolicy created = policies.create(policy);
    return ResponseEntity.created(Locations.of("policies", created.name())).body(created);
  }

  @GetMapping("/{name}")
  @Allowed(Permission.READ)
  @Operation(summary = "One execution policy")
  ExecutionPolicy policy(@PathVariable String name) {
    return policies.named(name);
  }

  @PatchMapping("/{name}")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.POLICY)
  @Operation(summary = "Change an execution policy; what has started keeps the settings it has")
  ExecutionPolicy updatePolicy(
      @PathVariable String name, @RequestBody ExecutionPolicyChange change) {
    return policies.update(name, change);
  }

  @DeleteMapping("/{name}")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.POLICY)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete an execution policy that nothing uses")
  void deletePolicy(@PathVariable String name) {
    policies.delete(name);
  }
}
