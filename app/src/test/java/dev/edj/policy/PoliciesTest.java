package dev.edj.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.TestControlDatabase;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class PoliciesTest {

  private final TestControlDatabase database = TestControlDatabase.create();
  private final Policies policies = new Policies(database.jdbi());

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void theTwoBuiltInPoliciesAreThoseOfTheOriginalsGenerations() {
    assertThat(policies.named("Default execution policy"))
        .isEqualTo(
            new ExecutionPolicy(
                "Default execution policy",
                true,
                Duration.ofDays(7),
                null,
                Duration.ofMillis(100),
                Duration.ofMinutes(30),
                2,
                Integer.MAX_VALUE,
                RetryRule.ALL,
                List.of(),
                List.of(),
                DestinationFailure.RunAgain));
    assertThat(policies.named("Standard execution policy").maximumAttempts()).isEqualTo(11);
  }

  @Test
  void whatANewPolicyLeavesOutIsThatOfTheDefaultOne() {
    ExecutionPolicy created = policies.create(named("created", change(null, null, null, 3)));

    assertThat(created.maximumAttempts()).isEqualTo(3);
    assertThat(created.jobTimeout()).isEqualTo(Duration.ofDays(7));
    assertThat(created.builtIn()).isFalse();
    assertThat(policies.named("created")).isEqualTo(created);
  }

  @Test
  void allSettingsAreStored() {
    NewExecutionPolicy policy =
        new NewExecutionPolicy(
            "full",
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            Duration.ZERO,
            Duration.ofSeconds(1),
            1.5,
            1,
            RetryRule.TRANSIENT,
            List.of("1205", "40P01"),
            List.of("53"),
            DestinationFailure.WriteOnly);

    assertThat(policies.create(policy)).isEqualTo(policies.named("full"));
    assertThat(policies.named("full").transientErrors()).containsExactly("1205", "40P01");
    assertThat(policies.named("full").retry()).isEqualTo(RetryRule.TRANSIENT);
    assertThat(policies.named("full").destinationFailure()).isEqualTo(DestinationFailure.WriteOnly);
  }

  @Test
  void whatIsDoneAgainForRowsThatWereNotWrittenCanBeChanged() {
    policies.create(named("writing", change(null, null, null, null)));
    assertThat(policies.named("writing").destinationFailure())
        .isEqualTo(DestinationFailure.RunAgain);

    ExecutionPolicy updated =
        policies.update(
            "writing",
            new ExecutionPolicyChange(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                DestinationFailure.WriteOnly));

    assertThat(updated.destinationFailure()).isEqualTo(DestinationFailure.WriteOnly);
    assertThat(policies.update("writing", change(null, null, null, 2)).destinationFailure())
        .isEqualTo(DestinationFailure.WriteOnly);
    assertThat(policies.named("writing").destinationFailure())
        .isEqualTo(DestinationFailure.WriteOnly);
  }

  @Test
  void aTimeOutOfZeroMeansNone() {
    policies.create(named("endless", change(Duration.ZERO, null, null, null)));

    assertThat(policies.named("endless").jobTimeout()).isNull();
  }

  @Test
  void anUpdateChangesWhatIsGivenOnly() {
    policies.create(named("updated", change(Duration.ofHours(1), null, null, 5)));
    ExecutionPolicy updated = policies.update("updated", change(null, null, null, 6));

    assertThat(updated.jobTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(updated.maximumAttempts()).isEqualTo(6);
    assertThat(policies.named("updated")).isEqualTo(updated);
  }

  @Test
  void theBuiltInOnesStayAsTheyAre() {
    assertRefused(
        () -> policies.update(ExecutionPolicy.DEFAULT, change(null, null, null, 1)),
        ErrorCode.BUILT_IN,
        "is built in");
    assertRefused(
        () -> policies.delete("Standard execution policy"), ErrorCode.BUILT_IN, "is built in");
    assertRefused(
        () -> policies.create(named(ExecutionPolicy.DEFAULT, change(null, null, null, 1))),
        ErrorCode.ALREADY_EXISTS,
        "nothing was changed");
  }

  @Test
  void settingsBeyondTheirLimitsNameTheirField() {
    Duration tooLong = Duration.ofDays(3654);
    assertField(change(tooLong, null, null, null), "jobTimeout");
    assertField(change(Duration.ofSeconds(-1), null, null, null), "jobTimeout");
    assertField(change(Duration.ofNanos(1), null, null, null), "jobTimeout");
    assertField(change(null, Duration.ofSeconds(-1), null, null), "initialRetryInterval");
    assertField(change(null, Duration.ofHours(1), null, null), "maximumRetryInterval");
    assertField(change(null, null, 0.99, null), "retryIntervalBackoffCoefficient");
    assertField(change(null, null, 1001.0, null), "retryIntervalBackoffCoefficient");
    assertField(change(null, null, Double.NaN, null), "retryIntervalBackoffCoefficient");
    assertField(
        change(null, null, Double.POSITIVE_INFINITY, null), "retryIntervalBackoffCoefficient");
    assertField(change(null, null, null, 0), "maximumAttempts");
    assertField(errors("12 05"), "transientErrors");
    assertField(errors(""), "transientErrors");
    assertRefused(() -> policies.named("limits"), ErrorCode.NOT_FOUND, "does not exist");
  }

  @Test
  void anUnusedPolicyIsDeleted() {
    policies.create(named("deleted", change(null, null, null, null)));
    policies.delete("deleted");

    assertRefused(() -> policies.delete("deleted"), ErrorCode.NOT_FOUND, "'deleted'");
    assertThat(policies.list()).extracting(ExecutionPolicy::name).doesNotContain("deleted");
  }

  private void assertField(ExecutionPolicyChange settings, String field) {
    assertThatThrownBy(() -> policies.create(named("limits", settings)))
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  private static void assertRefused(ThrowingCallable call, ErrorCode code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static NewExecutionPolicy named(String name, ExecutionPolicyChange settings) {
    return new NewExecutionPolicy(
        name,
        settings.jobTimeout(),
        settings.attemptTimeout(),
        settings.initialRetryInterval(),
        settings.maximumRetryInterval(),
        settings.retryIntervalBackoffCoefficient(),
        settings.maximumAttempts(),
        settings.retry(),
        settings.transientErrors(),
        settings.permanentErrors(),
        settings.destinationFailure());
  }

  private static ExecutionPolicyChange change(
      @Nullable Duration jobTimeout,
      @Nullable Duration initialRetryInterval,
      @Nullable Double coefficient,
      @Nullable Integer maximumAttempts) {
    return new ExecutionPolicyChange(
        jobTimeout,
        null,
        initialRetryInterval,
        null,
        coefficient,
        maximumAttempts,
        null,
        null,
        null,
        null);
  }

  private static ExecutionPolicyChange errors(String transientError) {
    return new ExecutionPolicyChange(
        null, null, null, null, null, null, null, List.of(transientError), null, null);
  }
}
