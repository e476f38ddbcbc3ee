package dev.edj.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import dev.edj.scope.Area;
import dev.edj.target.TargetChange;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Operators and authors can be so in some collections only; nothing makes them so in more than
/// they were given.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NarrowedRolesTest {

  private TestControlDatabase database;
  private TestFleet fleet;
  private Access access;
  private Users users;

  @BeforeAll
  void open() {
    database = TestControlDatabase.create();
    fleet = new TestFleet(database.jdbi());
    access = Access.of(database.jdbi());
    users = access.users();
    fleet.collection("eu");
    fleet.collection("us");
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void aRoleIsHeldInTheCollectionsThatItWasGivenFor() {
    String bob = user(new Grant(Role.Operator, "eu"), new Grant(Role.Author, "us"));
    assertThat(users.named(bob).grants())
        .containsExactly(new Grant(Role.Operator, "eu"), new Grant(Role.Author, "us"));
    assertThat(users.list().stream().filter(user -> user.name().equals(bob)).toList())
        .containsExactly(users.named(bob));
    Caller caller = caller(bob, null);
    assertThat(caller.scope().run()).isEqualTo(Area.within(Set.of("eu", "us")));
    assertThat(caller.scope().write()).isEqualTo(Area.within(Set.of("us")));
    assertThat(caller.may(Permission.WRITE)).isTrue();
    assertThat(caller.may(Permission.ADMINISTER)).isFalse();
  }

  @Test
  void whoHasARoleInACollectionReadsEverything() {
    assertThat(caller(user(new Grant(Role.Operator, "eu")), null).may(Permission.READ)).isTrue();
  }

  @Test
  void whoHasARoleEverywhereIsNotNarrowed() {
    Caller caller = caller(user(new Grant(Role.Operator), new Grant(Role.Author, "us")), null);
    assertThat(caller.scope().run()).isEqualTo(Area.EVERYWHERE);
    assertThat(caller.scope().write()).isEqualTo(Area.within(Set.of("us")));
    Caller administrator = caller(user(new Grant(Role.Administrator)), null);
    assertThat(administrator.scope().write()).isEqualTo(Area.EVERYWHERE);
    assertThat(Caller.local().scope().write()).isEqualTo(Area.EVERYWHERE);
    Caller reader = caller(user(new Grant(Role.Reader)), null);
    assertThat(reader.scope().run()).isEqualTo(Area.NOWHERE);
  }

  @Test
  void whatNarrowsNothingIsRefusedInWords() {
    String bob = user(new Grant(Role.Author));
    refused(
        "collection: the role Reader is not narrowed",
        () -> users.grant(bob, new Grant(Role.Reader, "eu")));
    refused(
        "collection: the role Administrator is not narrowed",
        () -> users.grant(bob, new Grant(Role.Administrator, "eu")));
    refused(
        "has the role Author everywhere, so this would narrow nothing; revoke that first",
        () -> users.grant(bob, new Grant(Role.Operator, "eu")));
    refused("there is no custom collection 'gone'", () -> user(new Grant(Role.Operator, "gone")));
    fleet.database("server1", "one");
    refused(
        "there is no custom collection 'server1/one'",
        () -> user(new Grant(Role.Operator, "server1/one")));
    refused(
        "everywhere, so this would narrow nothing",
        () -> user(new Grant(Role.Operator, "eu"), new Grant(Role.Operator)));
    assertThat(users.named(bob).grants()).containsExactly(new Grant(Role.Author));
  }

  @Test
  void aRoleIsTakenAwayInOneCollectionOrAltogether() {
    String bob =
        user(
            new Grant(Role.Operator, "eu"),
            new Grant(Role.Operator, "us"),
            new Grant(Role.Author, "us"));
    CallerKey key = ((Caller.Bearer) caller(bob, null)).owner().key();
    users.revoke(bob, Role.Operator, "eu");
    assertThat(access.callers().again(key)).isEmpty();
    assertThat(users.named(bob).grants())
        .containsExactly(new Grant(Role.Operator, "us"), new Grant(Role.Author, "us"));
    assertThatThrownBy(() -> users.revoke(bob, Role.Operator, "eu"))
        .hasMessageContaining("role Operator in eu of user '%s' does not exist".formatted(bob));
    users.grant(bob, new Grant(Role.Operator, "eu"));
    users.revoke(bob, Role.Operator);
    assertThat(users.named(bob).grants()).containsExactly(new Grant(Role.Author, "us"));
  }

  @Test
  void aRoleGivenEverywhereTakesThePlaceOfTheNarrowedOne() {
    String bob = user(new Grant(Role.Operator, "eu"), new Grant(Role.Operator, "us"));
    users.grant(bob, new Grant(Role.Operator));
    assertThat(users.named(bob).grants()).containsExactly(new Grant(Role.Operator));
  }

  @Test
  void aTokenMayDoNoMoreThanItsCollectionsAndNoMoreThanItsUser() {
    String bob = user(new Grant(Role.Operator, "eu"));
    Caller everywhere = caller(bob, Role.Operator);
    assertThat(everywhere.scope().run().limits()).containsExactly(Set.of("eu"));
    Caller narrow = caller(bob, Role.Operator, "us", "eu", "us");
    assertThat(narrow.scope().run().limits()).containsExactly(Set.of("eu"), Set.of("eu", "us"));
    assertThat(narrow.scope().write()).isNotEqualTo(Area.EVERYWHERE);
    assertThat(access.tokens().list(Caller.local(), bob))
        .extracting(Token::collections)
        .containsExactlyInAnyOrder(List.of(), List.of("eu", "us"));

    String ann = user(new Grant(Role.Author));
    Caller token = caller(ann, Role.Operator, "us");
    assertThat(token.scope().run()).isEqualTo(Area.within(Set.of("us")));
    assertThat(token.may(Permission.WRITE)).isFalse();
    assertThat(access.callers().again(token.key()).orElseThrow().scope()).isEqualTo(token.scope());
  }

  @Test
  void aTokenIsNarrowedWithARoleThatCanBe() {
    String ann = user(new Grant(Role.Administrator));
    refused("collections: say with 'role'", () -> caller(ann, null, "eu"));
    refused("collections: the role Reader is not narrowed", () -> caller(ann, Role.Reader, "eu"));
    refused(
        "collections: the role Administrator is not narrowed",
        () -> caller(ann, Role.Administrator, "eu"));
    refused("there is no custom collection 'gone'", () -> caller(ann, Role.Author, "gone"));
    assertThat(access.tokens().list(Caller.local(), ann)).isEmpty();
  }

  @Test
  void aCollectionThatSomethingIsNarrowedToIsNotDeleted() {
    String name = "kept " + UUID.randomUUID();
    fleet.collection(name);
    String bob = user(new Grant(Role.Operator, name));
    assertThatThrownBy(() -> fleet.targets.delete(name))
        .hasMessageContaining("is used by the role of user '%s'".formatted(bob));
    users.revoke(bob, Role.Operator, name);
    String ann = user(new Grant(Role.Operator));
    Caller token = caller(ann, Role.Operator, name);
    assertThatThrownBy(() -> fleet.targets.delete(name))
        .hasMessageContaining("is used by token '%s/".formatted(ann));
    access.tokens().revoke(Caller.local(), ((Caller.Bearer) token).tokenId());
    fleet.targets.delete(name);
  }

  @Test
  void aRoleGoesOnInACollectionThatIsRenamed() {
    String name = "before " + UUID.randomUUID();
    fleet.collection(name);
    Caller caller = caller(user(new Grant(Role.Operator, name)), Role.Operator, name);
    fleet.targets.update(name, new TargetChange("renamed", null, null, null));
    fleet.collection(name);
    assertThat(access.callers().again(caller.key()).orElseThrow().scope().run().limits())
        .containsExactly(Set.of("renamed"), Set.of("renamed"));
  }

  @Test
  void whatAProviderSaysIsARoleInACollection() {
    RoleMapping mapping =
        RoleMapping.parse(
            List.of("support=operator@eu", "support = author@us", "ops=operator", "c=a=reader"));
    Caller.Vouched supporter = Caller.vouched("sue", List.of("support"), mapping);
    assertThat(supporter.scope().run()).isEqualTo(Area.within(Set.of("eu", "us")));
    assertThat(supporter.scope().write()).isEqualTo(Area.within(Set.of("us")));
    assertThat(Caller.vouched("sue", List.of("support", "ops"), mapping).scope().run())
        .isEqualTo(Area.EVERYWHERE);
    assertThat(Caller.vouched("sue", List.of("c=a"), mapping).may(Permission.READ)).isTrue();
    refused(
        "--oidc-role: the role Reader is not narrowed",
        () -> RoleMapping.parse(List.of("support=reader@eu")));
    refused(
        "--oidc-role: the role Administrator is not narrowed",
        () -> RoleMapping.parse(List.of("support=administrator@eu")));
    refused("is not VALUE=ROLE", () -> RoleMapping.parse(List.of("support=operator@")));
  }

  /// A session that began with a provider's word goes on without the collection.
  @Test
  void aProvidersWordIsWorthLessWhenItsCollectionGoes() {
    String name = "word " + UUID.randomUUID();
    fleet.collection(name);
    RoleMapping mapping =
        RoleMapping.parse(List.of("x=operator@" + name, "x=operator@eu", "x=operator@never there"));
    Caller said =
        access
            .callers()
            .remember(Caller.vouched("sue", List.of("x"), mapping), Duration.ofHours(1));
    CallerKey key = said.key();
    assertThat(access.callers().again(key).orElseThrow().scope().run())
        .isEqualTo(Area.within(Set.of("eu", name)));
    fleet.targets.delete(name);
    assertThat(access.callers().again(key).orElseThrow().scope().run())
        .isEqualTo(Area.within(Set.of("eu")));
  }

  @Test
  void aRoleInACollectionThatIsNotThereIsNone() {
    RoleMapping mapping =
        RoleMapping.parse(List.of("x=author@never there", "y=author@never there", "y=operator@eu"));
    Caller nobody = access.callers().admitted(Caller.vouched("sue", List.of("x"), mapping));
    assertThat(nobody.role()).isEmpty();
    assertThat(nobody.may(Permission.READ)).isFalse();
    Caller somebody = access.callers().admitted(Caller.vouched("sue", List.of("y"), mapping));
    assertThat(somebody.role()).contains(Role.Operator);
    assertThat(somebody.scope().run()).isEqualTo(Area.within(Set.of("eu")));
    Caller remembered =
        access
            .callers()
            .remember(Caller.vouched("sue", List.of("x"), mapping), Duration.ofHours(1));
    assertThat(remembered.may(Permission.READ)).isFalse();
  }

  private String user(Grant... grants) {
    return users.create(new NewUser("u" + UUID.randomUUID(), null, null, List.of(grants))).name();
  }

  private Caller caller(String user, @Nullable Role role, String... collections) {
    NewToken token = new NewToken("t" + UUID.randomUUID(), user, role, List.of(collections), null);
    return access
        .callers()
        .bearer(access.tokens().create(Caller.local(), token).secret())
        .orElseThrow();
  }

  private static void refused(String message, Runnable work) {
    assertThatThrownBy(work::run).isInstanceOf(EdjException.class).hasMessageContaining(message);
  }
}
