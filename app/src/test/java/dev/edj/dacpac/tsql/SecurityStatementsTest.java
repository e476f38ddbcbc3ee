package dev.edj.dacpac.tsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Permission.SecurableClass;
import dev.edj.dacpac.model.Permission.State;
import dev.edj.dacpac.model.Role;
import dev.edj.dacpac.model.RoleMember;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.User;
import dev.edj.dacpac.model.User.Origin;
import org.junit.jupiter.api.Test;

class SecurityStatementsTest {

  private static final ObjectName READERS = ObjectName.of("rea]ders");

  @Test
  void schemasAndRolesHaveOwners() {
    Schema schema = new Schema(READERS, "o]wner");
    Role role = new Role(READERS, "o]wner");
    assertThat(Statements.create(schema))
        .containsExactly("CREATE SCHEMA [rea]]ders]\n    AUTHORIZATION [o]]wner];");
    assertThat(Statements.create(role))
        .containsExactly("CREATE ROLE [rea]]ders]\n    AUTHORIZATION [o]]wner];");
    assertThat(SecurityStatements.alterAuthorization(schema))
        .containsExactly("ALTER AUTHORIZATION\n    ON SCHEMA::[rea]]ders]\n    TO [o]]wner];");
    assertThat(SecurityStatements.alterAuthorization(role))
        .containsExactly("ALTER AUTHORIZATION\n    ON ROLE::[rea]]ders]\n    TO [o]]wner];");
    assertThat(Statements.drop(schema)).containsExactly("DROP SCHEMA [rea]]ders];");
    assertThat(Statements.drop(role)).containsExactly("DROP ROLE [rea]]ders];");
  }

  @Test
  void usersOfAllOrigins() {
    User user = new User(READERS, Origin.LOGIN, "DOMAIN\\x", "dbo");
    assertThat(Statements.create(user))
        .containsExactly(
            "CREATE USER [rea]]ders] FOR LOGIN [DOMAIN\\x]\n    WITH DEFAULT_SCHEMA = [dbo];");
    assertThat(Statements.create(new User(READERS, Origin.WITHOUT_LOGIN, null, "s")))
        .containsExactly("CREATE USER [rea]]ders] WITHOUT LOGIN\n    WITH DEFAULT_SCHEMA = [s];");
    assertThat(Statements.create(new User(READERS, Origin.EXTERNAL_PROVIDER, null, "s")))
        .containsExactly(
            "CREATE USER [rea]]ders] FROM EXTERNAL PROVIDER\n    WITH DEFAULT_SCHEMA = [s];");
    assertThat(SecurityStatements.alter(user, user)).isEmpty();
    assertThat(SecurityStatements.alter(user, new User(READERS, Origin.LOGIN, "y", "s")))
        .containsExactly("ALTER USER [rea]]ders]\n    WITH DEFAULT_SCHEMA = [s], LOGIN = [y];");
  }

  @Test
  void membersOfRoles() {
    RoleMember member = new RoleMember("db_owner", "rea]ders");
    assertThat(Statements.create(member))
        .containsExactly("ALTER ROLE [db_owner] ADD MEMBER [rea]]ders];");
    assertThat(Statements.drop(member))
        .containsExactly("ALTER ROLE [db_owner] DROP MEMBER [rea]]ders];");
  }

  @Test
  void permissionsAreGivenAndTaken() {
    Permission connect =
        new Permission(State.GRANT, "CONNECT", SecurableClass.DATABASE, null, null, "rea]ders");
    assertThat(Statements.create(connect)).containsExactly("GRANT CONNECT TO [rea]]ders];");
    Permission select =
        new Permission(
            State.GRANT_WITH_GRANT_OPTION,
            "SELECT",
            SecurableClass.OBJECT,
            ObjectName.of("dbo", "T]"),
            "it's",
            "public");
    assertThat(Statements.create(select))
        .containsExactly(
            "GRANT SELECT ([it's])\n    ON OBJECT::[dbo].[T]]] TO [public] WITH GRANT OPTION;");
    assertThat(Statements.drop(select))
        .containsExactly("REVOKE SELECT ([it's])\n    ON OBJECT::[dbo].[T]]] TO [public] CASCADE;");
    assertThat(
            Statements.create(
                new Permission(
                    State.DENY,
                    "VIEW DEFINITION",
                    SecurableClass.SCHEMA,
                    ObjectName.of("s"),
                    null,
                    "public")))
        .containsExactly("DENY VIEW DEFINITION\n    ON SCHEMA::[s] TO [public];");
  }

  @Test
  void aPermissionIsMadeOfWords() {
    Permission hostile =
        new Permission(
            State.GRANT,
            "CONNECT TO x; DROP TABLE y --",
            SecurableClass.DATABASE,
            null,
            null,
            "public");
    assertThatIllegalArgumentException().isThrownBy(() -> Statements.create(hostile));
  }
}
