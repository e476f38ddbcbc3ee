package dev.edj.access;

import dev.edj.audit.Actor;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.Names;
import dev.edj.scope.Area;
import dev.edj.scope.Scope;
import dev.edj.security.LocalToken;
import java.security.Principal;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whoever asks for something, and what they may do at this moment.
public sealed interface Caller extends Principal {

  /// Whoever may read the service's data directory.
  static Caller local() {
    return new Local();
  }

  /// To whom it is put down what they do.
  String name();

  CallerKey key();

  /// What they are in the audit log.
  Actor actor();

  boolean may(Permission permission);

  /// The greatest of their roles.
  Optional<Role> role();

  /// Where they have a role.
  Area area(Role role);

  /// Where they may do what.
  default Scope scope() {
    return new Scope(description(), area(Role.Operator), area(Role.Author));
  }

  /// Refuses what they may not do.
  default void require(Permission permission) {
    if (!may(permission)) {
      throw new EdjException(ErrorCode.FORBIDDEN, null, refusal(permission));
    }
  }

  private String refusal(Permission permission) {
    return "this needs the role %s; %s"
        .formatted(
            permission.role().map(Role::name).orElse(""),
            role()
                .map(has -> "%s has the role %s".formatted(description(), has))
                .orElseGet(this::withoutRole));
  }

  private String withoutRole() {
    String without = "%s has no role".formatted(description());
    return this instanceof Vouched
        ? without + " here: none is given for what the provider says of them"
        : without;
  }

  /// Somebody whom an OpenID provider vouches for.
  ///
  /// @param theirName there; nobody else's here
  /// @param values what the provider says that they are
  /// @throws EdjException when nobody can have that name
  static Vouched vouched(String theirName, Collection<String> values, RoleMapping roles) {
    int longest = Names.MAXIMUM_LENGTH - Vouched.PREFIX.length();
    return new Vouched(
        Vouched.PREFIX + Names.checked("name", theirName, longest),
        new Grants(roles.grants(values)),
        null);
  }

  /// Who they are, in words.
  String description();

  @Override
  default String getName() {
    return name();
  }

  /// The bearer of the local token.
  record Local() implements Caller {

    @Override
    public String name() {
      return LocalToken.USER;
    }

    @Override
    public CallerKey key() {
      return CallerKey.LOCAL;
    }

    @Override
    public Actor actor() {
      return Actor.local(name());
    }

    @Override
    public boolean may(Permission permission) {
      return true;
    }

    @Override
    public Optional<Role> role() {
      return Optional.of(Role.Administrator);
    }

    @Override
    public Area area(Role role) {
      return Area.EVERYWHERE;
    }

    @Override
    public String description() {
      return "the bearer of the local token";
    }
  }

  /// A person, and what they were given.
  sealed interface Granted extends Caller {

    Grants grants();

    @Override
    default Actor actor() {
      return Actor.user(name());
    }

    @Override
    default boolean may(Permission permission) {
      return grants().allow(permission);
    }

    @Override
    default Optional<Role> role() {
      return grants().greatest();
    }

    @Override
    default Area area(Role role) {
      return grants().area(role);
    }

    @Override
    default String description() {
      return "user '%s'".formatted(name());
    }
  }

  /// A user who signed in.
  record Person(long userId, String name, int epoch, Grants grants) implements Granted {

    @Override
    public CallerKey key() {
      return new CallerKey(userId, epoch, null, null);
    }
  }

  /// Who shows a token of a user: one that a program was given, or that `edj sign-in` keeps.
  ///
  /// @param owner may do less than at the time when the token was made
  /// @param limit what the token may do at most
  record Bearer(Person owner, long tokenId, String token, TokenKind kind, Grants limit)
      implements Caller {

    @Override
    public String name() {
      return owner.name();
    }

    @Override
    public CallerKey key() {
      return new CallerKey(owner.userId(), owner.epoch(), tokenId, null);
    }

    @Override
    public Actor actor() {
      return switch (kind) {
        case SignIn -> owner.actor();
        case Api -> Actor.program(owner.name(), token);
      };
    }

    @Override
    public boolean may(Permission permission) {
      return owner.may(permission) && limit.allow(permission);
    }

    @Override
    public Optional<Role> role() {
      return owner
          .role()
          .flatMap(own -> limit.greatest().map(most -> own.includes(most) ? most : own));
    }

    @Override
    public Area area(Role role) {
      return owner.area(role).and(limit.area(role));
    }

    @Override
    public String description() {
      return switch (kind) {
        case SignIn -> owner.description();
        case Api -> "the token '%s' of %s".formatted(token, owner.description());
      };
    }
  }

  /// Somebody whom an OpenID provider vouches for, for as long as its word is good; the service
  /// keeps no account of them.
  ///
  /// @param name `oidc:` and what the provider calls them: no user has such a name
  /// @param voucherId under which the word is kept, for the portal's session; null when it is not
  record Vouched(String name, Grants grants, @Nullable Long voucherId) implements Granted {

    static final String PREFIX = "oidc:";

    Vouched with(Grants others) {
      return new Vouched(name, others, voucherId);
    }

    @Override
    public CallerKey key() {
      if (voucherId == null) {
        throw new EdjException(
            ErrorCode.FORBIDDEN,
            null,
            "%s comes with a token of the provider; sign in to the portal with the provider itself"
                .formatted(name));
      }
      return new CallerKey(null, 0, null, voucherId);
    }
  }
}
