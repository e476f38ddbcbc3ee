package dev.edj.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.TestControlDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A token opens to a program what its user may do, or less, and until it is revoked.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {

  private static final String PASSWORD = "correct horse battery";

  private TestControlDatabase database;
  private Access access;
  private Tokens tokens;

  @BeforeAll
  void open() {
    database = TestControlDatabase.create();
    access = Access.of(database.jdbi());
    tokens = access.tokens();
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void aTokenIsKnownByItsSecretOfWhichOnlyADigestIsKept() {
    String user = user(Role.Author);
    MadeToken made = tokens.create(Caller.local(), new NewToken("ci", user, null, null));

    assertThat(made.secret()).matches("edj_[A-Za-z0-9_-]{43}[0-9a-f]{8}");
    assertThat(made.toString()).doesNotContain(made.secret());
    assertThat(bearer(made.secret()).name()).isEqualTo(user);
    assertThat(Duration.between(Instant.now(), made.token().expiresAt()))
        .isBetween(Duration.ofDays(89), Duration.ofDays(91));
    assertThat(made.token().createdBy()).isEqualTo("local");
    String kept =
        database
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery("SELECT string_agg(t::text, ' ') FROM access_token t")
                    .mapTo(String.class)
                    .one());
    assertThat(kept).doesNotContain(made.secret().substring(4, 40));
  }

  @Test
  void aSlipOfThePenIsNoToken() {
    String secret = tokens.create(Caller.local(), token(user(Role.Author), null)).secret();
    String slip = secret.charAt(10) == 'x' ? "y" : "x";
    assertThat(access.callers().bearer(secret.substring(0, 10) + slip + secret.substring(11)))
        .isEmpty();
    assertThat(access.callers().bearer(secret.substring(1))).isEmpty();
    assertThat(access.callers().bearer(secret + "0")).isEmpty();
    assertThat(access.callers().bearer("")).isEmpty();
    assertThat(access.callers().bearer(TokenText.random().text())).isEmpty();
  }

  @Test
  void aTokenMayDoNoMoreThanItsRoleAndNoMoreThanItsUser() {
    String user = user(Role.Author);
    Caller reader = bearer(secret(user, Role.Reader));
    assertThat(reader.may(Permission.READ)).isTrue();
    assertThat(reader.may(Permission.RUN)).isFalse();
    assertThat(reader.role()).contains(Role.Reader);
    refused(ErrorCode.INVALID_FIELD, () -> secret(user, Role.Administrator));

    String author = secret(user, Role.Author);
    access.users().grant(user, new Grant(Role.Operator));
    access.users().revoke(user, Role.Author);
    assertThat(bearer(author).may(Permission.WRITE)).isFalse();
    assertThat(bearer(author).role()).contains(Role.Operator);
  }

  @Test
  void aTokenIsGoodUntilItExpires() {
    String secret = secret(user(Role.Reader), null);
    CallerKey key = bearer(secret).key();
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "UPDATE access_token SET expires_at = now() WHERE token_id = ?", key.tokenId()));
    assertThat(access.callers().bearer(secret)).isEmpty();
    assertThat(access.callers().again(key)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT59S", "P367D", "PT-1H"})
  void aLifetimeHasItsLimits(String lifetime) {
    NewToken token = new NewToken("ci", user(Role.Reader), null, Duration.parse(lifetime));
    refused(ErrorCode.INVALID_FIELD, () -> tokens.create(Caller.local(), token));
  }

  @Test
  void aRevokedTokenIsWorthless() {
    String secret = secret(user(Role.Reader), null);
    Caller.Bearer bearer = bearer(secret);
    tokens.revoke(Caller.local(), bearer.tokenId());
    assertThat(access.callers().bearer(secret)).isEmpty();
    assertThat(access.callers().again(bearer.key())).isEmpty();
    refused(ErrorCode.NOT_FOUND, () -> tokens.revoke(Caller.local(), bearer.tokenId()));
  }

  @Test
  void oneMakesSeesAndRevokesOnesOwn() {
    String alice = user(Role.Reader);
    String bob = user(Role.Reader);
    Caller signedIn = signedIn(alice);
    MadeToken own = tokens.create(signedIn, new NewToken("mine", null, null, null));
    Caller.Bearer others = bearer(secret(bob, null));

    assertThat(tokens.list(signedIn, null)).extracting(Token::user).containsOnly(alice);
    assertThat(tokens.list(signedIn, null)).extracting(Token::name).contains("mine");
    refused(ErrorCode.FORBIDDEN, () -> tokens.list(signedIn, bob));
    refused(ErrorCode.FORBIDDEN, () -> tokens.create(signedIn, token(bob, null)));
    refused(ErrorCode.NOT_FOUND, () -> tokens.revoke(signedIn, others.tokenId()));
    tokens.revoke(signedIn, own.token().id());
    assertThat(access.callers().bearer(own.secret())).isEmpty();
  }

  @Test
  void aProgramsTokenMakesNoOthersAndRevokesNoneButItself() {
    String user = user(Role.Author);
    Caller.Bearer program = bearer(secret(user, null));
    Caller.Bearer other = bearer(secret(user, null));
    refused(
        ErrorCode.FORBIDDEN, () -> tokens.create(program, new NewToken("next", null, null, null)));
    refused(ErrorCode.FORBIDDEN, () -> tokens.revoke(program, other.tokenId()));
    tokens.revoke(program, program.tokenId());
    assertThat(access.callers().again(program.key())).isEmpty();
  }

  @Test
  void anAdministratorMakesTokensForPrograms() {
    access.users().create(new NewUser("deploy", null, null, List.of(new Grant(Role.Author))));
    Caller administrator = signedIn(user(Role.Administrator));
    MadeToken made = tokens.create(administrator, new NewToken("ci", "deploy", null, null));

    assertThat(bearer(made.secret()).name()).isEqualTo("deploy");
    assertThat(tokens.list(administrator, "deploy")).hasSize(1);
    refused(
        ErrorCode.ALREADY_EXISTS,
        () -> tokens.create(administrator, new NewToken("ci", "deploy", null, null)));
    refused(ErrorCode.NOT_FOUND, () -> tokens.create(administrator, token("nobody", null)));
    refused(
        ErrorCode.INVALID_FIELD,
        () -> tokens.create(Caller.local(), new NewToken("ci", null, null, null)));
  }

  @Test
  void theLastUseIsNoted() {
    String user = user(Role.Reader);
    String secret = secret(user, null);
    assertThat(tokens.list(Caller.local(), user).getFirst().lastUsedAt()).isNull();
    Caller _ = bearer(secret);
    assertThat(tokens.list(Caller.local(), user).getFirst().lastUsedAt()).isNotNull();
  }

  private String user(Role role) {
    String name = "user-" + UUID.randomUUID();
    return access
        .users()
        .create(new NewUser(name, null, PASSWORD, List.of(new Grant(role))))
        .name();
  }

  private static NewToken token(String user, @Nullable Role role) {
    return new NewToken("t" + UUID.randomUUID(), user, role, null);
  }

  private String secret(String user, @Nullable Role role) {
    return tokens.create(Caller.local(), token(user, role)).secret();
  }

  private Caller signedIn(String user) {
    return bearer(access.signIns().signIn(new SignIn(user, PASSWORD, null), "127.0.0.1").secret());
  }

  private Caller.Bearer bearer(String secret) {
    return (Caller.Bearer) access.callers().bearer(secret).orElseThrow();
  }

  private static void refused(ErrorCode code, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
