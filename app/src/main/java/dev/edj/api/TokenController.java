package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.MadeToken;
import dev.edj.access.NewToken;
import dev.edj.access.Permission;
import dev.edj.access.Token;
import dev.edj.access.Tokens;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Whose tokens somebody may see and make depends on who they are, not on the route.
@RestController
@RequestMapping(Locations.BASE + "/tokens")
@Tag(name = "Tokens")
class TokenController {

  private final Tokens tokens;

  TokenController(Tokens tokens) {
    this.tokens = tokens;
  }

  @GetMapping
  @Allowed(Permission.OWN)
  @Operation(
      summary =
          "One's own tokens, without their secrets; for an administrator those of all users, or of"
              + " the `user` that is named")
  List<Token> listTokens(
      @AuthenticationPrincipal Caller caller,
      @RequestParam(required = false) @Nullable String user) {
    return tokens.list(caller, user);
  }

  @PostMapping
  @Allowed(Permission.OWN)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary =
          "Make a token for a program: one's own, or as an administrator a `user`'s. Its `secret` is"
              + " in this answer and nowhere else. It lives 90 days unless another `lifetime` is"
              + " given, 366 days at most, and may do no more than its user: with a `role`, no more"
              + " than that, and with `collections` only there")
  MadeToken createToken(@AuthenticationPrincipal Caller caller, @RequestBody NewToken token) {
    return tokens.create(caller, token);
  }

  @DeleteMapping("/{id}")
  @Allowed(Permission.OWN)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Revoke a token: one's own, or as an administrator anybody's")
  void revokeToken(@AuthenticationPrincipal Caller caller, @PathVariable long id) {
    tokens.revoke(caller, id);
  }
}
