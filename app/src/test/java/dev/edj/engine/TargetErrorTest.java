package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetErrorTest {

  private static final TargetError DEADLOCK = error(1205, "40001", true);
  private static final TargetError SYNTAX = error(102, "42000", false);

  @Test
  void aPolicyCanNameMoreTransientErrorsAndFewer() {
    assertThat(DEADLOCK.transientFailure(Set.of(), Set.of())).isTrue();
    assertThat(DEADLOCK.transientFailure(Set.of(), Set.of("1205"))).isFalse();
    assertThat(DEADLOCK.transientFailure(Set.of("1205"), Set.of("40"))).isFalse();
    assertThat(SYNTAX.transientFailure(Set.of(), Set.of())).isFalse();
    assertThat(SYNTAX.transientFailure(Set.of("102"), Set.of())).isTrue();
    assertThat(SYNTAX.transientFailure(Set.of("42"), Set.of())).isTrue();
    assertThat(SYNTAX.transientFailure(Set.of("42001", "10"), Set.of())).isFalse();
  }

  @Test
  void aCancelIsNeverTransient() {
    TargetError canceled = DEADLOCK.asCanceled();
    assertThat(canceled.transientFailure(Set.of("1205"), Set.of())).isFalse();
  }

  @Test
  void thePasswordLeavesMessageAndStack() {
    TargetError scrubbed = DEADLOCK.withMessage("for 's3cret'").scrubbed(new Password("s3cret"));
    assertThat(scrubbed.message()).isEqualTo("for '***'");
    assertThat(new Password("s3cret")).hasToString("Password[text=***]");
    assertThat(
            ConnectionSettings.of(
                    ServerName.parse("db1"), "tenants", "someone", new Password("s3cret"))
                .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1)))
        .asString()
        .doesNotContain("s3cret");
  }

  @Test
  void connectionErrorsOfPostgreSqlAreTransientButTheDriversRefusalsAreNot() {
    assertThat(PostgreSqlErrors.isTransient("08006")).isTrue();
    assertThat(PostgreSqlErrors.isTransient("53300")).isTrue();
    assertThat(PostgreSqlErrors.isTransient("40P01")).isTrue();
    assertThat(PostgreSqlErrors.isTransient("08004")).isFalse();
    assertThat(PostgreSqlErrors.isTransient("57014")).isFalse();
    assertThat(PostgreSqlErrors.isTransient("42601")).isFalse();
  }

  @Test
  void aFullDiskIsTransientOnEveryEngine() {
    assertThat(PostgreSqlErrors.isTransient("53100")).isTrue();
    assertThat(MySqlErrors.isTransient(1021)).isTrue();
    assertThat(MySqlErrors.isTransient(1114)).isTrue();
    assertThat(SqlServerErrors.isTransient(1105)).isTrue();
    assertThat(SqlServerErrors.isTransient(9002)).isTrue();
  }

  @Test
  void wrongPasswordsAndMissingObjectsAreNotTransient() {
    assertThat(SqlServerErrors.isTransient(40613)).isTrue();
    assertThat(SqlServerErrors.isTransient(18456)).isFalse();
    assertThat(SqlServerErrors.isTransient(4060)).isFalse();
    assertThat(SqlServerErrors.isTransient(208)).isFalse();
    assertThat(MySqlErrors.isTransient(1213)).isTrue();
    assertThat(MySqlErrors.isTransient(1045)).isFalse();
    assertThat(MySqlErrors.isTransient(1049)).isFalse();
  }

  private static TargetError error(int number, String sqlState, boolean transientFailure) {
    return new TargetError(
        TargetError.Kind.STATEMENT,
        number,
        sqlState,
        null,
        null,
        "message",
        transientFailure,
        "stack");
  }
}
