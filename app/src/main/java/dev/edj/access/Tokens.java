package dev.edj.access;

import static java.util.Objects.requireNonNullElse;

import dev.edj.audit.Actor;
import dev.edj.audit.NewAuditEvent;
import dev.edj.controldb.ConstraintViolation;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.Names;
import dev.edj.security.Secret;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Makes, lists and revokes tokens. Of a token's secret only a digest is kept.
public final class Tokens {

  public static final Duration USUAL_LIFETIME = Duration.ofDays(90);

  private static final String NOUN = "token";
  private static final String COLLECTIONS = "collections";
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(366);
  private static final Duration SIGNED_IN = Duration.ofDays(7);

  private final Jdbi jdbi;
  private final UserStore users;
  private final TokenStore store;
  private final Users accounts;

  Tokens(Jdbi jdbi, Users accounts) {
    this.jdbi = jdbi;
    this.users = jdbi.onDemand(UserStore.class);
    this.store = jdbi.onDemand(TokenStore.class);
    this.accounts = accounts;
  }

  /// Makes a token for a program: one's own, or as an administrator anybody's.
  public MadeToken create(Caller caller, NewToken token) {
    String name = Names.checked("name", token.name());
    Duration lifetime = checkedLifetime(token.lifetime());
    UserRow owner = owner(caller, token.user());
    Role role = token.role();
    Grants grants = new Grants(Users.grants(users, owner.userId()));
    if (role != null && !grants.include(role)) {
      throw EdjException.invalid(
          "role",
          "user '%s' does not have the role %s, so no token of theirs can"
              .formatted(owner.name(), role));
    }
    List<String> collections = requireNonNullElse(token.collections(), List.of());
    requireNarrowable(role, collections);
    return insert(owner, name, TokenKind.Api, role, collections, lifetime, caller.name());
  }

  /// Refuses collections where a role in them would say nothing.
  public static void requireNarrowable(@Nullable Role role, List<String> collections) {
    if (collections.isEmpty()) {
      return;
    }
    if (role == null) {
      throw EdjException.invalid(
          COLLECTIONS, "say with 'role' what the token may do there: Operator or Author");
    }
    Grant.requireNarrowable(COLLECTIONS, role);
  }

  /// Tokens without their secrets.
  ///
  /// @param user null for those of all whom the caller may see
  public List<Token> list(Caller caller, @Nullable String user) {
    if (caller.may(Permission.ADMINISTER)) {
      return store.list(user == null ? null : Users.found(users, user).name());
    }
    requireOwn(caller, requireNonNullElse(user, caller.name()));
    return store.list(caller.name());
  }

  /// A page of those of all users.
  public List<Token> search(Caller caller, TokenSearch search) {
    caller.require(Permission.ADMINISTER);
    return store.search(search);
  }

  /// One that the caller may see.
  public Token found(Caller caller, long id) {
    return store
        .find(id)
        .filter(token -> caller.may(Permission.ADMINISTER) || isOwn(caller, token.user()))
        .orElseThrow(() -> EdjException.notFound(NOUN, String.valueOf(id)));
  }

  /// Nobody comes in with it any more. A program may revoke the token that it shows, and no other.
  public void revoke(Caller caller, long id) {
    Token token = found(caller, id);
    if (caller instanceof Caller.Bearer bearer
        && bearer.kind() == TokenKind.Api
        && bearer.tokenId() != id) {
      caller.require(Permission.ADMINISTER);
    }
    jdbi.useTransaction(handle -> {
      handle.attach(TokenStore.class).delete(id);
      event("revoke", token).before(token).record(handle);
    });
  }

  /// The token that `edj sign-in` keeps.
  MadeToken signedIn(UserRow user, @Nullable String device) {
    store.deleteOld();
    String name = Names.checked("device", requireNonNullElse(device, "edj"));
    return insert(user, name, TokenKind.SignIn, null, List.of(), SIGNED_IN, user.name());
  }

  private MadeToken insert(
      UserRow owner,
      String name,
      TokenKind kind,
      @Nullable Role role,
      List<String> collections,
      Duration lifetime,
      String createdBy) {
    Secret secret = TokenText.random();
    Integer epoch = kind == TokenKind.SignIn ? (Integer) owner.epoch() : null;
    try {
      return jdbi.inTransaction(handle -> {
        TokenStore inside = handle.attach(TokenStore.class);
        long id =
            inside.insert(
                owner.userId(),
                name,
                kind,
                epoch,
                secret.digest(),
                role,
                lifetime.toSeconds(),
                createdBy);
        UserStore targets = handle.attach(UserStore.class);
        collections.forEach(
            collection -> inside.narrow(id, Users.collectionId(targets, COLLECTIONS, collection)));
        Token made = inside.find(id).orElseThrow(() -> EdjException.notFound(NOUN, name));
        event("create", made).after(made).record(handle);
        return new MadeToken(made, secret.text());
      });
    } catch (JdbiException e) {
      throw switch (ConstraintViolation.constraint(e)) {
        case "access_token_name" ->
            EdjException.alreadyExists("token of user '%s'".formatted(owner.name()), name);
        case "access_token_user_id_fkey" -> EdjException.notFound(Users.NOUN, owner.name());
        default -> e;
      };
    }
  }

  /// What `edj sign-in` keeps is a session of a user, which this begins or ends.
  private static NewAuditEvent event(String verb, Token token) {
    return switch (token.kind()) {
      case Api ->
          NewAuditEvent.of("token." + verb).named(token.user() + "/" + token.name()).id(token.id());
      case SignIn -> {
        NewAuditEvent event =
            verb.equals("create")
                ? NewAuditEvent.of("session.begin").by(Actor.user(token.user()))
                : NewAuditEvent.of("session.end");
        yield event.named(token.user()).id(token.id());
      }
    };
  }

  private UserRow owner(Caller caller, @Nullable String user) {
    if (user != null && caller.may(Permission.ADMINISTER)) {
      return Users.found(users, user);
    }
    if (user == null && caller instanceof Caller.Local) {
      throw EdjException.invalid(
          "user", "say whose token it is to be; the local token has no user");
    }
    requireOwn(caller, requireNonNullElse(user, caller.name()));
    return accounts.ownAccount(caller);
  }

  private static void requireOwn(Caller caller, String user) {
    if (!isOwn(caller, user)) {
      caller.require(Permission.ADMINISTER);
    }
  }

  private static boolean isOwn(Caller caller, String user) {
    return caller.name().equalsIgnoreCase(user);
  }

  /// How long a token lives that is to live that long; null for the usual time.
  public static Duration checkedLifetime(@Nullable Duration wanted) {
    Duration lifetime = requireNonNullElse(wanted, USUAL_LIFETIME);
    if (lifetime.compareTo(Duration.ofMinutes(1)) < 0 || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
      throw new EdjException(
          ErrorCode.INVALID_FIELD, "lifetime", "lifetime: must be from one minute to 366 days");
    }
    return lifetime;
  }
}
