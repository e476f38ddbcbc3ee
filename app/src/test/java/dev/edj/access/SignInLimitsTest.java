package dev.edj.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.TestControlDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever guesses waits, longer each time, and learns nothing by it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInLimitsTest {

  private static final String PASSWORD = "correct horse battery";
  private static final String HERE = "10.0.0.1";

  private TestControlDatabase database;
  private Access access;

  @BeforeAll
  void open() {
    database = TestControlDatabase.create();
    access = Access.of(database.jdbi());
    access.users().create(new NewUser("alice", null, PASSWORD, null));
  }

  @AfterAll
  void close() {
    database.close();
  }

  @BeforeEach
  void forget() {
    execute("DELETE FROM sign_in_failure");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "nobody", "local"})
  void afterFiveFailuresThereIsAWaitForWhateverName(String name) {
    assertThat(Collections.nCopies(5, name).stream().map(n -> attempt(n, "wrong", HERE)))
        .containsOnly(ErrorCode.UNAUTHORIZED.name());
    assertThat(attempt(name, PASSWORD, HERE)).isEqualTo(ErrorCode.TOO_MANY_SIGN_INS.name());
    assertThat(attempt(name.toUpperCase(Locale.ROOT), PASSWORD, "10.0.0.2"))
        .isEqualTo(ErrorCode.TOO_MANY_SIGN_INS.name());
  }

  @Test
  void theWaitIsToldAndGrowsToAQuarterOfAnHour() {
    List<Integer> waits = new ArrayList<>();
    for (int i = 1; i <= 15; i++) {
      attempt("alice", "wrong", "10.1.0." + i);
      waits.add(longestWait());
      execute("UPDATE sign_in_failure SET wait_until = now()");
    }
    assertThat(waits).containsExactly(0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900);

    attempt("alice", "wrong", "10.1.1.1");
    assertThat(refusal("alice")).matches("too many sign-ins failed; try again in \\d{3} seconds");
  }

  /// Of the name, which fails from many addresses.
  private int longestWait() {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    SELECT extract(epoch FROM wait_until - failed_at) FROM sign_in_failure
                    ORDER BY failures DESC LIMIT 1
                    """)
                .mapTo(Integer.class)
                .one());
  }

  @Test
  void whatComesDuringTheWaitDoesNotProlongIt() {
    fail("alice", 5, HERE);
    int wait = longestWait();
    attempt("alice", "wrong", HERE);
    assertThat(longestWait()).isEqualTo(wait);
  }

  @Test
  void theRightPasswordAfterTheWaitForgivesTheName() {
    fail("alice", 6, HERE);
    execute("UPDATE sign_in_failure SET wait_until = now()");
    assertThat(attempt("alice", PASSWORD, HERE)).isEmpty();
    assertThat(Collections.nCopies(4, "alice").stream().map(n -> attempt(n, "wrong", HERE)))
        .containsOnly(ErrorCode.UNAUTHORIZED.name());
    assertThat(attempt("alice", PASSWORD, HERE)).isEmpty();
  }

  @Test
  void anAddressWaitsWhateverNamesItTries() {
    for (int i = 0; i < 20; i++) {
      assertThat(attempt("name" + i, "wrong", HERE)).isEqualTo(ErrorCode.UNAUTHORIZED.name());
    }
    assertThat(attempt("alice", PASSWORD, HERE)).isEqualTo(ErrorCode.TOO_MANY_SIGN_INS.name());
    assertThat(attempt("alice", PASSWORD, "10.0.0.2")).isEmpty();
  }

  @Test
  void whoKnowsOnePasswordDoesNotGuessOthersWithoutEnd() {
    for (int i = 0; i < 20; i++) {
      attempt("name" + i, "wrong", HERE);
      attempt("alice", PASSWORD, HERE);
    }
    assertThat(attempt("alice", PASSWORD, HERE)).isEqualTo(ErrorCode.TOO_MANY_SIGN_INS.name());
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() {
    for (int i = 0; i < 20; i++) {
      attempt("name" + i, "wrong", "2001:db8:1:2::" + i);
    }
    assertThat(attempt("alice", PASSWORD, "2001:db8:1:2:ffff::1%7"))
        .isEqualTo(ErrorCode.TOO_MANY_SIGN_INS.name());
    assertThat(attempt("alice", PASSWORD, "2001:db8:1:3::1")).isEmpty();
    assertThat(attempt("alice", PASSWORD, "what a proxy said")).isEmpty();
  }

  @Test
  void manyAtOnceOnSeveralNodesAreNoMoreThanOneAfterTheOther() throws Exception {
    Access other = Access.of(database.jdbi());
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> attempts = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        Access node = i % 2 == 0 ? access : other;
        String address = "10.2.0." + i;
        attempts.add(() -> attempt(node, "alice", "wrong", address));
      }
      List<String> answers = many.invokeAll(attempts).stream().map(Future::resultNow).toList();
      assertThat(Collections.frequency(answers, ErrorCode.UNAUTHORIZED.name())).isEqualTo(5);
      assertThat(Collections.frequency(answers, ErrorCode.TOO_MANY_SIGN_INS.name())).isEqualTo(25);
    }
  }

  @Test
  void onesOwnPasswordIsNotGuessedWithoutEndEither() {
    Caller alice =
        access
            .callers()
            .bearer(access.signIns().signIn(new SignIn("alice", PASSWORD, null), HERE).secret())
            .orElseThrow();
    List<ErrorCode> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      try {
        access.users().changePassword(alice, "wrong", "another password", HERE);
      } catch (EdjException e) {
        answers.add(e.code());
      }
    }
    assertThat(answers).hasSize(6).endsWith(ErrorCode.TOO_MANY_SIGN_INS);
  }

  @Test
  void aDayLaterNothingIsKnown() {
    fail("alice", 5, HERE);
    execute("UPDATE sign_in_failure SET failed_at = now() - interval '25 hours'");
    assertThat(attempt("alice", PASSWORD, HERE)).isEmpty();
  }

  @Test
  void theAuditLogHasWhatFailedForUsersAndNothingElseThatWasTyped() {
    String typed = "typed into the wrong field";
    attempt("ALICE", "wrong", HERE);
    attempt(typed, "wrong", HERE);
    List<String> refused =
        database
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        "SELECT object_name FROM audit_event WHERE action = 'session.refuse'")
                    .mapTo(String.class)
                    .list());
    assertThat(refused).contains("alice").doesNotContain(typed).doesNotContain("ALICE");
  }

  @Test
  void noNameIsKept() {
    fail("my password, typed into the wrong field", 1, HERE);
    String kept =
        database
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        "SELECT string_agg(encode(subject, 'escape'), ' ') FROM sign_in_failure")
                    .mapTo(String.class)
                    .one());
    assertThat(kept).doesNotContain("password", HERE);
  }

  private void fail(String name, int times, String address) {
    for (int i = 0; i < times; i++) {
      execute("UPDATE sign_in_failure SET wait_until = now()");
      attempt(name, "wrong", address);
    }
  }

  private String attempt(String name, String password, String address) {
    return attempt(access, name, password, address);
  }

  /// The refusal's code; empty when it was let through.
  private static String attempt(Access node, String name, String password, String address) {
    try {
      MadeToken _ = node.signIns().signIn(new SignIn(name, password, null), address);
      return "";
    } catch (EdjException e) {
      return e.code().name();
    }
  }

  private String refusal(String name) {
    try {
      return access.signIns().signIn(new SignIn(name, PASSWORD, null), HERE).secret();
    } catch (EdjException e) {
      return e.text();
    }
  }

  private void execute(String statement) {
    database.jdbi().useHandle(handle -> handle.execute(statement));
  }
}
