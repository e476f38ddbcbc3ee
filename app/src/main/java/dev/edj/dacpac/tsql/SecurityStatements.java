package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Role;
import dev.edj.dacpac.model.RoleMember;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Makes and changes schemas, roles and users, and what they may do.
public final class SecurityStatements {

  private SecurityStatements() {}

  static List<String> create(Schema schema) {
    return List.of(
        "CREATE SCHEMA %s\n    AUTHORIZATION %s;"
            .formatted(schema.name(), ObjectName.quoted(schema.owner())));
  }

  static List<String> create(Role role) {
    return List.of(
        "CREATE ROLE %s\n    AUTHORIZATION %s;"
            .formatted(role.name(), ObjectName.quoted(role.owner())));
  }

  static List<String> create(User user) {
    String origin =
        switch (user.origin()) {
          case LOGIN -> "FOR LOGIN " + ObjectName.quoted(login(user));
          case WITHOUT_LOGIN -> "WITHOUT LOGIN";
          case EXTERNAL_PROVIDER -> "FROM EXTERNAL PROVIDER";
        };
    return List.of(
        "CREATE USER %s %s\n    WITH DEFAULT_SCHEMA = %s;"
            .formatted(user.name(), origin, ObjectName.quoted(user.defaultSchema())));
  }

  /// Changes what differs, but for the origin, which cannot be changed. Nothing where nothing does.
  public static List<String> alter(User before, User after) {
    List<String> changes = new ArrayList<>();
    if (!before.defaultSchema().equals(after.defaultSchema())) {
      changes.add("DEFAULT_SCHEMA = " + ObjectName.quoted(after.defaultSchema()));
    }
    if (after.login() != null && !Objects.equals(before.login(), after.login())) {
      changes.add("LOGIN = " + ObjectName.quoted(after.login()));
    }
    return changes.isEmpty()
        ? List.of()
        : List.of(
            "ALTER USER %s\n    WITH %s;".formatted(after.name(), String.join(", ", changes)));
  }

  /// Gives the schema to its owner.
  public static List<String> alterAuthorization(Schema schema) {
    return authorization("SCHEMA", schema.name(), schema.owner());
  }

  /// Gives the role to its owner.
  public static List<String> alterAuthorization(Role role) {
    return authorization("ROLE", role.name(), role.owner());
  }

  private static List<String> authorization(String kind, ObjectName name, String owner) {
    return List.of(
        "ALTER AUTHORIZATION\n    ON %s::%s\n    TO %s;"
            .formatted(kind, name, ObjectName.quoted(owner)));
  }

  static List<String> add(RoleMember member) {
    return member("ADD", member);
  }

  static List<String> remove(RoleMember member) {
    return member("DROP", member);
  }

  private static List<String> member(String verb, RoleMember member) {
    return List.of(
        "ALTER ROLE %s %s MEMBER %s;"
            .formatted(ObjectName.quoted(member.role()), verb, ObjectName.quoted(member.member())));
  }

  /// Grants or denies it.
  static List<String> give(Permission permission) {
    return permission(
        permission.state() == Permission.State.DENY ? "DENY " : "GRANT ",
        permission,
        permission.state() == Permission.State.GRANT_WITH_GRANT_OPTION ? " WITH GRANT OPTION" : "");
  }

  /// Takes back what was granted, or denied. Where others were given it by the one who could pass
  /// it on, it is taken from them too: the server does not do one without the other.
  static List<String> revoke(Permission permission) {
    return permission(
        "REVOKE ",
        permission,
        permission.state() == Permission.State.GRANT_WITH_GRANT_OPTION ? " CASCADE" : "");
  }

  private static List<String> permission(String verb, Permission permission, String option) {
    return List.of(
        "%s%s%s%s TO %s%s;"
            .formatted(
                verb,
                Words.permission(permission.permission()),
                permission.column() == null
                    ? ""
                    : " (%s)".formatted(ObjectName.quoted(permission.column())),
                securable(permission),
                ObjectName.quoted(permission.grantee()),
                option));
  }

  private static String securable(Permission permission) {
    return permission.securable() == null
        ? ""
        : "\n    ON %s::%s".formatted(permission.securableClass(), permission.securable());
  }

  private static String login(User user) {
    return Objects.requireNonNull(user.login(), () -> user.name() + " has no login");
  }
}
