package dev.edj.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.execution.ClaimedChild;
import dev.edj.execution.Claims;
import dev.edj.execution.Fleet;
import dev.edj.node.NodeLease;
import dev.edj.node.NodeProfile;
import dev.edj.testing.TestControlDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class GiveBackForgottenTest {

  @Test
  void aClaimWhoseAnswerWasLostReturnsToTheQueueAndAKnownOneStays() {
    try (TestControlDatabase database = TestControlDatabase.create()) {
      Jdbi jdbi = database.jdbi();
      Fleet fleet = new Fleet(jdbi);
      fleet.server("s", 10);
      fleet.job("j", "Default execution policy");
      fleet.run("j", 2, "s");
      NodeLease lease = NodeLease.register(jdbi, NodeProfile.of("n", Duration.ofSeconds(10)));
      Claims claims = new Claims(jdbi, new Random(1));
      List<ClaimedChild> claimed = claims.claim(lease.nodeId(), 2, 0);
      ClaimedChild known = claimed.getFirst();
      ClaimedChild forgotten = claimed.getLast();
      GiveBackForgotten duty =
          new GiveBackForgotten(jdbi, lease, id -> id.equals(known.executionId()));

      duty.perform();
      assertThat(claims.claim(lease.nodeId(), 2, 0)).as("after one look").isEmpty();
      duty.perform();
      List<ClaimedChild> again = claims.claim(lease.nodeId(), 2, 0);
      assertThat(again).hasSize(1);
      assertThat(again.getFirst().executionId()).isEqualTo(forgotten.executionId());
      assertThat(again.getFirst().attempt()).isEqualTo(2);
      assertThat(again.getFirst().failedAttempts()).isZero();
    }
  }
}
