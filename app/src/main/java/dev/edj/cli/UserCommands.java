package dev.edj.cli;

import dev.edj.access.Grant;
import dev.edj.access.NewUser;
import dev.edj.access.Role;
import dev.edj.access.User;
import dev.edj.access.UserChange;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj user`: who may use the service.
@Command(name = "user")
final class UserCommands {

  private static final String NOUN = "users";

  private final Session session;

  UserCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "create",
      description = {
        "Creates a user; asks for the password when no option says where it is.",
        "Without a role they may do nothing yet."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj user create alice --role administrator",
        "  edj user create deploy --no-password --role author",
        "  edj user create bob --role operator --collection eu-tenants"
      })
  void create(
      @Parameters(paramLabel = "NAME", description = "What they sign in with.") String name,
      @Option(names = "--display-name", paramLabel = "TEXT", description = "What people call them.")
          @Nullable String displayName,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              description = "Reader, Operator, Author or Administrator; repeatable.")
          @Nullable List<Role> roles,
      @Option(
              names = "--collection",
              paramLabel = "COLLECTION",
              description = "Where they have the role only, Operator or Author; repeatable.")
          @Nullable List<String> collections,
      @Option(
              names = "--no-password",
              description = "Nobody signs in as this user: it is for the tokens of a program.")
          boolean noPassword,
      @Mixin PasswordSource password) {
    if (noPassword && password.isGiven()) {
      throw CommandException.badInput("--no-password and a password exclude each other");
    }
    String secret = noPassword ? null : password.read(session.terminal(), name);
    List<Grant> grants =
        (roles == null ? List.<Role>of() : roles)
            .stream().distinct().flatMap(role -> grants(role, collections)).toList();
    session
        .output()
        .show(
            session
                .api()
                .post(User.class, ApiPath.of(NOUN), new NewUser(name, displayName, secret, grants)),
            UserViews::details);
  }

  @Command(
      name = "update",
      description = "Changes what people call a user.",
      footerHeading = "%nExample:%n",
      footer = "  edj user update alice --display-name 'Alice Liddell'")
  void update(
      @Parameters(paramLabel = "NAME", description = "The user.") String name,
      @Option(
              names = "--display-name",
              paramLabel = "TEXT",
              required = true,
              description = "What people call them.")
          String displayName) {
    change(name, new UserChange(displayName, null));
  }

  @Command(
      name = "show",
      description = "Shows a user with their roles.",
      footerHeading = "%nExample:%n",
      footer = "  edj user show alice")
  void show(@Parameters(paramLabel = "NAME", description = "The user.") String name) {
    session
        .output()
        .show(session.api().get(User.class, ApiPath.of(NOUN, name)), UserViews::details);
  }

  @Command(
      name = "list",
      description = "Lists the users.",
      footerHeading = "%nExample:%n",
      footer = "  edj user list")
  void list() {
    session
        .output()
        .list(
            session.api().list(User.class, ApiPath.of(NOUN)),
            UserViews::table,
            "No users yet: only the token in the service's data directory opens it. Create one with 'edj user create'.");
  }

  @Command(
      name = "disable",
      description = "Signs a user out everywhere; they and their tokens can do nothing any more.",
      footerHeading = "%nExample:%n",
      footer = "  edj user disable alice")
  void disable(@Parameters(paramLabel = "NAME", description = "The user.") String name) {
    change(name, new UserChange(null, false));
  }

  @Command(
      name = "enable",
      description = "Lets a user sign in again; their tokens are good again, too.",
      footerHeading = "%nExample:%n",
      footer = "  edj user enable alice")
  void enable(@Parameters(paramLabel = "NAME", description = "The user.") String name) {
    change(name, new UserChange(null, true));
  }

  @Command(
      name = "delete",
      description = "Deletes a user with their tokens; what they did stays under their name.",
      footerHeading = "%nExample:%n",
      footer = "  edj user delete alice")
  void delete(@Parameters(paramLabel = "NAME", description = "The user.") String name) {
    session.api().order("DELETE", ApiPath.of(NOUN, name), null);
    session.output().done("Deleted.");
  }

  @Command(
      name = "set-password",
      description = {
        "Gives a user another password; without a name, yourself, and the one before is asked for.",
        "Whoever is signed in with the one before is signed out."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj user set-password",
        "  edj user set-password alice --password-stdin < secret"
      })
  void setPassword(
      @Parameters(paramLabel = "NAME", arity = "0..1", description = "The user.")
          @Nullable String name,
      @Mixin PasswordSource password) {
    if (name == null) {
      String current =
          PasswordSource.prompt("Your password at present", "a user's name, as an administrator");
      String next = password.read(session.terminal(), "yours from now on");
      session
          .api()
          .order(
              "PUT",
              ApiPath.of("account", "password"),
              Map.of("current", current, "password", next));
    } else {
      session
          .api()
          .order(
              "PUT",
              ApiPath.of(NOUN, name, "password"),
              Map.of("password", password.read(session.terminal(), name)));
    }
    session.output().done("The password is changed.");
  }

  @Command(
      name = "grant",
      description = {
        "Gives a user a role; they have to sign in again.",
        "Reader sees. Operator also starts, stops, retries and approves. Author also writes jobs,",
        "contents, policies and schedules. Administrator also decides about credentials, targets,",
        "nodes and users.",
        "Operator and Author may be narrowed to custom collections: what they start or write has to be",
        "in one of these. They see everything all the same."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj user grant alice operator",
        "  edj user grant bob operator --collection eu-tenants"
      })
  void grant(
      @Parameters(paramLabel = "NAME", description = "The user.") String name,
      @Parameters(paramLabel = "ROLE", description = "Reader, Operator, Author or Administrator.")
          Role role,
      @Option(
              names = "--collection",
              paramLabel = "COLLECTION",
              description = "Where they are to have it only; repeatable (default: everywhere).")
          @Nullable List<String> collections) {
    change("PUT", name, role, collections);
  }

  @Command(
      name = "revoke",
      description = {
        "Takes a role from a user; they have to sign in again.",
        "Without a collection it goes altogether, from wherever they have it."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj user revoke alice operator",
        "  edj user revoke bob operator --collection eu-tenants"
      })
  void revoke(
      @Parameters(paramLabel = "NAME", description = "The user.") String name,
      @Parameters(paramLabel = "ROLE", description = "The role.") Role role,
      @Option(
              names = "--collection",
              paramLabel = "COLLECTION",
              description = "Where it is taken only; repeatable (default: everywhere).")
          @Nullable List<String> collections) {
    change("DELETE", name, role, collections);
  }

  private void change(String method, String name, Role role, @Nullable List<String> collections) {
    ApiPath path = ApiPath.of(NOUN, name, "grants", role.name());
    grants(role, collections)
        .forEach(grant ->
            session.api().order(method, path.with("collection", grant.collection()), null));
    show(name);
  }

  /// One without a collection when none is named.
  private static Stream<Grant> grants(Role role, @Nullable List<String> collections) {
    return collections == null
        ? Stream.of(new Grant(role))
        : collections.stream().distinct().map(collection -> new Grant(role, collection));
  }

  private void change(String name, UserChange change) {
    session
        .output()
        .show(session.api().patch(User.class, ApiPath.of(NOUN, name), change), UserViews::details);
  }
}
