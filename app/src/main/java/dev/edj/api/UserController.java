package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Grant;
import dev.edj.access.NewUser;
import dev.edj.access.Permission;
import dev.edj.access.Role;
import dev.edj.access.User;
import dev.edj.access.UserChange;
import dev.edj.access.Users;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(Locations.BASE + "/users")
@Tag(name = "Users")
class UserController {

  private final Users users;

  UserController(Users users) {
    this.users = users;
  }

  @GetMapping
  @Allowed(Permission.ADMINISTER)
  @Operation(summary = "All users")
  List<User> listUsers() {
    return users.list();
  }

  @PostMapping
  @Allowed(Permission.ADMINISTER)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary =
          "Create a user with roles; one without a password cannot sign in, but have tokens made"
              + " for programs")
  ResponseEntity<User> createUser(@RequestBody NewUser user) {
    User created = users.create(user);
    return ResponseEntity.created(Locations.of("users", created.name())).body(created);
  }

  @GetMapping("/{name}")
  @Allowed(Permission.ADMINISTER)
  @Operation(summary = "One user")
  User user(@PathVariable String name) {
    return users.named(name);
  }

  @PatchMapping("/{name}")
  @Allowed(Permission.ADMINISTER)
  @Operation(
      summary =
          "Change a user's display name, or whether they are enabled; one who is not is signed out"
              + " everywhere, and their tokens are of no use")
  User updateUser(@PathVariable String name, @RequestBody UserChange change) {
    return users.update(name, change);
  }

  @DeleteMapping("/{name}")
  @Allowed(Permission.ADMINISTER)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a user with their tokens; the last administrator stays")
  void deleteUser(@PathVariable String name) {
    users.delete(name);
  }

  record NewPassword(@Sensitive String password) {

    @Override
    public String toString() {
      return Masked.text(this);
    }
  }

  @PutMapping("/{name}/password")
  @Allowed(Permission.ADMINISTER)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Give a user a password; whoever is signed in as them is signed out")
  void setPassword(@PathVariable String name, @RequestBody NewPassword password) {
    users.setPassword(name, password.password());
  }

  @PutMapping("/{name}/grants/{role}")
  @Allowed(Permission.ADMINISTER)
  @Operation(
      summary =
          "Give a user a role: everywhere, or, as Operator or Author, in a custom `collection` of"
              + " targets. They have to sign in again")
  User grantRole(
      @PathVariable String name,
      @PathVariable Role role,
      @RequestParam(required = false) @Nullable String collection) {
    return users.grant(name, new Grant(role, collection));
  }

  @DeleteMapping("/{name}/grants/{role}")
  @Allowed(Permission.ADMINISTER)
  @Operation(
      summary =
          "Take a role from a user, altogether or in one `collection`; they have to sign in again")
  User revokeRole(
      @PathVariable String name,
      @PathVariable Role role,
      @RequestParam(required = false) @Nullable String collection) {
    return users.revoke(name, role, collection);
  }
}
