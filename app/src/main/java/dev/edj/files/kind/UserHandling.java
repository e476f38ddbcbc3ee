package dev.edj.files.kind;

import dev.edj.access.Account;
import dev.edj.access.Grant;
import dev.edj.access.Role;
import dev.edj.access.User;
import dev.edj.access.Users;
import dev.edj.files.declaration.Kind;
import dev.edj.files.declaration.UserDeclaration;
import dev.edj.files.source.Declared;
import dev.edj.files.source.Faults;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Users with all their roles: what a file does not say of them, nobody is to have. A password that
/// is there is taken for the right one; people change their own.
///
/// Whoever applies the files stays, and keeps their roles: they could not mend it.
final class UserHandling implements Handling<UserDeclaration> {

  private static final String DISPLAY_NAME = "displayName";
  private static final String PASSWORD = "password";
  private static final String GRANTS = "grants";
  private static final String ENABLED = "enabled";
  private static final String ROLE = "role";
  private static final String COLLECTION = "collection";

  /// Marks whoever applies the files.
  private static final String APPLIES = "applies";

  private final Service service;

  UserHandling(Service service) {
    this.service = service;
  }

  @Override
  public Kind kind() {
    return Kind.USER;
  }

  @Override
  public String key(UserDeclaration declared) {
    List<Grant> grants = grants(declared);
    for (int i = 0; i < grants.size(); i++) {
      if (grants.get(i).collection() != null) {
        Grant.requireNarrowable("%s[%d].%s".formatted(GRANTS, i, COLLECTION), grants.get(i).role());
      }
    }
    return Users.checkedName(declared.name());
  }

  @Override
  public String key(ObjectNode present) {
    return Nodes.name(present);
  }

  @Override
  public List<Mention> mentions(UserDeclaration declared) {
    List<Mention> mentions = new ArrayList<>();
    List<Grant> grants = grants(declared);
    for (int i = 0; i < grants.size(); i++) {
      String collection = grants.get(i).collection();
      if (collection != null) {
        mentions.add(
            new Mention("%s[%d].%s".formatted(GRANTS, i, COLLECTION), Kind.TARGET, collection));
      }
    }
    return mentions;
  }

  private static List<Grant> grants(UserDeclaration declared) {
    return Objects.requireNonNullElse(declared.grants(), List.of());
  }

  @Override
  public List<ObjectNode> present(Predicate<String> closely) {
    Account account = service.read(Account.class, "account");
    return service.list(User.class, Kind.USER.plural()).stream()
        .map(user -> present(user, account))
        .toList();
  }

  private static ObjectNode present(User user, Account account) {
    ObjectNode node = node(user.name(), user.displayName(), user.enabled(), user.grants());
    if (user.hasPassword()) {
      node.put(PASSWORD, Nodes.SECRET);
    }
    return account.isOf(user.name()) ? node.put(APPLIES, true) : node;
  }

  @Override
  public ObjectNode wanted(Declared<UserDeclaration> declared, @Nullable ObjectNode present) {
    UserDeclaration user = declared.value();
    boolean enabled =
        user.enabled() == null
            ? present == null || present.get(ENABLED).asBoolean()
            : user.enabled();
    String displayName = Objects.requireNonNullElse(user.displayName(), "");
    if (!displayName.isEmpty()) {
      Names.checked(DISPLAY_NAME, displayName);
    }
    ObjectNode node = node(user.name(), displayName, enabled, grants(user));
    if (user.password() != null || (present != null && present.has(PASSWORD))) {
      node.put(PASSWORD, Nodes.SECRET);
    }
    if (present != null && present.has(APPLIES)) {
      requireTheSame(node, present);
      node.put(APPLIES, true);
    }
    return node;
  }

  private static ObjectNode node(
      String name, String displayName, boolean enabled, List<Grant> grants) {
    ObjectNode node =
        Nodes.empty().put(Nodes.NAME, name).put(DISPLAY_NAME, displayName).put(ENABLED, enabled);
    node.set(GRANTS, Nodes.tree(effective(grants)));
    return node;
  }

  /// Without roles in collections that say nothing beside one that holds everywhere; the service
  /// may have such, too.
  private static List<Grant> effective(List<Grant> grants) {
    return grants.stream()
        .filter(grant -> grant.collection() == null || grants.stream().noneMatch(grant::isWithin))
        .distinct()
        .sorted()
        .toList();
  }

  private static void requireTheSame(ObjectNode wanted, ObjectNode present) {
    for (String field : List.of(GRANTS, ENABLED)) {
      if (!wanted.get(field).equals(present.get(field))) {
        throw EdjException.invalid(
            field,
            ("user '%s' applies this, and could not take it back; have another administrator do it, or"
                    + " apply it with the local token")
                .formatted(Nodes.name(present)));
      }
    }
  }

  @Override
  public List<SecretUse> secrets(UserDeclaration declared) {
    return declared.password() == null
        ? List.of()
        : List.of(new SecretUse(PASSWORD, PASSWORD, declared.password()));
  }

  @Override
  public Optional<String> obstacle(Declared<UserDeclaration> declared, List<ObjectNode> all) {
    String name = declared.value().name();
    return all.stream()
        .map(this::key)
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .map(theirs -> "'%s' is called '%s' at the service; use that name".formatted(name, theirs));
  }

  /// Names of users are the same in small and capital letters.
  @Override
  public void checkTogether(Collection<Declared<UserDeclaration>> all, Faults faults) {
    Map<String, Declared<UserDeclaration>> names = new HashMap<>();
    for (Declared<UserDeclaration> one : all) {
      Declared<UserDeclaration> before =
          names.putIfAbsent(one.value().name().toLowerCase(Locale.ROOT), one);
      if (before != null) {
        faults.add(
            one.place(Nodes.NAME),
            Nodes.NAME,
            "user '%s' is declared already, at %s"
                .formatted(before.value().name(), before.place()));
      }
    }
  }

  /// Whoever is to let others in comes first: the last who can is never let go.
  @Override
  public Comparator<UserDeclaration> order() {
    return Comparator.comparing(user -> !isAdministrator(grants(user)));
  }

  private static boolean isAdministrator(List<Grant> grants) {
    return grants.stream().anyMatch(grant -> grant.role() == Role.Administrator);
  }

  @Override
  public void checkOutcome(Collection<ObjectNode> before, Collection<ObjectNode> after) {
    if (before.stream().anyMatch(UserHandling::letsOthersIn)
        && after.stream().noneMatch(UserHandling::letsOthersIn)) {
      throw new EdjException(
          ErrorCode.LAST_ADMINISTRATOR,
          null,
          "no administrator could sign in any more: none who is enabled and has a password; nothing was changed");
    }
  }

  private static boolean letsOthersIn(ObjectNode user) {
    return user.get(ENABLED).asBoolean()
        && user.has(PASSWORD)
        && user.get(GRANTS)
            .valueStream()
            .anyMatch(grant -> grant.get(ROLE).asString().equals(Role.Administrator.name()));
  }

  @Override
  public boolean isKept(ObjectNode present) {
    return present.has(APPLIES);
  }

  /// Another password signs out whoever applies this.
  @Override
  public boolean isLast(ObjectNode present) {
    return present.has(APPLIES);
  }

  @Override
  public ObjectNode exported(ObjectNode present) {
    ObjectNode node = Nodes.without(present, APPLIES);
    Nodes.removeDefaults(node, Nodes.empty().put(ENABLED, true));
    Nodes.removeEmpty(node, DISPLAY_NAME, GRANTS);
    if (node.has(PASSWORD)) {
      node.set(PASSWORD, Nodes.variable(kind().noun(), PASSWORD, Nodes.name(node)));
    }
    return node;
  }

  /// One who is not enabled is never there with a password and enabled, not for a moment.
  @Override
  public void create(Order<UserDeclaration> order, Secrets secrets) {
    ObjectNode body = Nodes.without(order.wanted(), ENABLED, PASSWORD);
    boolean enabled = order.wanted().get(ENABLED).asBoolean();
    Optional<String> password = password(order, secrets);
    if (enabled) {
      password.ifPresent(text -> body.put(PASSWORD, text));
    }
    service.send("POST", body, Kind.USER.plural());
    if (!enabled) {
      String name = Nodes.name(body);
      change(name, Nodes.empty().put(ENABLED, false));
      password.ifPresent(text -> setPassword(name, text));
    }
  }

  /// What takes something away goes before what gives it.
  @Override
  public void update(Order<UserDeclaration> order, ObjectNode present, Secrets secrets) {
    String name = Nodes.name(present);
    ObjectNode wanted = order.wanted();
    boolean enabled = wanted.get(ENABLED).asBoolean();
    ObjectNode first = Nodes.empty();
    if (order.changes(DISPLAY_NAME)) {
      first.set(DISPLAY_NAME, wanted.get(DISPLAY_NAME));
    }
    if (order.changes(ENABLED) && !enabled) {
      first.put(ENABLED, false);
    }
    change(name, first);
    if (order.changes(GRANTS)) {
      changeRoles(name, effective(grants(order.declared().value())));
    }
    if (order.changes(PASSWORD)) {
      password(order, secrets).ifPresent(text -> setPassword(name, text));
    }
    if (order.changes(ENABLED) && enabled) {
      change(name, Nodes.empty().put(ENABLED, true));
    }
  }

  private static Optional<String> password(Order<UserDeclaration> order, Secrets secrets) {
    return Optional.ofNullable(order.declared().value().password())
        .map(source -> secrets.read(source, order.declared().place(PASSWORD)));
  }

  private void change(String name, ObjectNode change) {
    if (!change.isEmpty()) {
      service.send("PATCH", change, Kind.USER.plural(), name);
    }
  }

  private void setPassword(String name, String password) {
    service.send("PUT", Nodes.empty().put(PASSWORD, password), Kind.USER.plural(), name, PASSWORD);
  }

  /// Compared with all that the service has, also with what says nothing beside the rest.
  private void changeRoles(String name, List<Grant> wanted) {
    List<Grant> before = service.read(User.class, Kind.USER.plural(), name).grants();
    before.stream()
        .filter(grant -> !wanted.contains(grant))
        .forEach(grant -> changeRole("DELETE", name, grant));
    wanted.stream()
        .filter(grant -> !before.contains(grant))
        .forEach(grant -> changeRole("PUT", name, grant));
  }

  private void changeRole(String method, String name, Grant grant) {
    service.order(
        method,
        grant.collection() == null ? Map.of() : Map.of(COLLECTION, grant.collection()),
        Kind.USER.plural(),
        name,
        GRANTS,
        grant.role().name());
  }

  @Override
  public void delete(ObjectNode present) {
    service.delete(Kind.USER.plural(), Nodes.name(present));
  }
}
