package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.Element.Reference;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.interpret.ElementRule.Kind;
import dev.edj.dacpac.model.Role;
import dev.edj.dacpac.model.RoleMember;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.User;
import dev.edj.dacpac.model.User.Origin;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Users and roles, and the schemas that they own.
final class Principals {

  static final String[] PRINCIPALS = {"SqlUser", "SqlRole"};

  private static final String OWNER = "Authorizer";
  private static final String DBO = "dbo";

  static final ElementRule SCHEMA = ElementRule.of("SqlSchema", "a schema").relationships(OWNER);

  static final ElementRule ROLE =
      ElementRule.of("SqlRole", "a role of the database").relationships(OWNER);

  static final ElementRule MEMBER =
      ElementRule.of("SqlRoleMembership", "a user or role that has a role")
          .relationships("Role", "Member");

  static final ElementRule USER =
      ElementRule.of("SqlUser", "a user of the database")
          .properties("AuthenticationType", "IsWithoutLogin", "LoginIdentifierScript")
          .relationships("Login", "DefaultSchema")
          .refused(Kind.PROPERTY, "users with a password", "Password")
          .refused(Kind.PROPERTY, "users known by a number, not by a name", "Sid")
          .refused(
              Kind.RELATIONSHIP, "users of a certificate or key", "Certificate", "AsymmetricKey")
          .refused(
              Kind.ANNOTATION,
              "elements that the package holds only a part of",
              "UndeployableElementAnnotation");

  static final List<Handled> HANDLED =
      List.of(
          new Handled(SCHEMA, Principals::schema),
          new Handled(ROLE, Principals::role),
          new Handled(MEMBER, Principals::member),
          new Handled(USER, Principals::user));

  private Principals() {}

  private static Schema schema(Reading reading) throws Refusal {
    return new Schema(reading.name(1), owner(reading));
  }

  private static Role role(Reading reading) throws Refusal {
    return new Role(reading.name(1), owner(reading));
  }

  private static String owner(Reading reading) throws Refusal {
    return reading.findPlainName(OWNER, PRINCIPALS).orElse(DBO);
  }

  private static RoleMember member(Reading reading) throws Refusal {
    return new RoleMember(
        reading.plainName("Role", "SqlRole"), reading.plainName("Member", PRINCIPALS));
  }

  private static User user(Reading reading) throws Refusal {
    ObjectName name = reading.name(1);
    Origin origin = origin(reading);
    return new User(
        name,
        origin,
        origin == Origin.LOGIN ? login(reading) : null,
        reading.findPlainName("DefaultSchema", "SqlSchema").orElse(DBO));
  }

  /// The numbers are those of `authentication_type` in `sys.database_principals`.
  private static Origin origin(Reading reading) throws Refusal {
    boolean withoutLogin = reading.flag("IsWithoutLogin", false);
    Optional<Integer> number = reading.findNumber("AuthenticationType", 0, 4);
    if (withoutLogin) {
      if (number.orElse(0) != 0) {
        throw new Refusal("has no login, and AuthenticationType=" + number.orElse(0));
      }
      return Origin.WITHOUT_LOGIN;
    }
    return switch (number.orElse(0)) {
      case 1, 3 -> Origin.LOGIN;
      case 2 -> throw new Refusal("has a password of its own, which is not supported");
      case 4 -> Origin.EXTERNAL_PROVIDER;
      default -> {
        if (!reading.relates("Login")) {
          throw new Refusal("does not say whose login it is");
        }
        yield Origin.LOGIN;
      }
    };
  }

  /// The login itself belongs to the server: its name is all that is needed.
  private static String login(Reading reading) throws Refusal {
    Optional<String> told = reading.findText("LoginIdentifierScript");
    String referred = referredLogin(reading);
    if (referred != null) {
      if (told.isPresent() && !unquoted(told.get()).equalsIgnoreCase(referred)) {
        throw new Refusal("names two logins");
      }
      return referred;
    }
    return told.map(Principals::unquoted)
        .filter(login -> !login.isEmpty())
        .orElseThrow(() -> new Refusal("does not say whose login it is"));
  }

  private static @Nullable String referredLogin(Reading reading) throws Refusal {
    if (reading.entries("Login").stream().noneMatch(Reference.class::isInstance)) {
      return null;
    }
    Reference reference = reading.reference("Login");
    return reference.source() == null || reference.name() == null
        ? reading.plainName("Login", "SqlLogin")
        : reading.context().variables().in(reference.name()).last();
  }

  private static String unquoted(String login) {
    return login.length() > 2 && login.startsWith("[") && login.endsWith("]")
        ? login.substring(1, login.length() - 1).replace("]]", "]")
        : login;
  }
}
