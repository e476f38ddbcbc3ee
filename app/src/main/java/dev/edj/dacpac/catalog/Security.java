package dev.edj.dacpac.catalog;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.Role;
import dev.edj.dacpac.model.RoleMember;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.Unmodelled;
import dev.edj.dacpac.model.User;
import dev.edj.dacpac.model.User.Origin;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Schemas, and the users and roles of the database, by their ids; the built-in ones too, for
/// permissions and properties may be about those.
record Security(Map<Integer, SchemaRow> schemas, Map<Integer, Principal> principals) {

  /// A schema with its owner.
  record SchemaRow(int id, String name, int owner) {}

  /// A user or a role.
  ///
  /// @param type the letter of `sys.database_principals`
  /// @param authentication how it is known: 0 not at all, 1 by a login, 2 by a password of its own,
  ///   3 by Windows, 4 by Entra ID
  record Principal(
      int id,
      String name,
      String type,
      int authentication,
      @Nullable String login,
      @Nullable String defaultSchema,
      int owner) {

    boolean isRole() {
      return type.equals("R");
    }
  }

  static Security read(Scope scope) throws SQLException {
    Security security = new Security(new HashMap<>(), new HashMap<>());
    for (SchemaRow schema : scope.query().rows(SCHEMAS, Security::schemaRow)) {
      security.schemas().put(schema.id(), schema);
    }
    String login = scope.server().isAzure() ? "NULL" : "SUSER_SNAME(p.sid)";
    for (Principal principal :
        scope.query().rows(PRINCIPALS.replace("{login}", login), Security::row)) {
      security.principals().put(principal.id(), principal);
    }
    return security;
  }

  private static final String SCHEMAS =
      """
      SELECT s.schema_id, s.name, s.principal_id
      FROM sys.schemas s
      """;

  private static SchemaRow schemaRow(Row row) throws SQLException {
    return new SchemaRow(row.number("schema_id"), row.text("name"), row.number("principal_id"));
  }

  /// Azure SQL does not tell which login an id belongs to: `SUSER_SNAME` takes none there.
  private static final String PRINCIPALS =
      """
      SELECT p.principal_id, p.name, p.type, p.authentication_type, {login} AS login,
        p.default_schema_name, p.owning_principal_id
      FROM sys.database_principals p
      """;

  private static Principal row(Row row) throws SQLException {
    return new Principal(
        row.number("principal_id"),
        row.text("name"),
        row.code("type"),
        row.number("authentication_type"),
        row.textOrNull("login"),
        row.textOrNull("default_schema_name"),
        row.number("owning_principal_id"));
  }

  List<DatabaseObject> objects() {
    List<DatabaseObject> objects = new ArrayList<>();
    for (SchemaRow schema : schemas.values()) {
      if (!BuiltIns.contain(schema.name())) {
        objects.add(new Schema(ObjectName.of(schema.name()), owner(schema.owner())));
      }
    }
    for (Principal principal : principals.values()) {
      if (!BuiltIns.contain(principal.name())) {
        objects.add(object(principal));
      }
    }
    return objects;
  }

  private String owner(int id) {
    Principal owner = principals.get(id);
    return owner == null ? "dbo" : owner.name();
  }

  private DatabaseObject object(Principal principal) {
    return switch (principal.type()) {
      case "R" -> new Role(ObjectName.of(principal.name()), owner(principal.owner()));
      case "A" -> unmodelled("application role", principal);
      case "C" -> unmodelled("user of a certificate", principal);
      case "K" -> unmodelled("user of an asymmetric key", principal);
      case "S", "U", "G", "E", "X" -> user(principal);
      default -> unmodelled("principal of the type " + principal.type(), principal);
    };
  }

  private static DatabaseObject user(Principal principal) {
    return switch (principal.authentication()) {
      case 0 -> user(principal, Origin.WITHOUT_LOGIN, null);
      case 1 -> user(principal, Origin.LOGIN, principal.login());
      case 3 -> user(principal, Origin.LOGIN, windowsLogin(principal));
      case 4 -> user(principal, Origin.EXTERNAL_PROVIDER, null);
      case 2 -> unmodelled("user with a password of its own", principal);
      default -> unmodelled("user who is known in an unknown way", principal);
    };
  }

  private static User user(Principal principal, Origin origin, @Nullable String login) {
    String schema = principal.defaultSchema();
    return new User(
        ObjectName.of(principal.name()), origin, login, schema == null ? "dbo" : schema);
  }

  /// A Windows user may be known without being a login of the server.
  private static String windowsLogin(Principal principal) {
    String login = principal.login();
    return login == null ? principal.name() : login;
  }

  private static Unmodelled unmodelled(String what, Principal principal) {
    ObjectName name = ObjectName.of(principal.name());
    return new Unmodelled(name, what, Set.of(name));
  }

  private static final String MEMBERS =
      """
      SELECT m.role_principal_id, m.member_principal_id
      FROM sys.database_role_members m
      """;

  /// `dbo` is in `db_owner` from the beginning, and cannot leave.
  List<RoleMember> readMembers(Query query) throws SQLException {
    return query.rows(MEMBERS, this::member).stream().flatMap(Optional::stream).toList();
  }

  private Optional<RoleMember> member(Row row) throws SQLException {
    Principal role = principals.get(row.number("role_principal_id"));
    Principal member = principals.get(row.number("member_principal_id"));
    if (role == null || member == null) {
      throw Meanwhile.gone("a role or its member");
    }
    return member.name().equals("dbo")
        ? Optional.empty()
        : Optional.of(new RoleMember(role.name(), member.name()));
  }
}
