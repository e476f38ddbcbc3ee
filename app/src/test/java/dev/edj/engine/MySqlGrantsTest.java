package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MySqlGrantsTest {

  @Test
  void aGrantCountsWhereItsPatternHasTheDatabase() {
    MySqlGrants grants =
        grants(
            "GRANT USAGE ON *.* TO `u`@`%`",
            "GRANT SELECT, CREATE ON `tenant\\_%`.* TO `u`@`%`",
            "GRANT ALL PRIVILEGES ON `own``s`.* TO `u`@`%` WITH GRANT OPTION");
    assertThat(grants.allow("CREATE", "tenant_7")).isTrue();
    assertThat(grants.allow("CREATE", "tenant7")).isFalse();
    assertThat(grants.allow("ALTER", "tenant_7")).isFalse();
    assertThat(grants.allow("ALTER", "own`s")).isTrue();
    assertThat(grants.allow("CREATE", "other")).isFalse();
  }

  @Test
  void aGrantOnATableIsNoneOnTheDatabase() {
    assertThat(grants("GRANT CREATE ON `db`.`t` TO `u`@`%`").allow("CREATE", "db")).isFalse();
  }

  @Test
  void aPrivilegeIsAWholeWord() {
    assertThat(grants("GRANT CREATE VIEW ON `db`.* TO `u`@`%`").allow("CREATE", "db")).isFalse();
  }

  @Test
  void whoMayPassOverReadOnlyHasItFromAGrantOnAll() {
    assertThat(grants("GRANT READ_ONLY ADMIN ON *.* TO `u`@`%`").passReadOnly()).isTrue();
    assertThat(grants("GRANT ALL PRIVILEGES ON `db`.* TO `u`@`%`").passReadOnly()).isFalse();
  }

  private static MySqlGrants grants(String... lines) {
    return new MySqlGrants(List.of(lines));
  }
}
