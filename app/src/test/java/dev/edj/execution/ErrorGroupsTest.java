package dev.edj.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.edj.execution.ErrorGroup.Member;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ErrorGroupsTest {

  private final ErrorGroups groups = new ErrorGroups(2);

  @Test
  void whatIsTheSameWordForWordIsOneGroup() {
    add("error 8134, severity 16, batch 1, line 1: Divide by zero", "a", "x");
    add("error 8134, severity 16, batch 1, line 1: Divide by zero", "a", "y");
    add("error 8134, severity 16, batch 1, line 1: Divide by zero", "a", "z");
    add("error 208, severity 16, batch 1, line 1: Invalid object", "a", "v");

    List<ErrorGroup> found = groups.largestFirst();

    assertThat(found).extracting(ErrorGroup::size).containsExactly(3, 1);
    assertThat(found.getFirst().message())
        .isEqualTo("error 8134, severity 16, batch 1, line 1: Divide by zero");
    assertThat(found.getFirst().first()).extracting(Member::database).containsExactly("x", "y");
  }

  @Test
  void theDatabasesAndTheServersOwnNamesSplitNoGroup() {
    add(
        "FATAL: database \"tenant_1\" does not exist on db1.example",
        "postgresql://db1.example:5433",
        "tenant_1");
    add(
        "FATAL: database \"tenant_22\" does not exist on db2.example",
        "postgresql://db2.example",
        "tenant_22");

    assertThat(groups.largestFirst())
        .extracting(ErrorGroup::message, ErrorGroup::size)
        .containsExactly(tuple("FATAL: database \"…\" does not exist on …", 2));
  }

  @Test
  void norDoNumbersThatStandAlone() {
    add("error 1205, batch 1, line 3: Process ID 57 was chosen at 10:01", "a", "x");
    add("error 1205, batch 1, line 3: Process ID 112 was chosen at 10:02", "a", "y");
    add("cannot reach 10.0.0.7", "a", "v");
    add("cannot reach 10.0.0.12", "a", "w");

    assertThat(groups.largestFirst())
        .extracting(ErrorGroup::message, ErrorGroup::size)
        .containsExactly(
            tuple("error 1205, batch 1, line 3: Process ID … was chosen at …:…", 2),
            tuple("cannot reach …", 2));
  }

  @Test
  void butCodesLinesAndNamesOfOtherThingsDo() {
    add("error 208, batch 1, line 1: no", "a", "x");
    add("error 209, batch 1, line 1: no", "a", "x");
    add("error 208, batch 1, line 2: no", "a", "x");
    add("SQLSTATE 42601, batch 1, line 1: no", "a", "x");
    add("SQLSTATE 42701, batch 1, line 1: no", "a", "x");
    add("TCP Provider, error: 40", "a", "x");
    add("TCP Provider, error: 26", "a", "x");
    add("column c1 does not exist", "a", "x");
    add("column c2 does not exist", "a", "x");
    add("tenant is no tenant1", "a", "tenant");
    add("tenant1 is no tenant1", "a", "tenant");

    assertThat(groups.largestFirst()).hasSize(11);
  }

  private void add(String message, String server, String database) {
    groups.add(message, new Member(UUID.randomUUID(), server, database));
  }
}
