package dev.edj.parameter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParametersTest {

  private static final String JOB = ParameterOwner.job("j");

  private final TestControlDatabase database = TestControlDatabase.create();
  private final TestFleet fleet = new TestFleet(database.jdbi());
  private final Parameters parameters = new Parameters(fleet.keys);

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void whatIsStoredIsReadAgain() {
    ParameterValues values =
        parameters.declared(
            values("Plain", "a \"b\" 'ü'", "wanted", null),
            values("secret", "s3cret", "Wanted_secret", null),
            JOB);
    ParameterValues again = ParameterValues.parse(values.json());
    assertThat(again).isEqualTo(values);
    assertThat(again.readable())
        .containsExactlyEntriesOf(values("Plain", "a \"b\" 'ü'", "wanted", null));
    assertThat(again.secrets())
        .containsExactly(
            new SecretParameter("secret", true), new SecretParameter("Wanted_secret", false));
    assertThat(again.missing()).containsExactly("wanted", "Wanted_secret");
    assertThat(values.json()).doesNotContain("s3cret");
    assertThat(values.toString()).doesNotContain("s3cret");
  }

  @Test
  void onlyWorkersReadASecretAndOnlyForItsJobAndName() {
    ParameterValues values = parameters.declared(Map.of(), Map.of("Token", "s3cret"), JOB);
    ParameterValue.Secret secret =
        (ParameterValue.Secret) requireNonNull(values.byName().get("token"));
    assertThat(secret.decrypt(fleet.privateKeys, "TOKEN", "j").text()).isEqualTo("s3cret");
    assertThatThrownBy(() -> secret.decrypt(fleet.privateKeys, "token", "other"))
        .hasMessageContaining("another job");
    assertThatThrownBy(() -> secret.decrypt(fleet.privateKeys, "other", "j"))
        .hasMessageContaining("cannot be decrypted");
    ParameterValue.Secret moved =
        new ParameterValue.Secret(secret.encrypted(), ParameterOwner.job("other"));
    assertThatThrownBy(() -> moved.decrypt(fleet.privateKeys, "token", "other"))
        .hasMessageContaining("cannot be decrypted");
  }

  @Test
  void givenValuesTakeTheNamesAndTheSecrecyOfTheJobs() {
    ParameterValues declared =
        parameters.declared(values("Env", "test"), values("Token", null), JOB);
    ParameterValues given =
        parameters.given(values("env", "live"), values("TOKEN", "s3cret"), declared, "j");
    assertThat(given.readable()).containsExactlyEntriesOf(values("Env", "live"));
    assertThat(given.secrets()).containsExactly(new SecretParameter("Token", true));
    assertThat(given.json()).doesNotContain("s3cret");
    Parameters.requireAll(declared, given, "j");
    assertThatThrownBy(() -> Parameters.requireAll(declared, ParameterValues.NONE, "j"))
        .hasMessageContaining("wants a value for Token");
    assertThatThrownBy(() -> parameters.given(values("envi", "x"), Map.of(), declared, "j"))
        .hasMessageContaining("has no parameter 'envi'; it has Env, Token");
    assertThatThrownBy(() -> parameters.given(values("env", null), Map.of(), declared, "j"))
        .hasMessageContaining("needs a value");
    assertThatThrownBy(() -> parameters.given(values("token", "s3cret"), Map.of(), declared, "j"))
        .hasMessageContaining("'Token' is secret; give it as one");
    assertThat(parameters.given(Map.of(), values("env", "s3cret"), declared, "j").json())
        .doesNotContain("s3cret");
  }

  @Test
  void whatWasGivenOpenlyIsNotKeptForWhatIsSecretByNow() {
    ParameterValues given = parameters.carried(values("a", "1", "b", "2", "c", "3"), Map.of(), JOB);
    ParameterValues declared = parameters.declared(values("a", "0"), values("b", "s3cret"), JOB);
    assertThat(Parameters.stillGiven(given, declared).readable())
        .containsExactlyEntriesOf(values("a", "1"));
  }

  @Test
  void theUpperValuesWin() {
    ParameterValues lower = parameters.declared(values("a", "1", "b", "1"), Map.of(), JOB);
    ParameterValues upper = parameters.declared(values("A", "2", "c", "2"), Map.of(), JOB);
    assertThat(upper.over(lower).readable())
        .containsExactlyEntriesOf(values("A", "2", "b", "1", "c", "2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1a", "", "a b", "dollar", "job_id", "Target_Server"})
  void whatIsNoNameIsRefused(String name) {
    assertThatThrownBy(() -> parameters.declared(Map.of(name, "x"), Map.of(), JOB))
        .isInstanceOf(EdjException.class);
    assertThatThrownBy(() -> parameters.declared(Map.of(), Map.of(name, "secret"), JOB))
        .isInstanceOf(EdjException.class);
  }

  @Test
  void whatIsThereTwiceOrTooShortToHideIsRefused() {
    assertThatThrownBy(() -> parameters.declared(Map.of("a", "1"), Map.of("A", "secret"), JOB))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> parameters.declared(Map.of(), Map.of("a", "abc"), JOB))
        .hasMessageContaining("4 to");
    assertThatThrownBy(() -> parameters.carried(values("a", null), Map.of(), JOB))
        .hasMessageContaining("'a' needs a value");
  }

  @Test
  void aKeyThatASecretNeedsIsInUse() {
    ParameterValues values = parameters.declared(Map.of(), Map.of("Token", "s3cret"), JOB);
    String keyId = fleet.keys.current().keyId();
    database
        .jdbi()
        .useHandle(handle -> {
          handle.execute("INSERT INTO job (name, current_version) VALUES ('keyed', 1)");
          handle.execute(
              """
              INSERT INTO job_version (job_id, version, description, parameters)
              SELECT job_id, 1, '', CAST(? AS jsonb) FROM job WHERE name = 'keyed'
              """,
              values.json());
          assertThat(
                  handle
                      .createQuery("SELECT value ->> 'keyId' FROM secret_parameter")
                      .mapTo(String.class)
                      .list())
              .containsExactly(keyId);
        });
  }

  private static Map<String, @Nullable String> values(@Nullable String... pairs) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return values;
  }
}
