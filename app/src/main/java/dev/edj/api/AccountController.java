package dev.edj.api;

import dev.edj.access.Account;
import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.MadeToken;
import dev.edj.access.Permission;
import dev.edj.access.SignIn;
import dev.edj.access.SignInProvider;
import dev.edj.access.SignIns;
import dev.edj.access.Tokens;
import dev.edj.access.Users;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import dev.edj.settings.OidcSettings;
import dev.edj.settings.ServiceSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Who one is, and signing in and out.
@RestController
@RequestMapping(Locations.BASE)
@Tag(name = "Account")
class AccountController {

  private static final List<String> SCOPES = List.of("openid", "profile", "email");

  private final SignIns signIns;
  private final Users users;
  private final Tokens tokens;
  private final @Nullable OidcSettings oidc;

  AccountController(SignIns signIns, Users users, Tokens tokens, ServiceSettings settings) {
    this.oidc = settings.oidc();
    this.signIns = signIns;
    this.users = users;
    this.tokens = tokens;
  }

  @PostMapping("/sign-in")
  @Allowed(Permission.ANYONE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary =
          "Exchange a user's password for a token, which is good for 7 days; it ends earlier with a"
              + " change of the password or the roles, and by `sign-out`",
      security = {})
  MadeToken signIn(@RequestBody SignIn signIn, HttpServletRequest request) {
    return signIns.signIn(signIn, request.getRemoteAddr());
  }

  @GetMapping("/sign-in/provider")
  @Allowed(Permission.ANYONE)
  @Operation(
      summary =
          "The OpenID provider with which people sign in by themselves: for a command line, which"
              + " shows its token here afterwards",
      security = {})
  SignInProvider signInProvider() {
    if (oidc == null) {
      throw new EdjException(
          ErrorCode.NOT_FOUND,
          null,
          "the service has no OpenID provider; sign in as a user of the service");
    }
    return new SignInProvider(oidc.issuer(), oidc.clientId(), oidc.label(), SCOPES);
  }

  @PostMapping("/sign-out")
  @Allowed(Permission.OWN)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Revoke the token that this request shows")
  void signOut(@AuthenticationPrincipal Caller caller) {
    switch (caller) {
      case Caller.Bearer bearer -> tokens.revoke(caller, bearer.tokenId());
      case Caller.Vouched _ ->
          throw new EdjException(
              ErrorCode.NOTHING_TO_DO,
              null,
              "the token is the provider's; it is good until it expires, or until the provider"
                  + " changes its keys");
      case Caller.Local _, Caller.Person _ ->
          throw new EdjException(
              ErrorCode.NOTHING_TO_DO,
              null,
              "the local token is not signed out; it is good as long as its file is there");
    }
  }

  @GetMapping("/account")
  @Allowed(Permission.OWN)
  @Operation(summary = "Whose token this request shows, and what they may do")
  Account account(@AuthenticationPrincipal Caller caller) {
    return Account.of(caller);
  }

  /// @param current one's password before
  record OwnPassword(@Sensitive String current, @Sensitive String password) {

    @Override
    public String toString() {
      return Masked.text(this);
    }
  }

  @PutMapping("/account/password")
  @Allowed(Permission.OWN)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Change one's own password; whoever is signed in with it has to do so again")
  void changePassword(
      @AuthenticationPrincipal Caller caller,
      @RequestBody OwnPassword password,
      HttpServletRequest request) {
    users.changePassword(caller, password.current(), password.password(), request.getRemoteAddr());
  }
}
