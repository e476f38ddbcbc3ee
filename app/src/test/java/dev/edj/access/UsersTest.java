package dev.edj.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.TestControlDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Users sign in with their passwords only, and what is taken from them is gone at once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsersTest {

  private static final String PASSWORD = "correct horse battery";

  private final AtomicInteger attempts = new AtomicInteger();
  private TestControlDatabase database;
  private Access access;
  private Users users;

  @BeforeAll
  void open() {
    database = TestControlDatabase.create();
    access = Access.of(database.jdbi());
    users = access.users();
  }

  @AfterAll
  void close() {
    database.close();
  }

  @AfterEach
  void nobodyIsLeft() {
    database
        .jdbi()
        .useHandle(
            handle -> handle.execute("DELETE FROM user_account; DELETE FROM sign_in_failure"));
  }

  @Test
  void aUserIsCreatedShownAndListed() {
    User made =
        users.create(
            new NewUser(
                "Alice",
                "Alice Liddell",
                PASSWORD,
                List.of(grant(Role.Author), grant(Role.Reader))));

    assertThat(made.name()).isEqualTo("Alice");
    assertThat(made.displayName()).isEqualTo("Alice Liddell");
    assertThat(made.enabled()).isTrue();
    assertThat(made.hasPassword()).isTrue();
    assertThat(made.grants()).containsExactly(grant(Role.Reader), grant(Role.Author));
    assertThat(made.signedInAt()).isNull();
    assertThat(users.named("alice")).isEqualTo(made);
    assertThat(users.list()).containsExactly(made);
    assertThat(users.update("alice", new UserChange("A.", null)).displayName()).isEqualTo("A.");
  }

  @Test
  void aNameIsTakenInWhateverCase() {
    user("alice", Role.Reader);
    refused(ErrorCode.ALREADY_EXISTS, "name", () -> user("ALICE", Role.Reader));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "Local", "service", "", " alice", "a\tb"})
  void aNameThatCannotBeIsRefused(String name) {
    refused(ErrorCode.INVALID_FIELD, "name", () -> user(name, Role.Reader));
  }

  @Test
  void aPasswordIsLongEnoughAndNotTooLong() {
    user("alice", Role.Reader);
    refused(ErrorCode.INVALID_FIELD, "password", () -> users.setPassword("alice", "elevencharś"));
    refused(ErrorCode.INVALID_FIELD, "password", () -> users.setPassword("alice", "é".repeat(513)));
    users.setPassword("alice", "twelve chars");
    users.setPassword("alice", "é".repeat(512));
  }

  @Test
  void onlyItsHashIsKept() {
    user("alice", Role.Reader);
    String row =
        database
            .jdbi()
            .withHandle(handle ->
                handle.createQuery("SELECT u::text FROM user_account u").mapTo(String.class).one());
    assertThat(row).contains("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(PASSWORD);
  }

  @Test
  void whoeverKnowsThePasswordComesIn() {
    user("alice", Role.Operator);
    Caller caller = signedIn("ALICE", PASSWORD);

    assertThat(caller.name()).isEqualTo("alice");
    assertThat(caller.may(Permission.RUN)).isTrue();
    assertThat(caller.may(Permission.WRITE)).isFalse();
    assertThat(users.named("alice").signedInAt()).isNotNull();
  }

  @Test
  void aPasswordIsTheSameInWhateverFormItsLettersCome() {
    users.create(new NewUser("alice", null, "Spa\u00df im B\u00fcro, jawohl", null));
    assertThat(signedIn("alice", "Spa\u00df im Bu\u0308ro, jawohl").name()).isEqualTo("alice");
  }

  @Test
  void whatWasWrongIsNotSaid() {
    user("alice", Role.Reader);
    user("disabled", Role.Reader);
    users.update("disabled", new UserChange(null, false));
    users.create(new NewUser("program", null, null, null));

    List<String> answers =
        List.of(
            refusal("alice", "not her password"),
            refusal("alice", ""),
            refusal("alice", "x".repeat(5000)),
            refusal("nobody", PASSWORD),
            refusal("disabled", PASSWORD),
            refusal("program", PASSWORD),
            refusal("program", ""),
            refusal("local", PASSWORD),
            refusal("", ""));

    assertThat(answers).containsOnly("there is no such user, or it is not their password");
  }

  private String refusal(String user, String password) {
    return refused(ErrorCode.UNAUTHORIZED, null, () -> signedIn(user, password)).text();
  }

  @Test
  void whoDoesNotExistIsRefusedAsSlowlyAsWhoDoes() {
    user("alice", Role.Reader);
    long known = medianNanoseconds("alice");
    long unknown = medianNanoseconds("nobody");
    assertThat(unknown).isGreaterThan(known / 2);
  }

  private long medianNanoseconds(String user) {
    long[] times = new long[5];
    for (int i = 0; i < times.length; i++) {
      database.jdbi().useHandle(handle -> handle.execute("DELETE FROM sign_in_failure"));
      long begin = System.nanoTime();
      refusal(user, "not the password");
      times[i] = System.nanoTime() - begin;
    }
    Arrays.sort(times);
    return times[times.length / 2];
  }

  @Test
  void anotherPasswordSignsEverybodyOut() {
    user("alice", Role.Reader);
    String secret = token("alice", PASSWORD);
    CallerKey key = signedIn("alice", PASSWORD).key();

    users.changePassword(
        access.callers().again(key).orElseThrow(), PASSWORD, "another password", address());

    assertThat(access.callers().bearer(secret)).isEmpty();
    assertThat(access.callers().again(key)).isEmpty();
    assertThat(signedIn("alice", "another password").name()).isEqualTo("alice");
  }

  @Test
  void onesOwnPasswordIsChangedByWhoeverKnowsIt() {
    user("alice", Role.Administrator);
    Caller alice = signedIn("alice", PASSWORD);
    refused(
        ErrorCode.INVALID_FIELD,
        "current",
        () -> users.changePassword(alice, "not her password", "another password", address()));
    refused(
        ErrorCode.FORBIDDEN,
        null,
        () -> users.changePassword(Caller.local(), PASSWORD, "another password", address()));
    Caller program = program("alice", null);
    refused(
        ErrorCode.FORBIDDEN,
        null,
        () -> users.changePassword(program, PASSWORD, "another password", address()));
  }

  @Test
  void whoIsDisabledDoesNothingAnyMore() {
    user("alice", Role.Reader);
    String signIn = token("alice", PASSWORD);
    String program = programToken("alice", null);
    CallerKey key = signedIn("alice", PASSWORD).key();

    users.update("alice", new UserChange(null, false));

    assertThat(access.callers().bearer(signIn)).isEmpty();
    assertThat(access.callers().bearer(program)).isEmpty();
    assertThat(access.callers().again(key)).isEmpty();
    users.update("alice", new UserChange(null, true));
    assertThat(access.callers().bearer(program)).isPresent();
    assertThat(access.callers().bearer(signIn)).isEmpty();
    assertThat(access.callers().again(key)).isEmpty();
  }

  @Test
  void anotherRoleEndsWhatWasBegunWithTheOneBefore() {
    user("alice", Role.Reader);
    CallerKey key = signedIn("alice", PASSWORD).key();
    String program = programToken("alice", null);

    users.grant("alice", grant(Role.Reader));
    assertThat(access.callers().again(key)).isPresent();
    users.grant("alice", grant(Role.Author));
    assertThat(access.callers().again(key)).isEmpty();
    assertThat(access.callers().bearer(program).orElseThrow().may(Permission.WRITE)).isTrue();

    users.revoke("alice", Role.Author);
    assertThat(access.callers().bearer(program).orElseThrow().may(Permission.WRITE)).isFalse();
    refused(ErrorCode.NOT_FOUND, null, () -> users.revoke("alice", Role.Author));
  }

  @Test
  void whoIsDeletedIsGoneWithTheirTokens() {
    user("alice", Role.Reader);
    String program = programToken("alice", null);
    users.delete("alice");

    assertThat(access.callers().bearer(program)).isEmpty();
    refused(ErrorCode.NOT_FOUND, null, () -> users.named("alice"));
    refused(ErrorCode.NOT_FOUND, null, () -> users.delete("alice"));
    user("alice", Role.Reader);
    assertThat(access.callers().bearer(program)).isEmpty();
  }

  @Test
  void theLastAdministratorStays() {
    user("alice", Role.Administrator);
    user("bob", Role.Administrator);
    users.create(new NewUser("program", null, null, List.of(grant(Role.Administrator))));
    users.update("bob", new UserChange(null, false));

    refused(ErrorCode.LAST_ADMINISTRATOR, null, () -> users.delete("alice"));
    refused(
        ErrorCode.LAST_ADMINISTRATOR,
        null,
        () -> users.update("alice", new UserChange("new", false)));
    refused(ErrorCode.LAST_ADMINISTRATOR, null, () -> users.revoke("alice", Role.Administrator));
    assertThat(users.named("alice").displayName()).isEmpty();
    users.delete("program");
    users.update("bob", new UserChange(null, true));
    users.delete("alice");
  }

  @Test
  void twoAdministratorsCannotRemoveEachOther() throws Exception {
    user("alice", Role.Administrator);
    user("bob", Role.Administrator);
    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> removals = List.of(() -> isDeleted("alice"), () -> isDeleted("bob"));
      List<Boolean> deleted = both.invokeAll(removals).stream().map(Future::resultNow).toList();
      assertThat(deleted).containsExactlyInAnyOrder(true, false);
    }
  }

  private boolean isDeleted(String name) {
    try {
      users.delete(name);
      return true;
    } catch (EdjException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.LAST_ADMINISTRATOR);
      return false;
    }
  }

  @Test
  void theFirstAdministratorIsMadeOnce() {
    assertThat(users.areThere()).isFalse();
    FirstAdministrator first = users.makeFirst().orElseThrow();

    assertThat(first.password()).matches("([a-z2-9]{5}-){4}[a-z2-9]{5}");
    assertThat(first.toString()).doesNotContain(first.password());
    assertThat(signedIn(first.name(), first.password()).may(Permission.ADMINISTER)).isTrue();
    assertThat(users.makeFirst()).isEmpty();
    assertThat(users.list()).hasSize(1);
  }

  @Test
  void ofTwoNodesThatStartTogetherOneMakesTheFirstAdministrator() throws Exception {
    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> starts =
          List.of(
              () -> users.makeFirst().isPresent(),
              () -> Access.of(database.jdbi()).users().makeFirst().isPresent());
      assertThat(both.invokeAll(starts).stream().map(Future::resultNow))
          .containsExactlyInAnyOrder(true, false);
    }
  }

  @Test
  void theLocalTokensBearerMayDoEverything() {
    Caller local = access.callers().again(Caller.local().key()).orElseThrow();
    assertThat(local.name()).isEqualTo("local");
    assertThat(Permission.values()).allMatch(local::may);
  }

  private void user(String name, Role role) {
    users.create(new NewUser(name, null, PASSWORD, List.of(grant(role))));
  }

  private static Grant grant(Role role) {
    return new Grant(role);
  }

  private String token(String user, String password) {
    return access.signIns().signIn(new SignIn(user, password, null), address()).secret();
  }

  /// Another one each time: here nobody is to wait.
  private String address() {
    return "10.0.%d.%d".formatted(attempts.incrementAndGet() / 256, attempts.get() % 256);
  }

  private Caller signedIn(String user, String password) {
    return access.callers().bearer(token(user, password)).orElseThrow();
  }

  private String programToken(String user, @Nullable Role role) {
    NewToken token = new NewToken("t" + UUID.randomUUID(), user, role, null);
    return access.tokens().create(Caller.local(), token).secret();
  }

  private Caller program(String user, @Nullable Role role) {
    return access.callers().bearer(programToken(user, role)).orElseThrow();
  }

  private static EdjException refused(
      ErrorCode code, @Nullable String field, ThrowingCallable action) {
    EdjException[] refusal = new EdjException[1];
    assertThatThrownBy(action)
        .asInstanceOf(type(EdjException.class))
        .satisfies(e -> refusal[0] = e)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    return refusal[0];
  }
}
