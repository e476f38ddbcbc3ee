package dev.edj.access;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.edj.audit.NewAuditEvent;
import dev.edj.controldb.ConstraintViolation;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.NameSearch;
import dev.edj.problem.Names;
import dev.edj.security.LocalToken;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Creates, changes, lists and deletes users, and says which roles they have.
///
/// Whatever a change takes from a user, it takes at once: those who are signed in have to do so
/// again, and their tokens may do no more than they.
public final class Users {

  static final String NOUN = "user";

  private static final String FIRST = "admin";
  private static final String COLLECTION = "collection";

  /// What history puts down to no user.
  private static final Set<String> RESERVED = Set.of(LocalToken.USER, "service");

  private final Jdbi jdbi;
  private final UserStore store;
  private final PasswordHashing hashing;
  private final SignInLimits limits;

  Users(Jdbi jdbi, PasswordHashing hashing, SignInLimits limits) {
    this.jdbi = jdbi;
    this.store = jdbi.onDemand(UserStore.class);
    this.hashing = hashing;
    this.limits = limits;
  }

  public User create(NewUser user) {
    String name = checkedName(user.name());
    String displayName =
        user.displayName() == null || user.displayName().isEmpty()
            ? ""
            : Names.checked("displayName", user.displayName());
    String hash =
        user.password() == null
            ? null
            : hashing.hash(PasswordRules.checked("password", user.password()));
    try {
      jdbi.useTransaction(handle -> {
        UserStore inside = handle.attach(UserStore.class);
        long userId = inside.insert(name, displayName, hash);
        requireNonNullElse(user.grants(), List.<Grant>of()).stream()
            .sorted()
            .forEach(grant -> grant(inside, found(inside, name), grant));
        NewAuditEvent.of("user.create").named(name).after(shown(inside, userId)).record(handle);
      });
    } catch (JdbiException e) {
      throw ConstraintViolation.constraint(e).equals("user_account_name")
          ? EdjException.alreadyExists(NOUN, name)
          : e;
    }
    return named(name);
  }

  /// Makes the first user where there is none yet: an administrator with a random password. Empty
  /// when somebody was there before.
  public Optional<FirstAdministrator> makeFirst() {
    if (store.areThere()) {
      return Optional.empty();
    }
    String password = PasswordRules.random();
    String hash = hashing.hash(password);
    return jdbi.inTransaction(handle -> {
      UserStore inside = handle.attach(UserStore.class);
      inside.lock();
      if (inside.areThere()) {
        return Optional.empty();
      }
      long userId = inside.insert(FIRST, "", hash);
      inside.grant(userId, Role.Administrator, null);
      NewAuditEvent.of("user.create").named(FIRST).after(shown(inside, userId)).record(handle);
      return Optional.of(new FirstAdministrator(FIRST, password));
    });
  }

  /// Whether anybody but the local token's bearer may come in.
  public boolean areThere() {
    return store.areThere();
  }

  public User named(String name) {
    return shown(store, found(store, name));
  }

  private static User shown(UserStore store, long userId) {
    return shown(store, store.find(userId).orElseThrow());
  }

  private static User shown(UserStore store, UserRow user) {
    return user.user(grants(store, user.userId()));
  }

  public List<User> list() {
    return list(UserStore::list);
  }

  public List<User> list(NameSearch search) {
    return list(inside -> inside.search(search));
  }

  private List<User> list(Function<UserStore, List<UserRow>> rows) {
    return jdbi.withExtension(
        UserStore.class,
        inside -> {
          Map<Long, List<Grant>> grants =
              inside.grants(null).stream()
                  .sorted(comparing(GrantRow::grant))
                  .collect(groupingBy(GrantRow::userId, mapping(GrantRow::grant, toList())));
          return rows.apply(inside).stream()
              .map(row -> row.user(grants.getOrDefault(row.userId(), List.of())))
              .toList();
        });
  }

  /// How often signing in as them failed since it last succeeded; empty for never.
  public Optional<SignInFailures> signInFailures(String name) {
    return limits.failures(name);
  }

  public User update(String name, UserChange change) {
    if (change.displayName() != null && !change.displayName().isEmpty()) {
      Names.checked("displayName", change.displayName());
    }
    keepingAnAdministrator(
        "user.update",
        name,
        (inside, row) -> {
          if (change.displayName() != null) {
            inside.updateDisplayName(row.userId(), change.displayName());
          }
          if (change.enabled() != null) {
            inside.updateEnabled(row.userId(), change.enabled());
          }
        });
    return named(name);
  }

  /// A user goes with their tokens; what they did stays under their name.
  public void delete(String name) {
    keepingAnAdministrator("user.delete", name, (inside, row) -> inside.delete(row.userId()));
  }

  /// Gives somebody a password without asking for the one before.
  public void setPassword(String name, String password) {
    setPassword(found(store, name), password);
  }

  /// Changes one's own password.
  ///
  /// @param current shows that it is not somebody who found a screen unlocked
  /// @param address where the request comes from
  public void changePassword(Caller caller, String current, String password, String address) {
    UserRow user = ownAccount(caller);
    SignInLimits.Attempt attempt = limits.begin(user.name(), address);
    if (!PasswordRules.isShortEnough(current)
        || !hashing.matches(PasswordRules.normal(current), user.passwordHash())) {
      noteRefusal(user);
      throw EdjException.invalid("current", "is not the password of '%s'".formatted(user.name()));
    }
    attempt.succeeded();
    setPassword(user, password);
  }

  /// A screen that was found unlocked is a way to guess, too.
  private void noteRefusal(UserRow user) {
    jdbi.useTransaction(
        handle -> NewAuditEvent.of("session.refuse").named(user.name()).record(handle));
  }

  /// Gives a role; one that the user has already stays as it is. Given everywhere, it takes the
  /// place of the same role in collections.
  public User grant(String name, Grant grant) {
    changingRoles("user.grant", name, (inside, row) -> grant(inside, row, grant));
    return named(name);
  }

  /// Returns how many roles it changed.
  private static int grant(UserStore store, UserRow user, Grant grant) {
    String collection = grant.checked().collection();
    List<Grant> before = grants(store, user.userId());
    if (before.contains(grant)) {
      return 0;
    }
    if (collection == null) {
      store.revoke(user.userId(), grant.role());
      return store.grant(user.userId(), grant.role(), null);
    }
    before.stream()
        .filter(grant::isWithin)
        .findFirst()
        .ifPresent(wider -> {
          throw EdjException.invalid(
              COLLECTION,
              "user '%s' has the role %s everywhere, so this would narrow nothing; revoke that first"
                  .formatted(user.name(), wider.role()));
        });
    return store.grant(user.userId(), grant.role(), collectionId(store, COLLECTION, collection));
  }

  /// Takes a role away, from wherever they have it.
  public User revoke(String name, Role role) {
    return revoke(name, role, null);
  }

  /// Takes a role away.
  ///
  /// @param collection where it is taken; null for wherever they have it
  public User revoke(String name, Role role, @Nullable String collection) {
    changingRoles(
        "user.revoke",
        name,
        (inside, row) -> {
          int revoked =
              collection == null
                  ? inside.revoke(row.userId(), role)
                  : inside.revoke(row.userId(), role, collectionId(inside, COLLECTION, collection));
          if (revoked == 0) {
            throw EdjException.notFound(
                "role %s of user".formatted(new Grant(role, collection)), row.name());
          }
          return revoked;
        });
    return named(name);
  }

  static UUID collectionId(UserStore store, String field, String nameOrId) {
    return store
        .findCollection(nameOrId)
        .orElseThrow(() ->
            EdjException.invalid(field, "there is no custom collection '%s'".formatted(nameOrId)));
  }

  /// The account of a caller who is a person at this moment: neither the local token, which has
  /// none, nor a program's token.
  UserRow ownAccount(Caller caller) {
    Caller.Person person =
        switch (caller) {
          case Caller.Person itself -> itself;
          case Caller.Bearer bearer when bearer.kind() == TokenKind.SignIn -> bearer.owner();
          case Caller.Bearer _, Caller.Local _, Caller.Vouched _ ->
              throw new EdjException(
                  ErrorCode.FORBIDDEN,
                  null,
                  "%s cannot do this for a user; sign in as one".formatted(caller.description()));
        };
    return store
        .find(person.userId())
        .orElseThrow(() -> EdjException.notFound(NOUN, person.name()));
  }

  static UserRow found(UserStore store, String name) {
    return store.find(name).orElseThrow(() -> EdjException.notFound(NOUN, name));
  }

  static List<Grant> grants(UserStore store, long userId) {
    return store.grants(userId).stream().map(GrantRow::grant).sorted().toList();
  }

  private void setPassword(UserRow user, String password) {
    String hash = hashing.hash(PasswordRules.checked("password", password));
    jdbi.useTransaction(handle -> {
      handle.attach(UserStore.class).updatePassword(user.userId(), hash);
      NewAuditEvent.of("user.set-password").named(user.name()).record(handle);
    });
  }

  private interface RoleChange {

    /// Returns how many roles it changed.
    int perform(UserStore store, UserRow user);
  }

  /// Another role is another epoch: whoever is signed in with the one before is signed out.
  private void changingRoles(String action, String name, RoleChange change) {
    keepingAnAdministrator(
        action,
        name,
        (inside, row) -> {
          if (change.perform(inside, row) > 0) {
            inside.beginEpoch(row.userId());
          }
        });
  }

  private interface Change {

    void perform(UserStore store, UserRow user);
  }

  /// Does not let the last go who could sign in and let others in again.
  private void keepingAnAdministrator(String action, String name, Change change) {
    jdbi.useTransaction(handle -> {
      UserStore inside = handle.attach(UserStore.class);
      inside.lock();
      UserRow user = found(inside, name);
      User shown = shown(inside, user);
      int before = inside.administratorsWhoCanSignIn();
      change.perform(inside, user);
      if (before > 0 && inside.administratorsWhoCanSignIn() == 0) {
        throw new EdjException(
            ErrorCode.LAST_ADMINISTRATOR,
            null,
            ("'%s' is the last administrator who can sign in; make another one first; nothing was"
                    + " changed")
                .formatted(user.name()));
      }
      User after = inside.find(user.userId()).map(changed -> shown(inside, changed)).orElse(null);
      if (!shown.equals(after)) {
        NewAuditEvent.of(action).named(user.name()).before(shown).after(after).record(handle);
      }
    });
  }

  /// Refuses what no user can be called.
  public static String checkedName(String name) {
    Names.checked("name", name);
    String small = name.toLowerCase(Locale.ROOT);
    if (RESERVED.contains(small) || small.startsWith(Caller.Vouched.PREFIX)) {
      throw EdjException.invalid("name", "'%s' is not a user's name".formatted(name));
    }
    return name;
  }
}
